import { AccountKey, NoKeyError, type PublicKey } from '../../nodes/telnyx/webhooks/accountKey';
import { readPublicKey } from '../../nodes/telnyx/credential/publicKey';
import { signer } from '../support/signing';

const keyOf = (seed: number): PublicKey => {
	const text = signer(seed).publicKey;
	return { text, key: readPublicKey(text) };
};
const [first, second] = [keyOf(1), keyOf(2)];

let now: number;
let asked: number;
/** What Telnyx says. */
let telnyx: () => Promise<PublicKey>;
let sleepers: Array<{ until: number; wake: () => void }>;
let account: AccountKey;

const ask = async () => {
	asked += 1;
	return await telnyx();
};
const says = (key: PublicKey) => async () => await Promise.resolve(key);
const fails = async () => await Promise.reject(new NoKeyError('Telnyx is down', true));

async function passes(ms: number) {
	now += ms;
	for (const { until, wake } of sleepers) if (until <= now) wake();
	await Promise.resolve();
}

/** A question that Telnyx answers only when it is told to. */
function hesitates(key: PublicKey): () => void {
	let answer = () => {};
	telnyx = async () => await new Promise((resolve) => (answer = () => resolve(key)));
	return () => answer();
}

beforeEach(() => {
	now = 0;
	asked = 0;
	sleepers = [];
	telnyx = says(first);
	account = new AccountKey({
		now: () => now,
		sleep: async (ms) =>
			await new Promise((wake) => void sleepers.push({ until: now + ms, wake: () => wake() })),
	});
});

describe('the key of an account', () => {
	it('is asked for once, and kept', async () => {
		expect(await account.forWebhook(ask)).toBe(first);
		await passes(3_600_000);
		expect(await account.forWebhook(ask)).toBe(first);
		expect(await account.patiently(ask)).toBe(first);
		expect(asked).toBe(1);
	});

	it('is not waited for without end, and asked for anew afterwards', async () => {
		hesitates(first);
		const waiting = account.patiently(ask);
		await passes(40_000);
		await expect(waiting).rejects.toThrow('has not given the public key yet');
		telnyx = says(second);
		expect(await account.patiently(ask)).toBe(second);
	});

	it('is asked for once by all who need it at the same time', async () => {
		const answer = hesitates(first);
		const keys = [account.forWebhook(ask), account.patiently(ask), account.newest(ask)];
		answer();
		expect(await Promise.all(keys)).toEqual([first, first, first]);
		expect(asked).toBe(1);
	});

	it('is asked for again once a minute at most', async () => {
		await account.forWebhook(ask);
		await passes(59_999);
		await expect(account.newest(ask)).rejects.toMatchObject({
			message: expect.stringContaining('is not asked again so soon'),
			isTemporary: true,
		});
		await passes(1);
		telnyx = says(second);
		expect(await account.newest(ask)).toBe(second);
		expect(await account.forWebhook(ask)).toBe(second);
		await expect(account.newest(ask)).rejects.toThrow(NoKeyError);
		expect(asked).toBe(2);
	});

	it('stays the same object while Telnyx gives the same', async () => {
		await account.forWebhook(ask);
		telnyx = says(keyOf(1));
		await passes(60_000);
		expect(await account.newest(ask)).toBe(first);
	});

	it('stays known while Telnyx cannot be asked, which is said for a minute', async () => {
		await account.forWebhook(ask);
		telnyx = fails;
		await passes(60_000);
		await expect(account.newest(ask)).rejects.toThrow('Telnyx is down');
		await passes(59_999);
		await expect(account.newest(ask)).rejects.toThrow('Telnyx is down');
		expect(await account.forWebhook(ask)).toBe(first);
		expect(asked).toBe(2);
	});
});

describe('without a key', () => {
	beforeEach(() => (telnyx = fails));

	it('Telnyx is asked every 5 s at most', async () => {
		await expect(account.forWebhook(ask)).rejects.toThrow('Telnyx is down');
		await passes(4_999);
		await expect(account.forWebhook(ask)).rejects.toThrow('Telnyx is down');
		expect(asked).toBe(1);
		await passes(1);
		telnyx = says(first);
		expect(await account.forWebhook(ask)).toBe(first);
	});

	it('Telnyx is asked at once for somebody who can wait', async () => {
		await expect(account.forWebhook(ask)).rejects.toThrow('Telnyx is down');
		telnyx = says(first);
		expect(await account.patiently(ask)).toBe(first);
	});
});

describe('a slow answer', () => {
	it('keeps a webhook waiting for 1.5 s, and is good for the next one', async () => {
		const answer = hesitates(first);
		const refused = expect(account.forWebhook(ask)).rejects.toMatchObject({
			message: expect.stringContaining('has not given the public key yet'),
			isTemporary: true,
		});
		await passes(1_499);
		expect(sleepers).toContainEqual(expect.objectContaining({ until: 1_500 }));
		await passes(1);
		await refused;
		answer();
		await Promise.resolve();
		expect(await account.forWebhook(ask)).toBe(first);
		expect(asked).toBe(1);
	});

	it('is waited for by somebody who can wait', async () => {
		const answer = hesitates(first);
		const key = account.patiently(ask);
		await passes(39_999);
		answer();
		expect(await key).toBe(first);
	});
});
