/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { events } from '../../nodes/telnyx/events';
import { SeenEvents } from '../../nodes/telnyx/webhooks/seenInProcess';
import { withPrevious } from '../../nodes/telnyx/account/previousUrl';
import { EVENTS } from '../contract/facts';
import { signer } from '../support/signing';
import { passes, skipWaits } from '../support/skipWaits';
import { credential, eventOf, post, telnyx, type Options } from '../support/triggerEvents';
import { hooks, outputsOf, rememberInMemory, runTrigger } from '../support/trigger';

/** The thirteen events of the original specification, written out: the catalogue must not be its own judge. */
const SPECIFIED = [
	'call.conversation.ended',
	'call.conversation_insights.generated',
	'call.dtmf.received',
	'call.machine.detection.ended',
	'call.machine.greeting.ended',
	'call.machine.premium.detection.ended',
	'call.machine.premium.greeting.ended',
	'call.refer.completed',
	'call.refer.failed',
	'call.refer.started',
	'siprec.failed',
	'siprec.started',
	'siprec.stopped',
];

/** All voice events that Telnyx's own SDK declares. */
const declared = [
	...readFileSync(
		join(require.resolve('telnyx/version'), '../resources/webhooks.d.ts'),
		'utf8',
	).matchAll(/event_type\?: '((?:call|conference|siprec|streaming)\.[a-z_.]+)'/g),
].map(([, type]) => type);

/** n8n answers 200 to what a node returns like this, and starts no execution. */
const ACKNOWLEDGED = {
	answered: undefined,
	returned: { webhookResponse: 'Ignored' },
	started: undefined,
	warnings: [],
};

/** What the trigger puts out for an event. */
async function simplified(event: object) {
	const parameters = { options: { simple: true } };
	const { started } = await post(event, { parameters });
	return (await runTrigger({ credential, parameters, items: [started!] })).flat()[0];
}

describe('the events of the specification', () => {
	it('are all offered, and so is every other voice event that the SDK declares or Telnyx documents', () => {
		const offered = events.map(({ type }) => type);
		expect(offered).toEqual(expect.arrayContaining(SPECIFIED));
		const all = new Set([...declared, ...EVENTS.map(({ event }) => event)]);
		expect(offered.sort()).toEqual([...all].sort());
	});

	it.each(SPECIFIED)('%s starts a workflow that chose it', async (type) => {
		const { answered, started } = await post(eventOf(type), { events: [type] });
		expect(answered).toBeUndefined();
		expect(started).toMatchObject({ event_type: type });
	});

	it.each(SPECIFIED)('%s starts none that chose the others', async (type) => {
		const others = SPECIFIED.filter((other) => other !== type);
		expect(await post(eventOf(type), { events: others })).toEqual(ACKNOWLEDGED);
	});
});

describe('the item that starts a workflow', () => {
	it('has everything that Telnyx sent, and the decoded client state', async () => {
		const sent = eventOf('call.dtmf.received', { digit: '5' });
		const { started } = await post(sent);
		expect(started).toEqual({ ...sent.data, meta: sent.meta, client_state: { step: 'menu' } });
	});

	it.each([
		['as it is', false],
		['simplified', true],
	])('does not contain the former webhook URL of the application: %s', async (_how, simple) => {
		const event = eventOf('call.hangup');
		event.meta.delivered_to = withPrevious(
			{
				address: 'https://n8n.example.com/webhook/1?own=2',
				owner: { workflowId: 'w', nodeId: 'n' },
				isForTest: true,
			},
			{
				webhook_event_url: 'https://user:pw@pbx.example.com/?token=secret',
				webhook_api_version: '1',
			},
		);
		const { started } = await post(event, { parameters: { options: { simple } } });
		expect(JSON.stringify(started)).not.toMatch(/pbx|secret|previous|borrowed|set_by/);
		if (!simple) {
			expect(started?.meta).toEqual({
				attempt: 1,
				delivered_to: 'https://n8n.example.com/webhook/1?own=2',
			});
		}
	});

	it.each<[unknown]>([[undefined], [null], [5], ['no URL'], [['https://n8n.example.com']]])(
		'has a meta whatever Telnyx says about where the event was delivered: %j',
		async (delivered_to) => {
			const { data } = eventOf('call.hangup');
			const { started } = await post({ data, meta: { attempt: 1, delivered_to } });
			expect(started?.meta).toEqual({ attempt: 1, delivered_to });
		},
	);

	it('has null where there is no client state and no meta', async () => {
		const { data } = eventOf('call.hangup', { client_state: null });
		const { started } = await post({ data });
		expect(started).toMatchObject({ client_state: null, meta: null });
	});

	it('arrives even if n8n has not read the body yet', async () => {
		const { started } = await post(eventOf('call.hangup'), { isRead: false });
		expect(started?.event_type).toBe('call.hangup');
	});

	it('has values that look like expressions as the text that they are', async () => {
		const text = '={{ $env.N8N_ENCRYPTION_KEY }}';
		const client_state = Buffer.from(text).toString('base64');
		const sent = eventOf('call.dtmf.received', { digit: '={{ 1 + 1 }}', client_state });
		const { started } = await post(sent);
		expect(started).toMatchObject({
			client_state: text,
			payload: { digit: '={{ 1 + 1 }}' },
		});
		const [[run]] = await runTrigger({ credential, items: [started!] });
		expect(run).toEqual(started);
	});

	it('may have a client state of any size', async () => {
		const client_state = Buffer.alloc(6_000_000, 'a').toString('base64');
		const { started } = await post(eventOf('call.hangup', { client_state }));
		expect(started?.client_state).toHaveLength(6_000_000);
	});

	it('is an event that was chosen, even if the choice was written by hand as one text', async () => {
		const chosen = { events: 'call.hangup' };
		expect((await post(eventOf('call.hangup'), chosen)).started).toBeDefined();
		expect((await post(eventOf('call.answered'), chosen)).started).toBeUndefined();
	});

	it('may be an event that the package does not know', async () => {
		const { started } = await post(eventOf('call.teleported'), { events: ['*'] });
		expect(started?.event_type).toBe('call.teleported');
	});
});

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
		['a body nested 20,000 deep', `{"data":${'{"payload":'.repeat(20_000)}1${'}'.repeat(20_001)}`],
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

describe('activation', () => {
	const activate = async (of: Parameters<typeof hooks>[0]) => await hooks(of).start();

	it('works with a public key and an event', async () => {
		const parameters = { events: ['call.dtmf.received'] };
		await expect(activate({ credential, parameters })).resolves.toBeUndefined();
	});

	it('with an API key instead of the public key says what is wrong, and where to find the key', async () => {
		const activation = activate({ credential: { ...credential, publicKey: 'KEY0123' } });
		await expect(activation).rejects.toThrow(
			"The field 'Public Key' of the credential looks like an API key",
		);
		await expect(activation).rejects.toThrow('API Keys > Public Key');
	});

	it('without a credential asks for one', async () => {
		await expect(activate({ credential: undefined })).rejects.toThrow(
			'The credential cannot be read. Choose a Telnyx credential',
		);
	});

	it('without an event says so', async () => {
		await expect(activate({ credential, parameters: { events: [] } })).rejects.toThrow(
			"'Events' is empty",
		);
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

describe('a trigger with an application', () => {
	const setTo = async (connection_id: unknown, payload: object, setup = 'automatic') => {
		const locator = { mode: 'id', value: connection_id, __rl: true };
		const parameters = { setup, connection_id: locator } as never;
		const { started } = await post(eventOf('call.hangup', payload), { parameters });
		return started !== undefined;
	};

	it('starts only with the events of this application', async () => {
		expect(await setTo('7267', { connection_id: '7267' })).toBe(true);
		expect(await setTo('7267', { connection_id: 7267 })).toBe(true);
		expect(await setTo('7267', { connection_id: '7268' })).toBe(false);
	});

	it('starts with events that do not name an application', async () => {
		expect(await setTo('7267', {})).toBe(true);
		expect(await setTo('7267', { connection_id: null })).toBe(true);
	});

	it('may be chosen with characters that nobody sees', async () => {
		expect(await setTo(' 7267\u200b', { connection_id: '7267' })).toBe(true);
		expect(await setTo('\u200b', { connection_id: '7268' })).toBe(true);
	});

	it('with manual setup leaves that to the filters', async () => {
		expect(await setTo('7267', { connection_id: '7268' }, 'manual')).toBe(true);
	});
});

describe('a repeated event', () => {
	const isStarted = async (body: unknown, options?: Options) =>
		(await post(body, options)).started !== undefined;

	it('is dropped, whatever the attempt', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event)).toBe(true);
		expect(await isStarted({ ...event, meta: { attempt: 2 } })).toBe(false);
		expect(await isStarted(event)).toBe(false);
	});

	it('starts other workflows, and tests', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event)).toBe(true);
		expect(await isStarted(event, { workflowId: 'workflow-2' })).toBe(true);
		expect(await isStarted(event, { isTest: true })).toBe(true);
		expect(await isStarted(event, { isTest: true })).toBe(true);
	});

	it('is let through if the user wants that', async () => {
		const event = eventOf('call.answered');
		const parameters = { options: { duplicates: 'letThrough' } };
		expect(await isStarted(event, { parameters })).toBe(true);
		expect(await isStarted(event, { parameters })).toBe(true);
	});

	it.each(['while it is fresh', 'an hour later'])(
		'that a stranger has recorded and sends again, %s, starts nothing',
		async (when) => {
			const event = eventOf('call.answered');
			const headers = telnyx.headers(JSON.stringify(event));
			expect(await isStarted(event, { headers })).toBe(true);
			const clock = jest.spyOn(Date, 'now');
			if (when !== 'while it is fresh') clock.mockReturnValue(Date.now() + 3_600_000);
			expect(await isStarted(event, { headers })).toBe(false);
			// Nor does it after a restart, or in a test: it is too old then.
			const elsewhere = await isStarted(event, { headers, isTest: true });
			expect(elsewhere).toBe(when === 'while it is fresh');
			clock.mockRestore();
		},
	);

	it('starts the workflow if n8n could not start it the first time', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event, { ending: 500 })).toBe(true);
		expect(await isStarted(event, { ending: 500 })).toBe(true);
		expect(await isStarted(event)).toBe(true);
		expect(await isStarted(event)).toBe(false);
	});

	it('is dropped although its sender went away the first time: n8n started the workflow nevertheless', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event, { ending: 'lost' })).toBe(true);
		expect(await isStarted(event, { ending: 'lost' })).toBe(false);
		expect(await isStarted(event)).toBe(false);
	});

	it.each<[NonNullable<Options['ending']>, boolean]>([
		[200, false],
		[500, true],
		['lost', false],
	])('at the same time waits for how the first one ends (%s)', async (ending, counts) => {
		const event = eventOf('call.answered');
		let others: Array<Promise<boolean>> = [];
		const meanwhile = async () => {
			others = [1, 2, 3].map(async () => await isStarted(event));
			await new Promise((resolve) => setImmediate(resolve));
		};
		expect(await isStarted(event, { ending, meanwhile })).toBe(true);
		expect((await Promise.all(others)).filter(Boolean)).toHaveLength(counts ? 1 : 0);
	});

	describe('whose ID is remembered permanently', () => {
		const parameters = { options: { duplicates: 'dropForGood' } };
		const run = async (event: ReturnType<typeof eventOf>) =>
			(await runTrigger({ credential, parameters, items: [event.data] })).flat();

		beforeAll(rememberInMemory);

		it("is dropped because it is in n8n's database", async () => {
			const event = eventOf('call.answered');
			await post(event, { parameters });
			expect(await run(event)).toMatchObject([{ id: event.data.id }]);
			expect(await run(event)).toEqual([]);
		});

		it.each<[string, boolean, (n: number) => object]>(
			[true, false].flatMap(
				(simple): Array<[string, boolean, (n: number) => object]> => [
					['no ID', simple, () => ({})],
					['an empty ID', simple, () => ({ id: ' ' })],
					['a number', simple, (n) => ({ webhook_id: (simple ? 70 : 80) + n })],
					['the ID of the webhook', simple, (n) => ({ webhook_id: `of ${simple} ${n}` })],
				],
			),
		)('is dropped with %s, whether simplified or not: %s', async (what, simple, ids) => {
			const options = { ...parameters.options, simple };
			const started = async (n: number) => {
				const payload = { conversation_id: `${what} ${simple}`, results: [n] };
				const event = { event_type: 'conversation_insight_result', ...ids(n), payload };
				return (await post(event, { parameters: { options } })).started!;
			};
			const count = async (item: IDataObject) =>
				(await runTrigger({ credential, parameters: { options }, items: [item] })).flat().length;
			const [first, second] = [await started(1), await started(2)];
			expect(await count(first)).toBe(1);
			expect(await count(second)).toBe(1);
			expect(await count(JSON.parse(JSON.stringify(first)))).toBe(0);
			expect(await count(second)).toBe(0);
		});

		it('is dropped although its sender went away the first time', async () => {
			const event = eventOf('call.answered');
			let execution: ReturnType<typeof run> | undefined;
			// n8n starts the execution before it answers.
			const meanwhile = () => void (execution = run(event));
			await post(event, { parameters, ending: 'lost', meanwhile });
			expect(await execution).toHaveLength(1);
			expect(await run(event)).toEqual([]);
		});
	});
});

describe('an item', () => {
	const run = async (parameters: object, chosen: string[], ...types: string[]) =>
		await runTrigger({
			credential,
			parameters: { events: chosen, ...parameters } as never,
			items: types.map((event_type) => ({ event_type })),
		});

	it('leaves through the only output', async () => {
		expect(
			await run({ separate_outputs: false }, ['call.answered', '*'], 'call.answered', 'call.new'),
		).toEqual([[{ event_type: 'call.answered' }, { event_type: 'call.new' }]]);
	});

	it('leaves through the output of its event, or the last one for all others', async () => {
		const written = { options: { event_types: 'call.teleported' } };
		const chosen = ['*', 'call.hangup', 'conference.*', 'call.answered'];
		const types = [
			'call.answered',
			'call.new',
			'conference.ended',
			'call.teleported',
			'call.hangup',
		];
		expect((await run(written, chosen, ...types)).map((items) => items[0]?.event_type)).toEqual([
			'call.hangup',
			'conference.ended',
			'call.answered',
			'call.teleported',
			'call.new',
		]);
	});

	it.each([
		['as Telnyx sends it', false, (direction: string) => ({ payload: { direction } })],
		['simplified', true, (direction: string) => ({ direction })],
	])('leaves through the output of its kind: %s', async (_how, simple, direction) => {
		const events = ['call.initiated:outgoing', 'call.initiated:incoming'];
		const items = ['incoming', 'outgoing'].map((one) => ({
			event_type: 'call.initiated',
			payload: { direction: one },
		}));
		const parameters = { events, options: { simple } };
		const [out, into] = await runTrigger({ credential, parameters, items });
		expect(out).toMatchObject([direction('outgoing')]);
		expect(into).toMatchObject([direction('incoming')]);
	});

	it('has the outputs that the editor draws', () => {
		const outputs = (parameters: object) => outputsOf({ credential, parameters } as never);
		const name = (displayName: string) => ({ type: 'main', displayName });
		const options = { event_types: 'call.teleported' };
		const chosen = ['*', 'call.hangup', 'conference.*'];
		expect(outputs({ events: chosen, options })).toEqual(
			['Call Ended', 'Conferences', 'call.teleported', 'Other'].map(name),
		);
		expect(outputs({ events: chosen, options, separate_outputs: false })).toEqual(['main']);
		const unseen = { event_types: 'call.teleported\u200b \u2060' };
		expect(outputs({ events: ['call.hangup\ufeff'], options: unseen })).toEqual(
			['Call Ended', 'call.teleported'].map(name),
		);
		expect(outputs({ events: ['call.hangup'] })).toEqual(['main']);
		expect(outputs({ events: [] })).toEqual(['main']);
		expect(outputs({ events: ['call.initiated:incoming', 'call.initiated:outgoing'] })).toEqual(
			['Incoming', 'Outgoing'].map(name),
		);
	});

	it('is flat and short if the user wants that', async () => {
		const known = eventOf('call.dtmf.received', { digit: '5', from: '+13125550101' });
		const { id, occurred_at } = known.data;
		expect(await simplified(known)).toEqual({
			event_type: 'call.dtmf.received',
			id,
			occurred_at,
			call_control_id: 'v3:abc',
			client_state: { step: 'menu' },
			digit: '5',
			from: '+13125550101',
			a_field_of_tomorrow: { deep: [1, null] },
		});
		const info = eventOf('call.sip_info.received', { content_type: 'text/plain', body: 'hello' });
		expect(await simplified(info)).toMatchObject({ body: 'hello' });
		const unknown = eventOf('call.teleported');
		expect(await simplified(unknown)).toMatchObject({
			call_control_id: 'v3:abc',
			a_field_of_tomorrow: { deep: [1, null] },
		});
	});

	it('keeps its own name, time and ID even then, whatever is in its payload', async () => {
		const event = eventOf('call.teleported', { id: 'of something', event_type: 'beam' });
		const { id, occurred_at } = event.data;
		expect(await simplified(event)).toMatchObject({
			event_type: 'call.teleported',
			id,
			occurred_at,
		});
	});
});

describe('a flood of forged requests', () => {
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
		const outcomes = [];
		for (let i = 0; i < 50; i++) outcomes.push(await post(eventOf('call.hangup'), flooded));
		expect(outcomes.every(({ answered }) => answered === 401)).toBe(true);
		expect(outcomes.flatMap(({ warnings }) => warnings)).toHaveLength(20);

		passes(61_000);
		expect((await post(eventOf('call.hangup'), flooded)).warnings).toEqual([
			expect.stringMatching(
				/refused a request: header telnyx-signature-ed25519 is missing \(before that, 30 more/,
			),
		]);
	});
});
