import { AccountKey, NoKeyError, type PublicKey } from '../../nodes/telnyx/webhooks/accountKey';
import { readPublicKey } from '../../nodes/telnyx/credential/publicKey';
import { handClock, type HandClock } from '../support/handClock';
import { signer } from '../support/signing';

const keyOf = (seed: number): PublicKey => {
	const text = signer(seed).publicKey;
	return { text, key: readPublicKey(text) };
};
const [first, second] = [keyOf(1), keyOf(2)];

let clock: HandClock;
let asked: number;
/** Telnyx's reply. */
let telnyx: () => Promise<PublicKey>;

let account: AccountKey;

const ask = async () => {
	asked += 1;
	return await telnyx();
};
const says = (key: PublicKey) => async () => await Promise.resolve(key);
const fails = async () => await Promise.reject(new NoKeyError('Telnyx is down', true));

/** A request that Telnyx answers only when the test says so. */
function hesitates(key: PublicKey): () => void {
	let answer = () => {};
	telnyx = async () => await new Promise((resolve) => (answer = () => resolve(key)));
	return () => answer();
}

beforeEach(() => {
	clock = handClock();
	asked = 0;
	telnyx = says(first);
	account = new AccountKey(clock);
});

describe('the key of an account', () => {
	it('is requested once, and cached', async () => {
		expect(await account.forWebhook(ask)).toBe(first);
		await clock.passes(3_600_000);
		expect(await account.forWebhook(ask)).toBe(first);
		expect(await account.patiently(ask)).toBe(first);
		expect(asked).toBe(1);
	});

	it('leaves no wait behind once it is there', async () => {
		await account.forWebhook(ask);
		expect(clock.waitsMs()).toEqual([]);
	});

	it('is not waited for without limit, and requested again afterwards', async () => {
		hesitates(first);
		const refused = expect(account.patiently(ask)).rejects.toThrow(
			'has not given the public key yet',
		);
		await clock.passes(40_000);
		await refused;
		telnyx = says(second);
		expect(await account.patiently(ask)).toBe(second);
	});

	it('is requested once for all who need it at the same time', async () => {
		const answer = hesitates(first);
		const keys = [account.forWebhook(ask), account.patiently(ask), account.newest(ask)];
		answer();
		expect(await Promise.all(keys)).toEqual([first, first, first]);
		expect(asked).toBe(1);
	});

	it('is requested again once a minute at most', async () => {
		await account.forWebhook(ask);
		await clock.passes(59_999);
		await expect(account.newest(ask)).rejects.toMatchObject({
			message: expect.stringContaining('is not asked again so soon'),
			isTemporary: true,
		});
		await clock.passes(1);
		telnyx = says(second);
		expect(await account.newest(ask)).toBe(second);
		expect(await account.forWebhook(ask)).toBe(second);
		await expect(account.newest(ask)).rejects.toThrow(NoKeyError);
		expect(asked).toBe(2);
	});

	it('stays the same object while Telnyx returns the same key', async () => {
		await account.forWebhook(ask);
		telnyx = says(keyOf(1));
		await clock.passes(60_000);
		expect(await account.newest(ask)).toBe(first);
	});

	it('stays known while Telnyx cannot be reached, and the error is cached for a minute', async () => {
		await account.forWebhook(ask);
		telnyx = fails;
		await clock.passes(60_000);
		await expect(account.newest(ask)).rejects.toThrow('Telnyx is down');
		await clock.passes(59_999);
		await expect(account.newest(ask)).rejects.toThrow('Telnyx is down');
		expect(await account.forWebhook(ask)).toBe(first);
		expect(asked).toBe(2);
	});
});

describe('without a key', () => {
	beforeEach(() => (telnyx = fails));

	it('Telnyx is asked at most every 5 s', async () => {
		await expect(account.forWebhook(ask)).rejects.toThrow('Telnyx is down');
		await clock.passes(4_999);
		await expect(account.forWebhook(ask)).rejects.toThrow('Telnyx is down');
		expect(asked).toBe(1);
		await clock.passes(1);
		telnyx = says(first);
		expect(await account.forWebhook(ask)).toBe(first);
	});

	it('Telnyx is asked at once for a caller who can wait', async () => {
		await expect(account.forWebhook(ask)).rejects.toThrow('Telnyx is down');
		telnyx = says(first);
		expect(await account.patiently(ask)).toBe(first);
	});
});

describe('a slow answer', () => {
	it('keeps a webhook waiting for 1.5 s, and is used for the next one', async () => {
		const answer = hesitates(first);
		const refused = expect(account.forWebhook(ask)).rejects.toMatchObject({
			message: expect.stringContaining('has not given the public key yet'),
			isTemporary: true,
		});
		await clock.passes(1_499);
		expect(clock.waitsMs()).toContain(1);
		await clock.passes(1);
		await refused;
		answer();
		await Promise.resolve();
		expect(await account.forWebhook(ask)).toBe(first);
		expect(asked).toBe(1);
	});

	it('is awaited by a caller who can wait', async () => {
		const answer = hesitates(first);
		const key = account.patiently(ask);
		await clock.passes(39_999);
		answer();
		expect(await key).toBe(first);
	});
});
