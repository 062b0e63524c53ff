import { randomUUID } from 'node:crypto';

import { SeenEvents } from '../../nodes/telnyx/webhooks/seenInProcess';
import { signer } from '../support/signing';
import { passes, skipWaits } from '../support/skipWaits';
import {
	ACKNOWLEDGED,
	credential,
	eventOf,
	post,
	simplified,
	telnyx,
} from '../support/triggerEvents';

describe('a request that is not from Telnyx', () => {
	const event = eventOf('call.dtmf.received');
	const other = signer(2);
	const now = () => Math.floor(Date.now() / 1000);

	it.each([
		[
			'unsigned',
			async () => await post(event, { headers: { 'content-type': 'application/json' } }),
		],
		[
			'signed with another key',
			async () => await post(event, { headers: other.headers(JSON.stringify(event)) }),
		],
		['older than 300 s', async () => await post(event, { signedAt: now() - 302 })],
		['more than 300 s ahead', async () => await post(event, { signedAt: now() + 302 })],
		[
			'replayed with a changed body',
			async () =>
				await post({ ...event, meta: {} }, { headers: telnyx.headers(JSON.stringify(event)) }),
		],
		['without its raw body', async () => await post(event, { rawBody: undefined })],
		[
			'for a credential with a wrong public key',
			async () => await post(event, { credential: { ...credential, publicKey: 'abc' } }),
		],
	])('%s: 401, and nothing starts', async (_what, request) => {
		expect(await request()).toMatchObject({
			answered: 401,
			returned: { noWebhookResponse: true },
			started: undefined,
		});
	});
});

describe('a request from Telnyx that is not an event', () => {
	it.each([
		['API v1', { record_type: 'event', event_type: 'call_answered', id: '1', payload: {} }],
		['a form of TeXML', 'CallSid=1&CallStatus=answered'],
		['a number', '5'],
		['null', 'null'],
		['an empty body', ''],
		['a list', [eventOf('call.hangup')]],
		['data without a type', { data: { payload: {} } }],
		['data with a type that is no text', { data: { event_type: ['call.hangup'] } }],
		['a payload that is no object', '{"data":[]}'],
		['a type that is empty', { data: { event_type: '', id: '1', payload: {} } }],
		['a type that is blank', { data: { event_type: ' ', id: '1', payload: {} } }],
		[
			'a body nested 20,000 deep',
			`{"data":{"event_type":"call.hangup","id":"1","payload":${'{"in":'.repeat(20_000)}1${'}'.repeat(20_002)}`,
		],
	])('%s: acknowledged, and nothing starts', async (_what, body) => {
		expect(await post(body)).toEqual({
			...ACKNOWLEDGED,
			warnings: [expect.stringMatching(/ignored a webhook from Telnyx: the (?:body|event)/)],
		});
	});

	it.each([
		[
			'API v1',
			{
				record_type: 'event',
				event_type: 'call_answered',
				id: '1',
				created_at: '2026-11-20T10:15:30.000000Z',
				payload: {},
			},
			'the event has the format of API v1: set the webhook API version of the application to 2',
		],
		['an empty type', { data: { event_type: '' } }, 'the event has no type'],
		['an empty type, bare', { event_type: '', payload: {} }, 'the event has no type'],
		['a type that is a number', { data: { event_type: 5 } }, 'the event has no type'],
		['data without a type', { data: { payload: {} } }, 'the event has no type'],
		['no event', { hello: 1 }, 'the body is not a Telnyx event'],
	])('%s: the log says so', async (_what, body, reason) => {
		// Of one workflow only the first warnings are written.
		const { warnings } = await post(body, { workflowId: 'with-a-log' });
		expect(warnings).toEqual([expect.stringContaining(`from Telnyx: ${reason}`)]);
	});

	it('an event without a payload still starts the workflow', async () => {
		const { started } = await post({ data: { event_type: 'call.hangup', payload: null } });
		expect(started).toEqual({
			event_type: 'call.hangup',
			payload: null,
			meta: null,
			client_state: null,
		});
	});
});

describe('an event without `data` around it', () => {
	const bare = (event_type: string, more: object = {}) => ({
		event_type,
		webhook_id: randomUUID(),
		created_at: '2026-11-20T10:15:30.000000Z',
		payload: { call_control_id: 'v3:abc' },
		...more,
	});

	it('starts the workflow, with the ID and the time that every event has', async () => {
		const event = bare('call.answered');
		const { started, warnings } = await post(event);
		expect(warnings).toEqual([]);
		expect(started).toEqual({
			...event,
			id: event.webhook_id,
			occurred_at: event.created_at,
			meta: null,
			client_state: null,
		});
		const simple = await simplified(bare('call.answered', { webhook_id: 'another' }));
		expect(simple).toMatchObject({ id: 'another', occurred_at: event.created_at });
	});

	it('is dropped when it is repeated', async () => {
		const event = bare('call.answered');
		expect((await post(event)).started).toBeDefined();
		expect(await post(event)).toEqual(ACKNOWLEDGED);
	});

	it.each([[5], [1_494_404_757_140]])(
		'with the number %j as its ID is dropped as well',
		async (id) => {
			const event = bare('call.answered', { id });
			expect((await post(event)).started).toBeDefined();
			expect(await post(event)).toEqual(ACKNOWLEDGED);
		},
	);

	it.each([[''], [' '], [null], [{}]])(
		'with %j as its ID is told from others by its content, and starts nothing if a stranger repeats it',
		async (id) => {
			const event = (digit: string) => ({
				data: { ...eventOf('call.dtmf.received', { digit }).data, id },
			});
			const recorded = event('1');
			const headers = telnyx.headers(JSON.stringify(recorded));
			expect((await post(recorded, { headers })).started).toBeDefined();
			expect((await post(event('2'))).started).toBeDefined();
			expect((await post(recorded, { headers })).started).toBeUndefined();
		},
	);

	it.each([
		['without any', {}],
		['with that of the webhook', { id: null, webhook_id: 'webhook-1' }],
	])('is dropped when Telnyx repeats it and signs it anew: %s', async (_what, ids) => {
		const event = { ...bare('conversation_insight_result'), webhook_id: undefined, ...ids };
		const now = Math.floor(Date.now() / 1000);
		const { started } = await post(event, { signedAt: now - 3 });
		expect(started).toBeDefined();
		expect(started?.id ?? undefined).toBe(event.webhook_id);
		expect((await post(event, { signedAt: now })).started).toBeUndefined();
	});

	it('keeps what stands beside the payload when it is simplified, or instead of one', async () => {
		const insight = {
			event_type: 'conversation_insight_result',
			webhook_id: randomUUID(),
			conversation_id: 'conversation-1',
			results: [{ insight_id: 'insight-1', result: 'A table for four' }],
		};
		expect(await simplified(insight)).toMatchObject(insight);
	});

	it.each([['Signal=5'], [[{ signal: 5 }]], [5], ['']])(
		'keeps a payload that is no object when it is simplified: %j',
		async (payload) => {
			for (const event of [
				{ ...eventOf('call.sip_info.received').data, payload },
				bare('call.sip_info.received', { payload }),
			]) {
				expect(await simplified(event)).toMatchObject({ payload });
				expect(await simplified({ data: { ...event, id: randomUUID() } })).toMatchObject({
					payload,
				});
			}
		},
	);

	it('starts nothing with a type that cannot be seen', async () => {
		const { started, warnings } = await post(bare('\u200b'));
		expect(started).toBeUndefined();
		expect(warnings.join()).toContain('the event has no type');
	});

	it('keeps all digits of a long number', async () => {
		const text = JSON.stringify(bare('call.answered', { payload: { connection_id: 'NUMBER' } }));
		const { started } = await post(text.replace('"NUMBER"', '2345678901234567890'));
		expect(started).toMatchObject({ payload: { connection_id: '2345678901234567890' } });
	});

	it('keeps an ID and a time of its own', async () => {
		const own = { id: randomUUID(), occurred_at: '2026-11-21T10:15:30.000000Z' };
		expect((await post(bare('call.answered', own))).started).toMatchObject(own);
	});

	it('may have a type without a dot', async () => {
		const chosen = { events: [], parameters: { options: { event_types: 'teleported' } } };
		expect((await post(bare('teleported'), chosen)).started).toBeDefined();
		expect((await post(eventOf('teleported'), chosen)).started).toBeDefined();
	});

	it('of a type without a dot needs neither an ID nor a time', async () => {
		const event = { event_type: 'conversation_insight_result', conversation_id: 'c', results: [] };
		expect((await post(event)).started).toMatchObject(event);
	});
});

describe('a flood of forged requests', () => {
	const FORGED = JSON.stringify(eventOf('call.hangup'));
	skipWaits();

	it('takes no place in the memory for duplicates', async () => {
		const isNew = jest.spyOn(SeenEvents.prototype, 'isNew');
		for (let i = 0; i < 20; i++) {
			await post(eventOf('call.hangup'), { workflowId: 'forged', headers: {} });
		}
		expect(isNew).not.toHaveBeenCalled();
		await post(eventOf('call.hangup'));
		expect(isNew).toHaveBeenCalledTimes(1);
		isNew.mockRestore();
	});

	it('cannot fill the log, which still says how many there were', async () => {
		const flooded = { workflowId: 'flooded', headers: {} };
		const warnings: string[] = [];
		for (let i = 0; i < 200; i++) {
			const outcome = await post(FORGED, flooded);
			expect(outcome.answered).toBe(401);
			warnings.push(...outcome.warnings);
		}
		expect(warnings).toHaveLength(20);

		passes(61_000);
		expect((await post(FORGED, flooded)).warnings).toEqual([
			expect.stringMatching(
				/refused a request: header telnyx-signature-ed25519 is missing \(before that, 180 more/,
			),
		]);
	});
});
