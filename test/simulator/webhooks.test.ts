/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { once } from 'node:events';

import nacl from 'tweetnacl';

import { startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

const app = () => harness.simulator.applications.get(harness.application);
const setApp = (settings: object) => Object.assign(app()?.data ?? {}, settings);
const elsewhere = (path: string) => new URL(path, harness.receiver.baseUrl).href;
const urls = () => harness.receiver.requests.map(({ url }) => url);
const attempts = () => harness.received().map(({ attempt }) => attempt);

/** The receiver does not respond until released; `arrived` resolves when the next request comes in. */
function holdAnswers() {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	let announce = () => {};
	const arrived = new Promise<void>((resolve) => (announce = resolve));
	harness.receiver.answer = async () => {
		announce();
		await released;
		return {};
	};
	return { arrived, release };
}

describe('a webhook', () => {
	it('is signed', async () => {
		harness.simulator.placeCall();
		await harness.news();
		const [{ body, headers }] = harness.receiver.requests;
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'user-agent': 'telnyx-webhooks',
			'telnyx-timestamp': String(Math.floor(harness.clock.now() / 1000)),
		});
		const signed = Buffer.from(`${String(headers['telnyx-timestamp'])}|${body}`);
		const signature = Buffer.from(String(headers['telnyx-signature-ed25519']), 'base64');
		const key = Buffer.from(harness.simulator.publicKey, 'base64');
		expect(key).toHaveLength(32);
		expect(nacl.sign.detached.verify(signed, signature, key)).toBe(true);
	});

	it('is taken by the official SDK', async () => {
		harness.simulator.placeCall();
		await harness.news();
		const [{ body, headers }] = harness.receiver.requests;
		const event = await harness.client.webhooks.unwrap(body, {
			headers: headers as Record<string, string>,
		});
		expect(event).toMatchObject({ data: { record_type: 'event', event_type: 'call.initiated' } });
		await expect(
			harness.client.webhooks.unwrap(`${body} `, { headers: headers as Record<string, string> }),
		).rejects.toThrow();
	});

	it('says where it was delivered', async () => {
		harness.simulator.placeCall();
		await harness.news();
		expect(JSON.parse(harness.receiver.requests[0].body)).toEqual({
			data: {
				record_type: 'event',
				event_type: 'call.initiated',
				id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				occurred_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
				payload: expect.any(Object),
			},
			meta: { attempt: 1, delivered_to: elsewhere('/hook') },
		});
	});

	it('has the flat shape of version 1 if the application says so', async () => {
		setApp({ webhook_api_version: '1' });
		harness.simulator.placeCall();
		await harness.simulator.settled();
		const { data, event_type, payload } = JSON.parse(harness.receiver.requests[0].body);
		expect([data, event_type, payload.direction]).toEqual([
			undefined,
			'call_initiated',
			'incoming',
		]);
	});
});

describe('a webhook that is not accepted', () => {
	it.each([[408], [429], [500], [503]])('with %i is repeated', async (status) => {
		harness.receiver.answer = (_request, index) => ({ status: index === 0 ? status : 200 });
		harness.simulator.placeCall();
		await harness.news();
		expect(attempts()).toEqual([1]);
		await harness.pass(1000);
		expect(attempts()).toEqual([1, 2]);
		const [one, two] = harness.received();
		expect(one.id).toBe(two.id);
		expect(harness.simulator.deliveries[0].status).toBe('delivered');
	});

	it.each([[301], [400], [401], [404], [409], [410], [422]])(
		'with %i is not repeated',
		async (status) => {
			harness.receiver.answer = () => ({ status, headers: { location: '/' } });
			harness.simulator.placeCall();
			await harness.news();
			await harness.pass(60_000);
			expect(attempts()).toEqual([1]);
			expect(harness.simulator.deliveries[0].status).toBe('failed');
		},
	);

	it('within 2 seconds is repeated', async () => {
		const { arrived, release } = holdAnswers();
		harness.simulator.placeCall();
		await arrived;
		harness.clock.advance(1999);
		expect(harness.simulator.deliveries[0].attempts[0].finished_at).toBeNull();
		harness.clock.advance(1);
		await harness.simulator.settled();
		expect(harness.simulator.deliveries[0].attempts[0]).toMatchObject({
			status: 'failed',
			problem: 'No answer within 2 seconds, after which Telnyx gives up.',
		});
		release();
		await harness.pass(1000);
		expect(harness.simulator.deliveries[0].status).toBe('delivered');
	});

	it('has its request aborted after 2 seconds', async () => {
		const { arrived, release } = holdAnswers();
		harness.simulator.placeCall();
		await arrived;
		const closed = once(harness.receiver.requests[0].socket, 'close');
		harness.clock.advance(2000);
		await closed;
		release();
	});

	it('may take as long as the application says', async () => {
		setApp({ webhook_timeout_secs: 5 });
		const { arrived, release } = holdAnswers();
		harness.simulator.placeCall();
		await arrived;
		harness.clock.advance(4999);
		expect(harness.simulator.deliveries[0].attempts[0].finished_at).toBeNull();
		harness.clock.advance(1);
		await harness.simulator.settled();
		expect(harness.simulator.deliveries[0].attempts[0].problem).toBe(
			'No answer within 5 seconds, after which Telnyx gives up.',
		);
		release();
	});

	it('is given up after three attempts', async () => {
		harness.receiver.answer = () => ({ status: 500 });
		harness.simulator.placeCall();
		await harness.pass(1000);
		await harness.pass(2000);
		await harness.pass(60_000);
		expect(attempts()).toEqual([1, 2, 3]);
		expect(harness.simulator.deliveries[0].status).toBe('failed');
	});

	it('goes to the failover address after two attempts', async () => {
		setApp({ webhook_event_failover_url: elsewhere('/failover') });
		harness.receiver.answer = ({ url }) => ({ status: url === '/failover' ? 200 : 500 });
		harness.simulator.placeCall();
		await harness.pass(1000);
		await harness.pass(2000);
		expect(urls()).toEqual(['/hook', '/hook', '/failover']);
		const { meta } = JSON.parse(harness.receiver.requests[2].body);
		expect(meta).toEqual({ attempt: 3, delivered_to: elsewhere('/failover') });
	});

	it('because nothing listens, says so in plain words', async () => {
		const { call_control_id } = harness.simulator.placeCall();
		await harness.news();
		setApp({ webhook_event_url: 'http://127.0.0.1:1/' });
		harness.simulator.hangup(call_control_id);
		await harness.simulator.settled();
		expect(harness.simulator.rows.at(-1)).toMatchObject({
			name: 'call.hangup',
			reason: 'Nobody listens there. Is n8n running?',
		});
	});

	it('because there is no address, says so as well', async () => {
		setApp({ webhook_event_url: '' });
		harness.simulator.placeCall();
		expect(harness.simulator.rows.at(-1)).toMatchObject({
			status: 'failed',
			reason: 'The application has no webhook address, so nobody hears of this.',
		});
	});
});

describe('the addresses of a call', () => {
	it('are those of dial', async () => {
		await harness.dialledCall({
			webhook_url: elsewhere('/own'),
			webhook_urls: { 'call.answered': [elsewhere('/answered')] },
		});
		expect(urls()).toEqual(['/own', '/answered']);
	});

	it('are those of the answer command from then on', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await harness.news();
		await harness.client.calls.actions.answer(id, { webhook_url: elsewhere('/own') });
		await harness.news();
		expect(urls()).toEqual(['/hook', '/own']);
	});

	it('are those of transfer for the new leg', async () => {
		const id = await harness.answeredCall();
		await harness.client.calls.actions.transfer(id, {
			to: '+13125550199',
			webhook_url: elsewhere('/target'),
		});
		await harness.news();
		expect(urls()).toEqual(['/hook', '/hook', '/target']);
	});

	it("are tried as often as dial's policy says", async () => {
		harness.receiver.answer = () => ({ status: 500 });
		const policies = { 'call.initiated': { retries_ms: [10, 20, 30] } };
		await harness.dial({ webhook_retries_policies: policies });
		for (const wait of [10, 20, 30, 400]) await harness.pass(wait);
		expect(attempts()).toEqual([1, 2, 3, 4]);
	});
});

describe('a retry policy', () => {
	it('may rule out any repetition', async () => {
		harness.receiver.answer = () => ({ status: 503 });
		await harness.dial({ webhook_retries_policies: { 'call.initiated': { retries_ms: [] } } });
		await harness.pass(10_000);
		expect(attempts()).toEqual([1]);
	});

	it('of answer is for its event type only, and repeats no 409', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await harness.news();
		harness.receiver.answer = ({ body }) => ({ status: body.includes('call.hangup') ? 409 : 503 });
		const policies = { 'call.answered': { retries_ms: [50] }, 'call.hangup': { retries_ms: [50] } };
		await harness.client.calls.actions.answer(id, { webhook_retries_policies: policies });
		harness.simulator.hangup(id);
		await harness.pass(50);
		await harness.pass(10_000);
		expect(harness.received().map(({ attempt, type }) => [type, attempt])).toEqual([
			['call.initiated', 1],
			['call.answered', 1],
			['call.hangup', 1],
			['call.answered', 2],
		]);
	});
});

describe('the addresses of an event type', () => {
	const dial = async (webhook_urls: object) =>
		await fetch(`${harness.simulator.baseUrl}/calls`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${harness.simulator.apiKey}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({
				connection_id: harness.application,
				from: '+13125550100',
				to: '+13125550177',
				webhook_urls,
			}),
		});

	it('may be a string', async () => {
		const { status } = await dial({ 'call.initiated': elsewhere('/own') });
		await harness.news();
		expect([status, ...urls()]).toEqual([200, '/own']);
	});

	it.each([[7], [['not an address']], ['not an address']])('may not be %j', async (value) => {
		const response = await dial({ 'call.initiated': value });
		const { errors } = (await response.json()) as { errors: object[] };
		expect(errors).toMatchObject([
			{ source: { pointer: expect.stringMatching(/^\/webhook_urls\/call.initiated/) } },
		]);
		expect(response.status).toBe(422);
	});

	it('are called instead of those of the application, its failover address included', async () => {
		setApp({ webhook_event_failover_url: elsewhere('/failover') });
		harness.receiver.answer = () => ({ status: 500 });
		await dial({ 'call.initiated': [elsewhere('/own')] });
		for (const ms of [1000, 2000, 10_000]) await harness.pass(ms);
		expect(urls()).toEqual(['/own', '/own', '/own']);
	});
});

describe('on demand', () => {
	it('webhooks are never repeated', async () => {
		harness.simulator.faults.webhookRetries = false;
		harness.receiver.answer = () => ({ status: 503 });
		harness.simulator.placeCall();
		await harness.pass(60_000);
		expect(attempts()).toEqual([1]);
		expect(harness.simulator.deliveries[0].status).toBe('failed');
	});

	it('webhooks of a call are sent at the same time', async () => {
		harness.simulator.faults.concurrentWebhooks = true;
		const both = new Promise<void>((resolve) => {
			harness.receiver.answer = async (_request, index) => {
				if (index === 1) resolve();
				await both;
				return {};
			};
		});
		const { call_control_id: id } = harness.simulator.placeCall();
		harness.simulator.hangup(id);
		await both;
		expect((await harness.news()).sort()).toEqual(['call.hangup', 'call.initiated']);
	});

	it('webhooks are delivered twice', async () => {
		harness.simulator.faults.duplicateWebhooks = true;
		harness.simulator.placeCall();
		await harness.news();
		const [one, two] = harness.received();
		expect(one.id).toBe(two.id);
		expect(attempts()).toEqual([1, 1]);
	});

	it('webhooks of a call are delivered in the wrong order', async () => {
		harness.simulator.faults.reorderWebhooks = true;
		const { call_control_id: id } = harness.simulator.placeCall();
		harness.simulator.hangup(id);
		expect(await harness.news()).toEqual(['call.hangup', 'call.initiated']);
		harness.simulator.placeCall();
		expect(await harness.news()).toEqual([]);
		await harness.pass(1000);
		expect(await harness.news()).toEqual(['call.initiated']);
	});

	it('webhooks are delayed', async () => {
		harness.simulator.faults.delayWebhooksMs = 3000;
		harness.simulator.placeCall();
		await harness.pass(2999);
		expect(await harness.news()).toEqual([]);
		await harness.pass(1);
		expect(await harness.news()).toEqual(['call.initiated']);
	});
});

it('the deliveries are listed as Telnyx lists them', async () => {
	harness.receiver.answer = ({ body }) => ({ status: body.includes('call.hangup') ? 404 : 200 });
	const { call_control_id: id } = harness.simulator.placeCall();
	harness.simulator.hangup(id);
	await harness.news();

	const { data } = await harness.client.webhookDeliveries.list({
		filter: { status: { eq: 'failed' } },
	});
	expect(data).toHaveLength(1);
	const single = await harness.client.webhookDeliveries.retrieve(String(data[0].id));
	expect(single.data).toMatchObject({
		record_type: 'webhook_delivery',
		status: 'failed',
		webhook: { event_type: 'call.hangup' },
		attempts: [
			{
				http: { request: { url: elsewhere('/hook') }, response: { status: 404 } },
				status: 'failed',
			},
		],
	});
});
