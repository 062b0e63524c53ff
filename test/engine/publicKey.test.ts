import { credentialFor } from '../support/credential';
import { useRecorder } from '../support/recorder';
import { signer } from '../support/signing';
import { deliver, hooks } from '../support/trigger';
import { passes, skipWaits } from '../support/skipWaits';

skipWaits();

const [first, second] = [signer(1), signer(2)];
const MINUTE = 60_000;

const telnyx = useRecorder();
let account = 0;

/** The reply of Telnyx's API about the key. */
let answer: { status?: number; body?: unknown; drop?: boolean };
const gives = (key: string) => ({ body: { data: { record_type: 'public_key', public: key } } });

beforeEach(() => {
	telnyx.answer = () => answer;
	answer = gives(first.publicKey);
	// Each test has an account of its own, of which nothing is known yet.
	account += 1;
});

const credential = (publicKey = '') =>
	credentialFor(telnyx, { apiKey: `KEY${account}`, publicKey });

let count = 0;
const post = async (signedBy = first, publicKey?: string) => {
	count += 1;
	const rawBody = Buffer.from(
		JSON.stringify({ data: { event_type: 'call.hangup', id: `event-${count}`, payload: {} } }),
	);
	const headers = signedBy.headers(rawBody, Math.floor(Date.now() / 1000));
	const workflowId = `workflow-${account}`;
	return await deliver({ credential: credential(publicKey), workflowId, rawBody, headers });
};
const isStarted = async (...args: Parameters<typeof post>) =>
	(await post(...args)).started !== undefined;
const asked = () => telnyx.requests.length;

it('is fetched once with the API key, and kept', async () => {
	expect(await isStarted()).toBe(true);
	passes(10 * MINUTE);
	expect(await isStarted()).toBe(true);
	expect(telnyx.requests).toMatchObject([
		{ method: 'GET', url: '/v2/public_key', headers: { authorization: `Bearer KEY${account}` } },
	]);
});

it('is fetched once for webhooks that arrive at the same time', async () => {
	const outcomes = await Promise.all([isStarted(), isStarted(), isStarted()]);
	expect(outcomes).toEqual([true, true, true]);
	expect(asked()).toBe(1);
});

it('that was pasted into the credential always wins, and nothing is fetched', async () => {
	answer = gives(second.publicKey);
	expect(await isStarted(first, first.publicKey)).toBe(true);
	expect(await isStarted(second, first.publicKey)).toBe(false);
	expect(asked()).toBe(0);
});

describe('that is changed in the credential', () => {
	const [old, changed] = [first.publicKey, second.publicKey];
	const deliverTo = async (pasted: string | undefined, signedBy: typeof first) => {
		count += 1;
		const rawBody = Buffer.from(
			JSON.stringify({ data: { event_type: 'call.hangup', id: `event-${count}`, payload: {} } }),
		);
		const { started } = await deliver({
			credential: pasted === undefined ? undefined : credential(pasted),
			credentialId: `credential-${account}`,
			rawBody,
			headers: signedBy.headers(rawBody, Math.floor(Date.now() / 1000)),
		});
		return started !== undefined;
	};

	it('is used at once for webhooks with the new key, and the old one is no longer accepted', async () => {
		expect(await deliverTo(old, first)).toBe(true);
		passes(2_000);
		expect(await deliverTo(changed, second)).toBe(true);
		expect(await deliverTo(changed, first)).toBe(false);
	});

	it('counts after 10 s at the latest', async () => {
		expect(await deliverTo(old, first)).toBe(true);
		passes(10_000);
		expect(await deliverTo(changed, first)).toBe(false);
	});

	it('is noticed after 10 s at the latest if the credential is deleted', async () => {
		expect(await deliverTo(old, first)).toBe(true);
		passes(10_000);
		expect(await deliverTo(undefined, first)).toBe(false);
	});
});

it('that was replaced at Telnyx is fetched again, and the old one is no longer accepted', async () => {
	expect(await isStarted()).toBe(true);
	answer = gives(second.publicKey);
	passes(2 * MINUTE);
	expect(await isStarted(second)).toBe(true);
	expect(await isStarted(first)).toBe(false);
	expect(asked()).toBe(2);
});

it('is not asked for by every forged webhook', async () => {
	expect(await isStarted()).toBe(true);
	passes(2 * MINUTE);
	for (let i = 0; i < 30; i++) expect(await isStarted(second)).toBe(false);
	expect(asked()).toBe(2);
	passes(2 * MINUTE);
	for (let i = 0; i < 30; i++) expect(await isStarted(second)).toBe(false);
	expect(asked()).toBe(3);
});

it('that was replaced just after it was fetched loses no webhook: Telnyx repeats it after a 503', async () => {
	expect(await isStarted()).toBe(true);
	passes(2 * MINUTE);
	expect((await post(second)).answered).toBe(401);
	answer = gives(second.publicKey);
	const { answered, warnings } = await post(second);
	expect(answered).toBe(503);
	expect(warnings[0]).toMatch(/signature does not match.*not asked again so soon/);
	passes(1 * MINUTE);
	expect(await isStarted(second)).toBe(true);
});

it('that Telnyx takes too long to return does not keep the webhook waiting, and is used for the next', async () => {
	let give = () => {};
	const given = new Promise<void>((resolve) => (give = resolve));
	telnyx.answer = async () => {
		await given;
		return answer;
	};
	const { answered, warnings } = await post();
	expect(answered).toBe(503);
	expect(warnings[0]).toContain("Telnyx's API has not given the public key yet");
	give();
	expect(await isStarted()).toBe(true);
	expect(asked()).toBe(1);
});

it('that cannot be read from the credential now makes Telnyx repeat the webhook', async () => {
	const { answered, warnings } = await deliver({
		credential: undefined,
		rawBody: Buffer.from('{}'),
		headers: {},
	});
	expect(answered).toBe(503);
	expect(warnings[0]).toContain('The credential cannot be read');
});

it('that cannot be fetched again stays the known one', async () => {
	expect(await isStarted()).toBe(true);
	answer = { status: 503 };
	passes(2 * MINUTE);
	expect(await isStarted(second)).toBe(false);
	expect(await isStarted(first)).toBe(true);
});

it.each<[string, typeof answer, number]>([
	['Telnyx is down', { status: 503 }, 503],
	['Telnyx breaks off', { drop: true }, 503],
	['Telnyx has too many requests', { status: 429 }, 503],
	['the API key is wrong', { status: 401 }, 401],
	['Telnyx has no such page', { status: 404, body: { errors: [{ code: '10005' }] } }, 401],
	['Telnyx says something else', { body: { data: { public: 'abc' } } }, 401],
	['Telnyx says nothing', { body: {} }, 401],
])('if %s, nothing is accepted', async (_what, failure, status) => {
	answer = failure;
	const { answered, started, warnings } = await post();
	expect(started).toBeUndefined();
	// Telnyx repeats after a 503, and not after a 401.
	expect(answered).toBe(status);
	expect(warnings[0]).toMatch(/The credential has no public key, and Telnyx's API did not give it/);
});

it('that could not be fetched is requested again after some seconds', async () => {
	answer = { status: 503 };
	for (let i = 0; i < 5; i++) expect((await post()).answered).toBe(503);
	expect(asked()).toBe(1);
	answer = gives(first.publicKey);
	passes(6_000);
	expect(await isStarted()).toBe(true);
});

describe('that was stored when the workflow was published', () => {
	const published = async () => {
		const memory = {};
		const credentialId = `published-${account}`;
		await hooks({ credential: credential(), credentialId, memory }).start();
		// As in another process: what this one knows of the credential is outdated, and of this account nothing.
		passes(MINUTE);
		const elsewhere = { ...credential(), apiKey: `KEY${account} elsewhere` };
		return async (signedBy = first, of = credentialId) => {
			count += 1;
			const rawBody = Buffer.from(
				JSON.stringify({ data: { event_type: 'call.hangup', id: `event-${count}`, payload: {} } }),
			);
			const headers = signedBy.headers(rawBody, Math.floor(Date.now() / 1000));
			return await deliver({ credential: elsewhere, credentialId: of, memory, rawBody, headers });
		};
	};

	it('is used by every process, even while Telnyx is down', async () => {
		const receive = await published();
		answer = { status: 503 };
		expect((await receive()).started).toBeDefined();
		expect((await receive(second)).answered).toBe(503);
	});

	it('is no longer accepted once Telnyx returns another one', async () => {
		const receive = await published();
		answer = gives(second.publicKey);
		expect((await receive(first)).started).toBeUndefined();
		expect((await receive(second)).started).toBeDefined();
	});

	it('is not accepted with an API key that Telnyx refuses', async () => {
		const receive = await published();
		answer = { status: 401 };
		expect((await receive()).answered).toBe(401);
	});

	it('is used for its own credential only', async () => {
		const receive = await published();
		answer = { status: 503 };
		const { started, answered } = await receive(first, `another-${account}`);
		expect({ started, answered }).toEqual({ started: undefined, answered: 503 });
	});
});

it.each(['init', 'leadershipChange'] as const)(
	'that Telnyx cannot return does not keep a published workflow from starting: %s',
	async (activation) => {
		answer = { status: 503 };
		const { start, said } = hooks({ credential: credential(), activation });
		await start();
		expect(said).toEqual([expect.stringContaining('Webhooks cannot be verified.')]);

		answer = { status: 401 };
		await expect(start()).rejects.toThrow('Webhooks cannot be verified.');
	},
);

it('that is nowhere to be had is reported at each publishing', async () => {
	answer = { status: 503 };
	const publish = async () => await hooks({ credential: credential() }).start();
	await expect(publish()).rejects.toThrow(
		/^Webhooks cannot be verified. The credential has no public key, and Telnyx's API did not give it: .*Paste it into the credential/,
	);
	answer = gives(first.publicKey);
	await expect(publish()).resolves.toBeUndefined();
});
