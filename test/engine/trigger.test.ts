import { events } from '../../nodes/TelnyxAdvancedTrigger/events';
import { activate, deliver } from '../support/engine';
import { signer } from '../support/signing';

const telnyx = signer(1);
const credential = {
	apiKey: 'KEY',
	publicKey: telnyx.publicKey,
	baseUrl: 'https://api.telnyx.com/v2',
};

/** The thirteen of Telnyx' specification, written out: the catalogue must not be its own judge. */
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

const eventOf = (event_type: string, payload: object = {}) => ({
	data: {
		record_type: 'event',
		event_type,
		id: '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
		occurred_at: '2026-11-20T10:15:30.000000Z',
		payload: {
			call_control_id: 'v3:abc',
			client_state: Buffer.from('{"step":"menu"}').toString('base64'),
			a_field_of_tomorrow: { deep: [1, null] },
			...payload,
		},
	},
	meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook/1' },
});

const post = async (
	body: unknown,
	more: Partial<Parameters<typeof deliver>[0]> & { signedAt?: number } = {},
) => {
	const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const { signedAt, ...options } = more;
	return await deliver({
		credential,
		events: ['*'],
		rawBody,
		headers: telnyx.headers(rawBody, signedAt),
		...options,
	});
};

/** n8n answers 200 to what a node returns like this, and starts no execution. */
const ACKNOWLEDGED = {
	answered: undefined,
	returned: { webhookResponse: 'Ignored' },
	started: undefined,
};

describe('the events of the specification', () => {
	it('are all offered', () => {
		expect(events.map(({ type }) => type).sort()).toEqual([...SPECIFIED].sort());
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

describe('what a workflow gets', () => {
	it('is everything that Telnyx sent, and the client state decoded', async () => {
		const sent = eventOf('call.dtmf.received', { digit: '5' });
		const { started } = await post(sent);
		expect(started).toEqual({ ...sent.data, meta: sent.meta, client_state: { step: 'menu' } });
	});

	it('has null where there is no client state and no meta', async () => {
		const { data } = eventOf('call.hangup', { client_state: null });
		const { started } = await post({ data });
		expect(started).toMatchObject({ client_state: null, meta: null });
	});

	it('comes as well when n8n has not read the body yet', async () => {
		const { started } = await post(eventOf('call.hangup'), { isRead: false });
		expect(started?.event_type).toBe('call.hangup');
	});

	it('comes with a client state of any size', async () => {
		const client_state = Buffer.alloc(6_000_000, 'a').toString('base64');
		const { started } = await post(eventOf('call.hangup', { client_state }));
		expect(started?.client_state).toHaveLength(6_000_000);
	});

	it('is what was chosen, also when the choice was written by hand as one text', async () => {
		const chosen = { events: 'call.hangup' };
		expect((await post(eventOf('call.hangup'), chosen)).started).toBeDefined();
		expect((await post(eventOf('call.answered'), chosen)).started).toBeUndefined();
	});

	it('is also an event that the package does not know', async () => {
		const { started } = await post(eventOf('call.teleported'), { events: ['*'] });
		expect(started?.event_type).toBe('call.teleported');
	});
});

describe('what is not from Telnyx', () => {
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
			'for a credential without public key',
			async () => await post(event, { credential: { ...credential, publicKey: '' } }),
		],
		[
			'for a credential with a wrong public key',
			async () => await post(event, { credential: { ...credential, publicKey: 'abc' } }),
		],
		['for a credential that is gone', async () => await post(event, { credential: undefined })],
	])('%s: 401, and nothing starts', async (_what, request) => {
		expect(await request()).toEqual({
			answered: 401,
			returned: { noWebhookResponse: true },
			started: undefined,
		});
	});
});

describe('what is from Telnyx, but no event', () => {
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
	])('%s: acknowledged, and nothing starts', async (_what, body) => {
		expect(await post(body)).toEqual(ACKNOWLEDGED);
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
	it('works with a public key and an event', async () => {
		await expect(activate(credential, ['call.dtmf.received'])).resolves.toBe(true);
	});

	it.each([
		['without a public key', '', "The field 'Public Key' of the credential is empty"],
		[
			'with an API key instead',
			'KEY0123',
			"The field 'Public Key' of the credential looks like an API key",
		],
	])('%s says what is wrong, and where the key is found', async (_what, publicKey, message) => {
		const activation = activate({ ...credential, publicKey }, ['*']);
		await expect(activation).rejects.toThrow(message);
		await expect(activation).rejects.toThrow('API Keys > Public Key');
	});

	it('without a credential asks for one', async () => {
		const activation = activate(undefined, ['*']);
		await expect(activation).rejects.toThrow(
			'The credential cannot be read. Choose a Telnyx credential',
		);
	});

	it('without an event says so', async () => {
		await expect(activate(credential, [])).rejects.toThrow("'Events' is empty");
	});
});
