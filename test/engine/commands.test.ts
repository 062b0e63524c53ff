import { ExecuteContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';

import { withPrevious } from '../../nodes/telnyx/account/previousUrl';
import { useRecorder } from '../support/recorder';
import { credentialFor } from '../support/credential';
import { runAction, runActionAt, type RunOptions } from '../support/engine';

const ID = 'v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg';
const STATE = 'aGF2ZSBhIG5pY2UgZGF5ID1d';
const COMMAND_ID = '891510ac-f3e4-11e8-af5b-de00688a4901';

const telnyx = useRecorder();

const credential = () =>
	credentialFor(telnyx, { apiKey: ' KEY0123 ', customBaseUrl: `${telnyx.baseUrl}/` });

const run = async (
	resource: string,
	operation: string,
	fields: Record<string, unknown>,
	more: Partial<RunOptions> = {},
) =>
	await runActionAt(
		telnyx,
		{ resource, operation, call_control_id: ID, ...fields },
		{ credential: credential(), ...more },
	);

/** Written by hand from Telnyx's specification of the seven commands: the examples of its reference. */
const SPECIFIED = [
	{
		resource: 'call',
		operation: 'updateClientState',
		fields: { client_state: 'have a nice day =]' },
		request: `PUT /v2/calls/${ID}/actions/client_state_update`,
		body: `{"client_state":"${STATE}"}`,
	},
	{
		resource: 'input',
		operation: 'sendDtmf',
		fields: {
			digits: '1www2WABCDw9',
			options: { client_state: 'have a nice day =]', command_id: COMMAND_ID, duration_millis: 500 },
		},
		request: `POST /v2/calls/${ID}/actions/send_dtmf`,
		body: `{"digits":"1www2WABCDw9","client_state":"${STATE}","command_id":"${COMMAND_ID}","duration_millis":500}`,
	},
	{
		resource: 'siprec',
		operation: 'startSiprec',
		fields: {
			options: {
				client_state: 'have a nice day =]',
				connector_name: 'my-siprec-connector',
				include_metadata_custom_headers: true,
				secure: true,
				session_timeout_secs: 900,
				sip_transport: 'tcp',
				siprec_track: 'outbound_track',
			},
		},
		request: `POST /v2/calls/${ID}/actions/siprec_start`,
		body: `{"client_state":"${STATE}","connector_name":"my-siprec-connector","include_metadata_custom_headers":true,"secure":true,"session_timeout_secs":900,"sip_transport":"tcp","siprec_track":"outbound_track"}`,
	},
	{
		resource: 'siprec',
		operation: 'stopSiprec',
		fields: { options: { client_state: 'have a nice day =]', command_id: COMMAND_ID } },
		request: `POST /v2/calls/${ID}/actions/siprec_stop`,
		body: `{"client_state":"${STATE}","command_id":"${COMMAND_ID}"}`,
	},
	{
		resource: 'noiseSuppression',
		operation: 'startNoiseSuppression',
		fields: {
			options: {
				client_state: 'have a nice day =]',
				command_id: COMMAND_ID,
				direction: 'outbound',
				noise_suppression_engine: 'DeepFilterNet',
				noise_suppression_engine_config: { attenuation_limit: 80, mode: 'advanced' },
			},
		},
		request: `POST /v2/calls/${ID}/actions/suppression_start`,
		body: `{"client_state":"${STATE}","command_id":"${COMMAND_ID}","direction":"outbound","noise_suppression_engine":"DeepFilterNet","noise_suppression_engine_config":{"attenuation_limit":80,"mode":"advanced"}}`,
	},
	{
		resource: 'noiseSuppression',
		operation: 'stopNoiseSuppression',
		fields: { options: { client_state: 'have a nice day =]', command_id: COMMAND_ID } },
		request: `POST /v2/calls/${ID}/actions/suppression_stop`,
		body: `{"client_state":"${STATE}","command_id":"${COMMAND_ID}"}`,
	},
	{
		resource: 'call',
		operation: 'switchSupervisorRole',
		fields: { role: 'barge' },
		request: `POST /v2/calls/${ID}/actions/switch_supervisor_role`,
		body: '{"role":"barge"}',
	},
];

describe('the seven commands of the specification', () => {
	it.each(SPECIFIED)('$operation', async ({ resource, operation, fields, request, body }) => {
		const { output, error } = await run(resource, operation, fields);

		expect(error).toBeUndefined();
		const [sent] = telnyx.requests;
		expect(`${sent.method} ${sent.url}`).toBe(request);
		expect(sent.body).toBe(body);
		expect(sent.headers).toMatchObject({
			authorization: 'Bearer KEY0123',
			'content-type': 'application/json',
		});
		expect(telnyx.requests).toHaveLength(1);
		expect(output).toEqual([
			{
				json: expect.objectContaining({ result: 'ok', call_control_id: ID }),
				pairedItem: { item: 0 },
			},
		]);
	});
});

describe('the request', () => {
	it('has only what the user set', async () => {
		await run('siprec', 'startSiprec', {});
		expect(telnyx.requests[0].body).toBe('{}');
	});

	it('leaves out options that were added and left empty', async () => {
		await run('siprec', 'startSiprec', { options: { connector_name: ' ', client_state: '' } });
		expect(telnyx.requests[0].body).toBe('{}');
	});

	it('leaves out a choice from a list that was not made, however n8n marks it', async () => {
		const fields = (leg: object) => ({
			connection_id: { __rl: true, mode: 'id', value: '1494404757140276705' },
			from: { mode: 'list', value: '+13125550100' },
			to: '+13125550123',
			more_options: { bridging_options: { link_to: leg } },
		});
		for (const leg of [
			{ mode: 'list', value: '' },
			{ __rl: true, mode: 'list', value: '' },
		]) {
			await run('call', 'dial', fields(leg));
		}
		await run('call', 'dial', fields({ mode: 'id', value: ID }));
		const [bare, marked, filled] = telnyx.requests.map(({ body }) => JSON.parse(body) as object);
		expect(bare).toMatchObject({ from: '+13125550100' });
		expect(bare).not.toHaveProperty('link_to');
		expect(marked).not.toHaveProperty('link_to');
		expect(filled).toMatchObject({ link_to: ID });
	});

	it('has only what was set in an added group', async () => {
		const options = { deepfake_detection: { enabled: true, timeout: 20 } };
		await run('call', 'answer', { options });
		await run('call', 'answer', {});
		const [added, untouched] = telnyx.requests.map(({ body }) => JSON.parse(body) as object);
		expect(added).toMatchObject(options);
		expect(untouched).not.toHaveProperty('deepfake_detection');
	});

	it('has switches that are off, and zeros', async () => {
		await run('siprec', 'startSiprec', { options: { secure: false, session_timeout_secs: 0 } });
		expect(telnyx.requests[0].body).toBe('{"secure":false,"session_timeout_secs":0}');
	});

	it('has JSON in the client state for an object', async () => {
		await run('call', 'updateClientState', { client_state: '={{ { step: "menu", tries: 2 } }}' });
		const { client_state } = JSON.parse(telnyx.requests[0].body) as Record<string, string>;
		expect(Buffer.from(client_state, 'base64').toString()).toBe('{"step":"menu","tries":2}');
	});

	it('has an empty object as client state, to clear it', async () => {
		await run('call', 'updateClientState', { client_state: '={{ {} }}' });
		expect(telnyx.requests[0].body).toBe('{"client_state":"e30="}');
	});

	it('keeps a client state that is already Base64, on one line', async () => {
		await run('call', 'updateClientState', {
			client_state: 'aGF2ZSBhIG5p\nY2UgZGF5ID1d\n',
			options: { client_state_encoded: true },
		});
		expect(telnyx.requests[0].body).toBe(`{"client_state":"${STATE}"}`);
	});

	it('percent-encodes an ID with characters that a path must not have', async () => {
		await run('input', 'sendDtmf', { call_control_id: 'a/b?c#d e%', digits: '1' });
		expect(telnyx.requests[0].url).toBe('/v2/calls/a%2Fb%3Fc%23d%20e%25/actions/send_dtmf');
	});

	it('has the settings of an engine that an expression chose', async () => {
		await run('noiseSuppression', 'startNoiseSuppression', {
			options: {
				noise_suppression_engine: '={{ "Krisp" }}',
				noise_suppression_engine_config: { suppression_level: 50 },
				command_id: 'x',
			},
		});
		expect(JSON.parse(telnyx.requests[0].body)).toEqual({
			command_id: 'x',
			noise_suppression_engine: 'Krisp',
			noise_suppression_engine_config: { suppression_level: 50 },
		});
	});

	it('has text that looks like an expression as that text: what comes from outside is not evaluated', async () => {
		const items = [{ said: '={{ 1 + 1 }}' }];
		await run('call', 'updateClientState', { client_state: '={{ $json.said }}' }, { items });
		const [{ body }] = telnyx.requests;
		const { client_state } = JSON.parse(body) as { client_state: string };
		expect(Buffer.from(client_state, 'base64').toString()).toBe('={{ 1 + 1 }}');
	});

	it('keeps a client state that is already Base64, if that is given as text', async () => {
		await run('call', 'updateClientState', {
			client_state: STATE,
			options: { client_state_encoded: '={{ "true" }}' },
		});
		expect(telnyx.requests[0].body).toBe(`{"client_state":"${STATE}"}`);
	});

	it('has a date as client state in ISO form', async () => {
		await run('call', 'updateClientState', { client_state: '={{ new Date(0) }}' });
		const { client_state } = JSON.parse(telnyx.requests[0].body) as Record<string, string>;
		expect(Buffer.from(client_state, 'base64').toString()).toContain('1970-01-01T00:00:00.000');
	});

	it.each([
		['Krisp', { suppression_level: 50 }],
		['DeepFilterNet', { mode: 'advanced' }],
		['Denoiser', undefined],
	])('has no settings of other engines than %s', async (chosen, config) => {
		for (const noise_suppression_engine of [chosen, `={{ "${chosen}" }}`]) {
			telnyx.reset();
			await run('noiseSuppression', 'startNoiseSuppression', {
				options: {
					noise_suppression_engine,
					noise_suppression_engine_config: { suppression_level: 50, mode: 'advanced' },
				},
			});
			expect(JSON.parse(telnyx.requests[0].body)).toMatchObject({
				noise_suppression_engine: chosen,
			});
			const sent = JSON.parse(telnyx.requests[0].body) as Record<string, unknown>;
			expect(sent.noise_suppression_engine_config).toEqual(config);
		}
	});

	it('takes numbers and switches from expressions that give text', async () => {
		await run('input', 'sendDtmf', {
			digits: '={{ 12 }}',
			options: { duration_millis: '={{ "250" }}', command_id: 'x' },
		});
		await run('siprec', 'startSiprec', { options: { secure: '={{ "true" }}' } });
		expect(telnyx.requests[1].body).toBe('{"secure":true}');
		expect(telnyx.requests[0].body).toBe('{"digits":"12","command_id":"x","duration_millis":250}');
	});
});

describe('the call control ID', () => {
	const parameters = {
		resource: 'input',
		operation: 'sendDtmf',
		digits: '1',
	};

	it.each([
		['an event of the trigger', { payload: { call_control_id: ID } }],
		['the answer of a Telnyx action', { result: 'ok', call_control_id: ID }],
	])('comes by itself from %s', async (_from, item) => {
		const { output } = await runAction({ credential: credential(), parameters, items: [item] });
		expect(telnyx.requests[0].url).toBe(`/v2/calls/${ID}/actions/send_dtmf`);
		expect(output[0].json.call_control_id).toBe(ID);
	});

	it('is asked for in plain words if nothing has it', async () => {
		const { error } = await runAction({ credential: credential(), parameters, items: [{ a: 1 }] });
		expect(error?.message).toContain("'Call Control ID' is empty");
		expect(error?.message).toContain('Telnyx trigger');
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe('the conference ID', () => {
	const CONFERENCE = '182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e';
	const parameters = { resource: 'conference', operation: 'mute' };

	it.each([
		['an event of a conference', { id: 'event', payload: { conference_id: CONFERENCE } }],
		['the conference that was created', { id: CONFERENCE, record_type: 'conference' }],
		['the answer of a conference command', { id: CONFERENCE, result: 'ok' }],
		['one of its participants', { id: 'participant', conference: { id: CONFERENCE } }],
		['a participant that was looked up', { id: 'participant', conference_id: CONFERENCE }],
	])('comes by itself from %s', async (_from, item) => {
		const { error } = await runAction({ credential: credential(), parameters, items: [item] });
		expect(error).toBeUndefined();
		expect(telnyx.requests[0].url).toBe(`/v2/conferences/${CONFERENCE}/actions/mute`);
	});

	it('comes by itself also where By ID has kept what the list stands for', async () => {
		const { error } = await runAction({
			credential: credential(),
			parameters: { ...parameters, id: { __rl: true, mode: 'id', value: 'previous_node' } },
			items: [{ id: CONFERENCE }],
		});
		expect(error).toBeUndefined();
		expect(telnyx.requests[0].url).toContain(CONFERENCE);
	});

	it.each([
		['an event of a call', { id: 'event', payload: { call_control_id: ID } }],
		['an event without a payload', { id: 'event', payload: null }],
		['a simplified event of a call', { event_type: 'call.answered', id: 'event' }],
		['anything else', { call_control_id: ID }],
	])('is asked for in plain words behind %s', async (_behind, item) => {
		const { error } = await runAction({ credential: credential(), parameters, items: [item] });
		expect(error?.message).toContain("'Conference ID' is empty: choose a conference");
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe.each([
	['recording', 'Recording ID', 'recordings', 'recording_id', 'call.recording.saved'],
	[
		'recordingTranscription',
		'Recording Transcription ID',
		'recording_transcriptions',
		'recording_transcription_id',
		'call.recording.transcription.saved',
	],
])('the ID of a %s', (resource, label, path, name, event_type) => {
	const parameters = { resource, operation: 'delete' };
	const of = async (item: IDataObject) =>
		await runAction({ credential: credential(), parameters, items: [item] });

	it.each([
		['an event', { event_type, id: 'event', payload: { [name]: 'own' } }],
		['a simplified event', { event_type, id: 'event', [name]: 'own' }],
		['what an earlier action put out', { id: 'own' }],
	])('comes by itself from %s', async (_from, item) => {
		const { error } = await of(item);
		expect(error).toBeUndefined();
		expect(telnyx.requests[0].url).toBe(`/v2/${path}/own`);
	});

	it('is never that of an event', async () => {
		const { error } = await of({ event_type, id: 'event' });
		expect(error?.message).toContain(`'${label}' is empty`);
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe('the command ID', () => {
	const commandIds = () =>
		telnyx.requests.map(({ body }) => (JSON.parse(body) as { command_id: string }).command_id);
	const press = async (more: Partial<RunOptions> = {}) =>
		await run('input', 'sendDtmf', { digits: '1' }, more);

	it('is a UUID of its own for every item, and is in the output', async () => {
		const { output } = await press({ items: [{}, {}, {}] });
		const ids = commandIds();
		expect(new Set(ids).size).toBe(3);
		for (const id of ids)
			expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
		expect(output.map(({ json }) => json.command_id).sort()).toEqual([...ids].sort());
	});

	it('is the same when Retry On Fail runs the node again, so Telnyx does nothing twice', async () => {
		telnyx.answer = (_request, index) => (index < 2 ? { status: 500 } : { body: { data: {} } });
		const { error } = await press({
			settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(error).toBeUndefined();
		const ids = commandIds();
		expect(ids).toHaveLength(3);
		expect(new Set(ids).size).toBe(1);
	});

	it('differs in another execution and in another node', async () => {
		await press();
		await press({ executionId: '232' });
		await press({ settings: { id: 'another node' } });
		expect(new Set(commandIds()).size).toBe(3);
	});
});

describe('many items', () => {
	it('keep their order, with 25 commands in flight at once and no more', async () => {
		const count = 100;
		const waiting: Array<() => void> = [];
		let most = 0;
		telnyx.answer = async ({ body }, index) => {
			await new Promise<void>((resolve) => {
				waiting.push(resolve);
				most = Math.max(most, waiting.length);
				const isLast = index === count - 1;
				// The newest is answered first, so that the order of the output is not an accident.
				if (waiting.length === 25) waiting.pop()?.();
				if (isLast) for (const answer of waiting.splice(0)) answer();
			});
			return { body: { data: { digits: (JSON.parse(body) as { digits: string }).digits } } };
		};
		const items = Array.from({ length: count }, (_, i) => ({ digit: String(i) }));
		const { output } = await run('input', 'sendDtmf', { digits: '={{ $json.digit }}' }, { items });
		expect(output.map(({ json }) => json.digits)).toEqual(items.map(({ digit }) => digit));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(most).toBe(25);
	});
});

describe('the output', () => {
	it('keeps all digits of a number that JavaScript cannot hold', async () => {
		const data = '{"id":"1494404757140276705","metadata":{"order":12345678901234567890},"size":1}';
		telnyx.answer = () => ({
			body: `{"data":${data}}`,
			headers: { 'content-type': 'application/json' },
		});
		const { output } = await run('conversation', 'retrieve', {
			conversation_id: 'x',
			simplify: false,
		});
		expect(output[0].json).toMatchObject({ metadata: { order: '12345678901234567890' }, size: 1 });
	});

	it.each([
		['nothing', { body: '' }],
		['no data', { body: {} }],
	])('has the IDs even if Telnyx answers with %s', async (_what, answer) => {
		telnyx.answer = () => answer;
		const { output, error } = await run('siprec', 'stopSiprec', {
			call_control_id: ` ${ID}\n`,
			options: { command_id: ' mine ' },
		});
		expect(error).toBeUndefined();
		expect(output[0].json).toEqual({ call_control_id: ID, command_id: 'mine' });
	});

	it("has Telnyx's own IDs rather than those that were sent", async () => {
		telnyx.answer = () => ({ body: { data: { call_control_id: 'v3:new' } } });
		const { output } = await run('call', 'switchSupervisorRole', { role: 'monitor' });
		expect(output[0].json).toEqual({ call_control_id: 'v3:new' });
	});
});

describe('the parameters that are read for an item', () => {
	const read = async (resource: string, operation: string, fields: Record<string, unknown>) => {
		// n8n declares it as protected.
		const context = ExecuteContext.prototype as unknown as { _getNodeParameter: () => unknown };
		const reading = jest.spyOn(context, '_getNodeParameter');
		await run(resource, operation, fields);
		const names = reading.mock.calls.map(([name]: unknown[]) => String(name).split('.')[0]);
		reading.mockRestore();
		return [...new Set(names)].sort();
	};

	it('are those of its operation only, however many operations there are', async () => {
		expect(await read('call', 'hangup', {})).toEqual([
			'already_ended_is_success',
			'call_control_id',
			'operation',
			'options',
			'request_options',
			'resource',
			'sip_options',
		]);
		expect(await read('conference', 'list', { returnAll: true })).toEqual([
			'filter',
			'limit',
			'operation',
			'options',
			'request_options',
			'resource',
			'returnAll',
			'simplify',
		]);
	});
});

describe('values that Telnyx would refuse', () => {
	it('a minimum above its maximum', async () => {
		const { error } = await run('input', 'gather', {
			options: { minimum_digits: 5, maximum_digits: 4 },
		});
		expect(error?.message).toContain("'Minimum Digits' may not be more than 'Maximum Digits'");
		expect(telnyx.requests).toHaveLength(0);
	});

	it('a body of more bytes than a SIP message holds', async () => {
		const message = (body: string) => ({ body, content_type: 'text/plain' });
		const { error } = await run('call', 'sendSipInfo', message('ü'.repeat(701)));
		expect(error?.message).toContain("'Body' may have 1400 bytes at most, but has 1402");
		expect(telnyx.requests).toHaveLength(0);
		await run('call', 'sendSipInfo', message('ü'.repeat(700)));
		expect(telnyx.requests).toHaveLength(1);
	});
});

it('a value that only Telnyx knows is sent if an expression gives it', async () => {
	await run('call', 'reject', { cause: '={{ "GONE_FISHING" }}' });
	expect(JSON.parse(telnyx.requests[0].body)).toMatchObject({ cause: 'GONE_FISHING' });
});

it('puts out no previous webhook URL, which may hold passwords, and keeps what is the user’s own', async () => {
	const own = 'https://example.com/hook?previous_url=mine';
	const set = withPrevious(
		{
			address: 'https://n8n.example/webhook/1',
			owner: { workflowId: 'workflow-1', nodeId: 'node-1' },
			isForTest: false,
		},
		{
			webhook_event_url: 'https://user:pw@pbx.example.com/?token=secret',
			webhook_api_version: '1',
		},
	);
	const data = {
		id: '1',
		webhook_event_url: set,
		webhook_event_failover_url: own,
		more: [{ set }],
	};
	telnyx.answer = () => ({ body: { data } });
	const { output } = await run('application', 'retrieve', { id: '1', simplify: false });
	expect(output[0].json).toMatchObject({
		webhook_event_url: 'https://n8n.example/webhook/1',
		webhook_event_failover_url: own,
		more: [{ set: 'https://n8n.example/webhook/1' }],
	});
});
