import axios from 'axios';

import { refusal, startHarness, type Harness } from './harness';

let harness: Harness;

beforeAll(async () => (harness = await startHarness()));
afterEach(() => harness.simulator.faults.reset());
afterAll(async () => await harness.close());

const actions = () => harness.client.calls.actions;
const voice = 'Telnyx.KokoroTTS.af';

/** Sends a request that the SDK would not send. */
const ask = async (method: string, path: string, data?: unknown, headers = {}) =>
	await axios.request({
		method,
		url: `${harness.simulator.baseUrl}${path}`,
		data,
		headers: { authorization: `Bearer ${harness.simulator.apiKey}`, ...headers },
		validateStatus: () => true,
	});

describe('Telnyx says no', () => {
	it('with its error body', async () => {
		const { data } = await ask('GET', '/calls/v3:none');
		expect(data).toEqual({
			errors: [
				{
					code: '90015',
					title: 'Invalid Call Control ID',
					detail: 'The call_control_id provided was not valid.',
					source: { pointer: '/call_control_id' },
					meta: { url: 'https://developers.telnyx.com/docs/overview/errors/90015' },
				},
			],
		});
	});

	it('to a wrong key', async () => {
		const { data, status } = await ask('GET', '/whoami', undefined, { authorization: 'Bearer no' });
		expect([status, data.errors[0].code]).toEqual([401, '10009']);
	});

	it.each([
		['GET', '/nothing', 404, '10005'],
		['GET', '/call_control_applications/1', 404, '10005'],
		['POST', '/calls/x/actions/dance', 404, '10005'],
		['POST', '/calls/x/actions/client_state_update', 405, '10030'],
		['DELETE', '/calls', 405, '10030'],
		['GET', '/siprec_connectors/none', 404, '10005'],
		['GET', '/webhook_deliveries/none', 404, '10005'],
	])('to %s %s', async (method, path, status, code) => {
		const answer = await ask(method, path, method === 'GET' ? undefined : {});
		expect([answer.status, answer.data.errors[0].code]).toEqual([status, code]);
	});

	it.each([
		['{"to":', 'application/json', 400, '10023'],
		['[]', 'application/json', 400, '10015'],
		['to=1', 'application/x-www-form-urlencoded', 415, '10029'],
	])('to the body %s as %s', async (body, type, status, code) => {
		const answer = await ask('POST', '/calls', Buffer.from(body), { 'content-type': type });
		expect([answer.status, answer.data.errors[0].code]).toEqual([status, code]);
	});

	it('to a call that it does not know', async () => {
		expect(await refusal(actions().hangup('v3:none', {}))).toMatchObject({
			status: 422,
			codes: ['90015'],
		});
	});

	it('to a call that is over', async () => {
		const id = await harness.answeredCall();
		harness.simulator.hangup(id);
		expect(await refusal(actions().speak(id, { payload: 'Hi', voice }))).toMatchObject({
			status: 422,
			codes: ['90018'],
		});
	});

	it('to a call that is not answered', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		expect((await refusal(actions().speak(id, { payload: 'Hi', voice }))).codes).toEqual(['90034']);
		expect((await refusal(actions().sendDtmf(id, { digits: '1' }))).codes).toEqual(['90034']);
	});

	it('to answering a call twice, or one that goes out', async () => {
		const id = await harness.answeredCall();
		expect((await refusal(actions().answer(id, {}))).codes).toEqual(['10015']);
		const outgoing = await harness.dialledCall();
		expect((await refusal(actions().answer(outgoing, {}))).codes).toEqual(['90102']);
	});

	it.each<{
		what: string;
		action: string;
		body: object;
		codes: string[];
		pointers: string[];
	}>([
		{
			what: 'no required field',
			action: 'speak',
			body: {},
			codes: ['10004', '10004'],
			pointers: ['/payload', '/voice'],
		},
		{
			what: 'a wrong type',
			action: 'speak',
			body: { payload: 'Hi', voice: 1 },
			codes: ['10026'],
			pointers: ['/voice'],
		},
		{
			what: 'a wrong choice',
			action: 'suppression_start',
			body: { direction: 'up' },
			codes: ['10032'],
			pointers: ['/direction'],
		},
		{
			what: 'a wrong value inside of an object',
			action: 'suppression_start',
			body: { noise_suppression_engine_config: { suppression_level: '80' } },
			codes: ['10026'],
			pointers: ['/noise_suppression_engine_config/suppression_level'],
		},
		{
			what: 'a SIP INFO message that is too long',
			action: 'send_sip_info',
			body: { content_type: 'text/plain', body: 'ä'.repeat(701) },
			codes: ['10033'],
			pointers: ['/body'],
		},
		{
			what: 'a client state that is not Base64',
			action: 'hangup',
			body: { client_state: '{"a":1}' },
			codes: ['90017'],
			pointers: ['/client_state'],
		},
		{
			what: 'a client state with a line break',
			action: 'hangup',
			body: { client_state: 'aGFs\nbG8=' },
			codes: ['90017'],
			pointers: ['/client_state'],
		},
		{
			what: 'text that is not digits',
			action: 'send_dtmf',
			body: { digits: '1x' },
			codes: ['90014'],
			pointers: ['/digits'],
		},
		{
			what: 'tones that are too long',
			action: 'send_dtmf',
			body: { digits: '1', duration_millis: 501 },
			codes: ['90027'],
			pointers: ['/duration_millis'],
		},
		{
			what: 'a session timeout that is too short',
			action: 'siprec_start',
			body: { session_timeout_secs: 89 },
			codes: ['10033'],
			pointers: ['/session_timeout_secs'],
		},
		{
			what: 'a number without its country',
			action: 'transfer',
			body: { to: '3125550100' },
			codes: ['10016'],
			pointers: ['/to'],
		},
		{
			what: 'retries that take too long',
			action: 'transfer',
			body: {
				to: '+13125550100',
				webhook_retries_policies: { 'call.hangup': { retries_ms: [60_000, 1] } },
			},
			codes: ['10033'],
			pointers: ['/webhook_retries_policies/call.hangup/retries_ms'],
		},
		{
			what: 'a text of more than 3,000 characters',
			action: 'speak',
			body: { payload: 'a'.repeat(3001), voice: 'female' },
			codes: ['90010'],
			pointers: ['/payload'],
		},
		{
			what: 'more than 100 words to expect',
			action: 'transcription_start',
			body: {
				transcription_engine: 'Deepgram',
				transcription_engine_config: {
					transcription_engine: 'deepgram/nova-2',
					transcription_model: 'deepgram/nova-2',
					hints: Array.from({ length: 101 }, (_, index) => `word ${index}`),
				},
			},
			codes: ['10033'],
			pointers: ['/transcription_engine_config/hints'],
		},
		{
			what: 'an address for an event that does not exist',
			action: 'transfer',
			body: { to: '+13125550100', webhook_urls: { 'call.dropped': ['https://example.com'] } },
			codes: ['90057'],
			pointers: ['/webhook_urls/call.dropped'],
		},
		{
			what: 'a role for a call that does not supervise',
			action: 'switch_supervisor_role',
			body: { role: 'barge' },
			codes: ['10015'],
			pointers: ['/call_control_id'],
		},
	])('to $what', async ({ action, body, codes, pointers }) => {
		const id = await harness.answeredCall();
		const { status, data } = await ask('POST', `/calls/${id}/actions/${action}`, body);
		expect(status).toBe(422);
		const errors = data.errors as Array<{ code: string; source: { pointer: string } }>;
		expect(errors.map(({ code }) => code)).toEqual(codes);
		expect(errors.map(({ source }) => source.pointer)).toEqual(pointers);
	});

	it('to a queue that the call is in already, or not at all', async () => {
		const id = await harness.answeredCall();
		expect((await refusal(actions().leaveQueue(id, {}))).codes).toEqual(['90035']);
		await actions().enqueue(id, { queue_name: 'support' });
		expect((await refusal(actions().enqueue(id, { queue_name: 'support' }))).codes).toEqual([
			'90038',
		]);
	});

	it('to stopping a fork that does not exist', async () => {
		const id = await harness.answeredCall();
		expect((await refusal(actions().stopForking(id, {}))).codes).toEqual(['90031']);
	});

	it('to dialing without an application that has a webhook URL', async () => {
		const dial = async (connection_id: string) =>
			await harness.client.calls.dial({ connection_id, from: '+13125550100', to: '+13125550177' });
		expect(await refusal(dial('1'))).toMatchObject({ status: 422, codes: ['10015'] });
		const mute = harness.simulator.createApplication({ name: 'Mute' });
		expect((await refusal(dial(mute.data.id))).pointers).toEqual(['/connection_id']);
	});

	it('to dialing with a codec that only transfer takes', async () => {
		const dial = harness.client.calls.dial({
			connection_id: harness.application,
			from: '+13125550100',
			to: '+13125550177',
			preferred_codecs: 'PCMU,AMR-WB',
		});
		expect((await refusal(dial)).pointers).toEqual(['/preferred_codecs']);
	});

	it('to bridging with a call that is unknown, over, or not answered', async () => {
		const id = await harness.answeredCall();
		const bridge = async (other: string) =>
			(await refusal(actions().bridge(id, { call_control_id_to_bridge_with: other }))).codes;
		expect(await bridge('v3:none')).toEqual(['90015']);
		expect(await bridge(id)).toEqual(['90015']);
		const { call_control_id: other } = harness.simulator.placeCall();
		expect(await bridge(other)).toEqual(['90034']);
		harness.simulator.hangup(other);
		expect(await bridge(other)).toEqual(['90018']);
	});

	it('and changes nothing', async () => {
		const id = await harness.answeredCall();
		const body = { role: 'barge', client_state: 'aGk=' };
		await ask('POST', `/calls/${id}/actions/switch_supervisor_role`, body);
		expect(harness.simulator.calls.get(id)?.client_state).toBeNull();
	});
});

describe('Telnyx accepts', () => {
	it('fields that it does not know, which tests can see', async () => {
		const id = await harness.answeredCall();
		const { status } = await ask('POST', `/calls/${id}/actions/send_dtmf`, {
			digits: '1',
			colour: 'red',
		});
		expect(status).toBe(200);
		expect(harness.simulator.requests.at(-1)).toMatchObject({
			method: 'POST',
			body: { digits: '1', colour: 'red' },
			status: 200,
			answer: { data: { result: 'ok' } },
			unknownFields: ['/colour'],
		});
	});

	it('actions that the simulator does not play, which the timeline says', async () => {
		const id = await harness.answeredCall();
		await actions().sendSipInfo(id, { body: '{}', content_type: 'application/json' });
		expect(harness.simulator.requests.at(-1)).toMatchObject({ status: 200, isNotSimulated: true });
		expect(harness.simulator.rows.at(-1)?.facts).toContain(
			'accepted, but the simulator does nothing',
		);
	});
});
