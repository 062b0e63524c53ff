import axios from 'axios';

import { eventually } from '../support/eventually';
import { freePorts } from '../support/ports';
import { startRecorder, type Answer, type Recorded, type Recorder } from '../support/recorder';
import { publicationOf, startN8n } from '../support/realN8n';
import { signer } from '../support/signing';
import { event, thirteenEvents, toBody, type TelnyxEvent } from './events';
import { credentials, ids, workflows } from './workflows';

const API_KEY = 'only-the-stand-in-knows-this';
const WRONG_KEY = 'this-one-belongs-to-nobody';
const ENDED_CALL = 'v3:this-call-has-ended';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const wrong = (message: RegExp) => ({ status: 'Error', message: expect.stringMatching(message) });

const account = signer(1);
const anotherAccount = signer(2);

let telnyx: Recorder;
let n8n: Awaited<ReturnType<typeof startN8n>>;

beforeAll(async () => {
	telnyx = await startRecorder();
	telnyx.answer = asTelnyx;
	n8n = await startN8n({
		credentials: credentials({
			apiKey: API_KEY,
			publicKey: account.publicKey,
			customBaseUrl: telnyx.baseUrl,
		}),
		workflows,
		published: [ids.thirteen, ids.all, ids.seven],
	});
	// Looked at later: n8n takes 15 s to give this one up.
	const { versionId } = (await n8n.rest('GET', `/workflows/${ids.keyless}`)).body.data;
	await n8n.rest('POST', `/workflows/${ids.keyless}/activate`, { versionId });
});

afterAll(async () => {
	await n8n?.stop();
	await telnyx?.close();
});

describe('a signed webhook', () => {
	it.each(thirteenEvents)(
		'%s starts the workflow, which sends a command',
		async (type, payload) => {
			const { length } = await n8n.executions(ids.thirteen, 0);
			const pin = String(1000 + length);
			const sent = event(type, { pin, caller: 'Zoë' }, payload);

			const answer = await deliver(ids.thirteen, sent);

			expect(answer.status).toBe(200);
			const executions = await n8n.executions(ids.thirteen, length + 1);
			expect(executions).toHaveLength(length + 1);
			const { status, items } = executions[length];
			expect(status).toBe('success');
			expect(items('Telnyx Advanced Trigger')).toEqual([
				{ ...sent.data, meta: sent.meta, client_state: { pin, caller: 'Zoë' } },
			]);

			const commands = commandsFor(sent);
			expect(commands).toEqual([
				['POST', 'send_dtmf', { digits: `${pin}#`, command_id: expect.stringMatching(UUID) }],
			]);
			const [[, , { command_id }]] = commands;
			const { call_control_id } = sent.data.payload;
			expect(items('Send PIN')).toEqual([{ result: 'ok', call_control_id, command_id }]);
		},
	);

	it('gave every command its own ID', () => {
		const commandIds = commands().map(({ body }) => JSON.parse(body).command_id);
		expect(commandIds).toHaveLength(thirteenEvents.length);
		expect(new Set(commandIds).size).toBe(thirteenEvents.length);
	});

	it('of a type that nobody knows yet starts a workflow that listens for all events', async () => {
		const sent = event('call.invented.tomorrow', { pin: '2001' });

		expect((await deliver(ids.all, sent)).status).toBe(200);

		const [{ status, items }] = await n8n.executions(ids.all, 1);
		expect(status).toBe('success');
		expect(items('Telnyx Advanced Trigger')).toMatchObject([
			{ event_type: 'call.invented.tomorrow' },
		]);
		expect(items('Sent')).toHaveLength(1);
		expect(items('Not Sent') ?? []).toEqual([]);
	});
});

describe('a request that is not a wanted event', () => {
	const now = () => Math.floor(Date.now() / 1000);
	const good = () => event('call.dtmf.received', { pin: '3000' }, { digit: '3' });
	let earlier: Request;
	let executionsBefore: number;
	let commandsBefore: number;

	beforeAll(async () => {
		const body = toBody(good());
		earlier = { body, headers: account.headers(body) };
		executionsBefore = (await n8n.executions(ids.thirteen, 0)).length + 1;
		expect((await post(ids.thirteen, earlier)).status).toBe(200);
		await n8n.executions(ids.thirteen, executionsBefore);
		commandsBefore = commands().length;
	});

	it.each<{ what: string; reason: RegExp; forge: (body: string) => Request }>([
		{
			what: 'signed with the key of another account',
			reason: /signature does not match/,
			forge: (body) => ({ body, headers: anotherAccount.headers(body) }),
		},
		{
			what: 'signed more than 300 s ago',
			reason: /timestamp is 3\d\d s old/,
			forge: (body) => ({ body, headers: account.headers(body, now() - 310) }),
		},
		{
			what: 'signed for more than 300 s from now',
			reason: /timestamp is 3\d\d s ahead/,
			forge: (body) => ({ body, headers: account.headers(body, now() + 320) }),
		},
		{
			what: 'replayed with a changed body',
			reason: /signature does not match/,
			forge: () => ({ ...earlier, body: earlier.body.replace('"digit": "3"', '"digit": "4"') }),
		},
		{
			what: 'replayed with a new timestamp',
			reason: /signature does not match/,
			forge: () => ({
				...earlier,
				headers: { ...earlier.headers, 'telnyx-timestamp': String(now() + 5) },
			}),
		},
		{
			what: 'without a signature',
			reason: /header telnyx-signature-ed25519 is missing/,
			forge: (body) => ({
				body,
				headers: { ...account.headers(body), 'telnyx-signature-ed25519': undefined },
			}),
		},
		{
			what: 'without a timestamp',
			reason: /header telnyx-timestamp is missing/,
			forge: (body) => ({
				body,
				headers: { ...account.headers(body), 'telnyx-timestamp': undefined },
			}),
		},
		{
			what: 'not signed at all',
			reason: /header telnyx-signature-ed25519 is missing/,
			forge: (body) => ({ body, headers: { 'content-type': 'application/json' } }),
		},
	])('is refused: $what', async ({ reason, forge }) => {
		const { length } = warnings();

		expect((await post(ids.thirteen, forge(toBody(good())))).status).toBe(401);

		await nextWarning(length, new RegExp(`refused a request: .*${reason.source}`));
	});

	it('is acknowledged if it is another event', async () => {
		const { length } = warnings();

		expect((await deliver(ids.thirteen, event('call.hangup', {}))).status).toBe(200);

		expect(warnings()).toHaveLength(length);
	});

	it('is acknowledged in the format of API v1, with a warning', async () => {
		const { length } = warnings();
		const { id, occurred_at: created_at, payload } = good().data;
		const v1 = { record_type: 'event', event_type: 'dtmf', id, created_at, payload };

		expect((await deliver(ids.thirteen, v1)).status).toBe(200);

		await nextWarning(length, /webhook API version of the application to 2/);
	});

	it('starts no execution and sends no command', async () => {
		expect(earlier.body).toContain('"digit": "3"');
		const last = good();
		await deliver(ids.thirteen, last);

		const executions = await n8n.executions(ids.thirteen, executionsBefore + 1);

		expect(executions).toHaveLength(executionsBefore + 1);
		expect(executions.at(-1)?.items('Telnyx Advanced Trigger')).toMatchObject([
			{ id: last.data.id },
		]);
		expect(commands()).toHaveLength(commandsBefore + 1);
	});
});

describe('commands', () => {
	it('all seven arrive as they were set up', async () => {
		const state = { order: 1042, note: 'Grüße' };
		const sent = event('call.dtmf.received', state, { digit: '1' });

		await deliver(ids.seven, sent);

		const [{ status, items }] = await n8n.executions(ids.seven, 1);
		expect(status).toBe('success');
		const derived = { command_id: expect.stringMatching(UUID) };
		expect(commandsFor(sent)).toEqual([
			[
				'POST',
				'send_dtmf',
				{
					digits: '1ww2AB*#',
					duration_millis: 300,
					client_state: base64('{"step":"menu"}'),
					...derived,
				},
			],
			['PUT', 'client_state_update', { client_state: base64(JSON.stringify(state)) }],
			[
				'POST',
				'siprec_start',
				{
					connector_name: 'recorder-1',
					session_timeout_secs: 90,
					sip_transport: 'tls',
					siprec_track: 'both_tracks',
					secure: false,
					include_metadata_custom_headers: true,
				},
			],
			['POST', 'siprec_stop', derived],
			[
				'POST',
				'suppression_start',
				{
					direction: 'both',
					noise_suppression_engine: 'Krisp',
					noise_suppression_engine_config: { suppression_level: 80 },
					command_id: `quiet-${sent.data.payload.call_control_id.length}`,
				},
			],
			['POST', 'suppression_stop', derived],
			['POST', 'switch_supervisor_role', { role: 'whisper' }],
		]);
		const { call_control_id } = sent.data.payload;
		expect(items('Switch Supervisor Role')).toEqual([{ result: 'ok', call_control_id }]);
	});

	it('go on to the error branch, with the input, when Telnyx refuses them', async () => {
		const { length } = await n8n.executions(ids.all, 0);
		const sent = event('call.hangup', { pin: '4001' }, { call_control_id: ENDED_CALL });

		await deliver(ids.all, sent);

		const { status, items } = (await n8n.executions(ids.all, length + 1))[length];
		expect(status).toBe('success');
		expect(items('Sent') ?? []).toEqual([]);
		expect(items('Not Sent')).toEqual([
			{
				...sent.data,
				meta: sent.meta,
				client_state: { pin: '4001' },
				error: 'The call has already ended',
				details: expect.objectContaining({ code: '90018', http_status: 422 }),
			},
		]);
	});
});

describe('without a public key', () => {
	it('the workflow does not go live, and n8n says why', async () => {
		const { triggers } = await eventually('n8n to give up', async () => {
			const publication = await publicationOf(n8n.rest, ids.keyless);
			return publication.status === 'failed' && publication;
		});

		const because = expect.stringContaining("The credential has no public key, and Telnyx's API");
		expect(triggers).toMatchObject([{ status: 'failed', errorMessage: because }]);
		expect(n8n.log).toContainEqual({ level: 'error', message: because });
		expect((await deliver(ids.keyless, event('call.hangup', {}))).status).toBe(404);
	});
});

describe('the test of the credential', () => {
	it.each<{ what: string; change?: () => Promise<object> | object; says: object }>([
		{
			what: 'accepts the right key',
			says: { status: 'OK', message: expect.any(String) },
		},
		{
			what: 'accepts it with spaces around it and around the address',
			change: () => ({ apiKey: ` ${API_KEY}\n`, customBaseUrl: ` ${telnyx.baseUrl}/ ` }),
			says: { status: 'OK', message: expect.any(String) },
		},
		{
			what: 'names a wrong key',
			change: () => ({ apiKey: WRONG_KEY }),
			says: wrong(/does not accept the API key/),
		},
		{
			what: 'names an address where nobody listens',
			change: async () => ({ customBaseUrl: `http://127.0.0.1:${await freePorts(1)}/v2` }),
			says: wrong(/^ECONNREFUSED$/),
		},
		{
			what: 'names an address that has no such path',
			change: () => ({ customBaseUrl: new URL('/v3', telnyx.baseUrl).href }),
			says: wrong(/but it is not Telnyx/),
		},
		{
			what: 'names an address with a web page',
			change: () => ({ customBaseUrl: new URL('/website', telnyx.baseUrl).href }),
			says: wrong(/but it is not Telnyx/),
		},
		{
			what: 'names an address that redirects, and does not follow it with the key',
			change: () => ({ customBaseUrl: new URL('/moved', telnyx.baseUrl).href }),
			says: wrong(/but it is not Telnyx/),
		},
		{
			what: 'names a text that is not an address',
			change: () => ({ customBaseUrl: 'api.telnyx.com' }),
			says: wrong(/is not a web address/),
		},
		{
			what: 'names a text that is not a public key',
			change: () => ({ publicKey: 'not a key' }),
			says: wrong(/^The field 'Public Key' of the credential is not Base64/),
		},
	])('$what', async ({ change, says }) => {
		const [{ id, name, type, data }] = credentials({
			apiKey: API_KEY,
			publicKey: account.publicKey,
			customBaseUrl: telnyx.baseUrl,
		});

		const { body } = await n8n.rest('POST', '/credentials/test', {
			credentials: { id, name, type, data: { ...data, ...(await change?.()) } },
		});

		expect(body.data).toEqual(says);
	});
});

describe('the log of n8n', () => {
	it('contains neither keys nor received data', () => {
		const log = n8n.log.map(({ message }) => message).join('\n');
		const secrets = [API_KEY, WRONG_KEY, account.publicKey, '+13125550101', 'v3:', 'delivered_to'];
		expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
	});
});

/** Answers as Telnyx does as far as the tests go. */
function asTelnyx({ headers, method, url }: Recorded): Answer {
	if (url.startsWith('/v3')) return { status: 404, body: 'Not Found' };
	if (url.startsWith('/website'))
		return { body: '<html>', headers: { 'content-type': 'text/html' } };
	if (url.startsWith('/moved')) return { status: 302, headers: { location: '/v2' } };
	if (headers.authorization !== `Bearer ${API_KEY}`) {
		return refusal(401, '10009', 'Authentication failed', 'No key found matching the ID');
	}
	if (decodeURIComponent(url).includes(ENDED_CALL)) {
		return refusal(422, '90018', 'Call has already ended', 'This call is no longer active.');
	}
	if (method === 'GET' && url.startsWith('/v2/call_control_applications')) {
		return { body: { data: [], meta: {} } };
	}
	return { body: { data: { result: 'ok' } } };
}

const refusal = (status: number, code: string, title: string, detail: string) => ({
	status,
	body: { errors: [{ code, title, detail }] },
});

interface Request {
	body: string;
	headers: Record<string, string | undefined>;
}

/** Posts what Telnyx would, signed now. */
async function deliver(workflowId: string, content: object) {
	const body = toBody(content);
	return await post(workflowId, { body, headers: account.headers(body) });
}

const post = async (workflowId: string, { body, headers }: Request) =>
	await axios.post(n8n.webhookUrl(workflowId), Buffer.from(body), {
		headers,
		validateStatus: () => true,
	});

/** Triggers without a public key ask for it besides. */
const commands = () => telnyx.requests.filter(({ url }) => url.startsWith('/v2/calls/'));

/** The commands that the stand-in got for the call of an event: method, action and body. */
const commandsFor = ({ data }: TelnyxEvent) => {
	const start = `/v2/calls/${data.payload.call_control_id}/actions/`;
	return telnyx.requests
		.map(({ url, ...request }) => ({ ...request, path: decodeURIComponent(url) }))
		.filter(({ path }) => path.startsWith(start))
		.map(({ method, path, body }) => [method, path.slice(start.length), JSON.parse(body)]);
};

const warnings = () =>
	n8n.log.filter(({ level, message }) => level === 'warn' && message.startsWith('Telnyx trigger'));

/** The log comes through a pipe and may be a moment later than the answer. */
async function nextWarning(before: number, pattern: RegExp) {
	await eventually('a warning of the trigger', () => warnings().length > before);
	expect(warnings()).toHaveLength(before + 1);
	expect(warnings().at(-1)?.message).toMatch(pattern);
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
