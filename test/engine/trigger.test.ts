/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { withPrevious } from '../../nodes/telnyx/account/previousUrl';
import { events } from '../../nodes/telnyx/events';
import { EVENTS } from '../contract/facts';
import { hooks, outputsOf, runTrigger } from '../support/trigger';
import { ACKNOWLEDGED, credential, eventOf, post, simplified } from '../support/triggerEvents';

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
