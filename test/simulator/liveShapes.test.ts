import { expectDeclared, refusal, startHarness, type Harness } from './harness';
import type { Json } from './types';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());
afterEach(() => expectDeclared(harness.received()));

const actions = () => harness.client.calls.actions;
const voice = 'Telnyx.KokoroTTS.af';
const dial = async (body = {}) => await harness.dial(body);
const last = (type: string) =>
	harness
		.received()
		.filter((event) => event.type === type)
		.at(-1)?.payload;

/** Sends a request that the SDK would not send. */
async function post(path: string, body: object) {
	const { apiKey, baseUrl } = harness.simulator;
	const response = await fetch(`${baseUrl}${path}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return { status: response.status, body: (await response.json()) as Json };
}

it('voices are listed by id', async () => {
	const { apiKey, baseUrl } = harness.simulator;
	const response = await fetch(`${baseUrl}/text-to-speech/voices`, {
		headers: { authorization: `Bearer ${apiKey}` },
	});
	const { voices } = (await response.json()) as { voices: object[] };
	expect(voices[0]).toMatchObject({ id: 'Telnyx.KokoroTTS.af' });
	expect(voices[0]).not.toHaveProperty('voice_id');
});

describe('a call that the account may not place', () => {
	it.each([
		['D13', 'dial', async () => await dial()],
		[
			'D51',
			'transfer',
			async () => await actions().transfer(await harness.answeredCall(), { to: '+13125550199' }),
		],
	] as const)('is refused with 403, 10010 and %s by %s', async (code, _what, run) => {
		harness.simulator.faults.refuseCalls(code);
		const error = await Promise.resolve(run()).then(
			() => undefined,
			(reason: { status: number; error: object }) => reason,
		);
		expect(error).toMatchObject({
			status: 403,
			error: {
				errors: [{ code: '10010', detail: expect.stringMatching(new RegExp(` ${code}$`)) }],
				telnyx_error: { error_code: code },
			},
		});
		harness.simulator.faults.reset();
		await expect(dial()).resolves.toBeDefined();
	});

	it('has no outbound voice profile', async () => {
		const { data } = await harness.client.callControlApplications.create({
			application_name: 'Bare',
			webhook_event_url: new URL('/hook', harness.receiver.baseUrl).href,
		});
		const { status, body } = await post('/calls', {
			connection_id: data?.id,
			from: '+13125550100',
			to: '+13125550177',
		});
		expect([status, body.telnyx_error]).toEqual([403, { error_code: 'D38' }]);
	});
});

describe('machine detection', () => {
	it.each([
		['detect_beep', 'call.machine.greeting.ended'],
		['greeting_end', 'call.machine.greeting.ended'],
		['premium', 'call.machine.premium.greeting.ended'],
	] as const)('with %s reports only the end of a greeting that beeps early', async (mode, type) => {
		const id = await dial({ answering_machine_detection: mode });
		harness.simulator.answer(id, { as: 'machine', beepsEarly: true });
		await harness.pass(10_000);
		const detected = harness.received().filter((event) => event.type.includes('machine'));
		expect(detected.map((event) => [event.type, event.payload.result])).toEqual([
			[type, 'beep_detected'],
		]);
	});

	it('with detect reports the result even if it beeped early', async () => {
		const id = await dial({ answering_machine_detection: 'detect' });
		harness.simulator.answer(id, { as: 'machine', beepsEarly: true });
		await harness.pass(10_000);
		expect(last('call.machine.detection.ended')).toMatchObject({ result: 'machine' });
	});

	it('accepts the mode for call screening', async () => {
		const id = await dial({ answering_machine_detection: 'premium_ios_call_screening_detection' });
		harness.simulator.answer(id, { as: 'machine' });
		await harness.pass(10_000);
		expect(last('call.machine.premium.detection.ended')).toMatchObject({ result: 'machine' });
		expect(harness.simulator.requests.at(-1)?.unknownFields).toEqual([]);
	});
});

describe('an announcement', () => {
	const interruptions: Array<[string, string, (id: string) => Promise<unknown>]> = [
		[
			'cancelled',
			'by the next one',
			async (id) => await actions().speak(id, { payload: 'Now', voice, stop: 'all' }),
		],
		[
			'cancelled',
			'by a file',
			async (id) => await actions().startPlayback(id, { media_name: 'a', stop: 'current' }),
		],
		['cancelled', 'by playback_stop', async (id) => await actions().stopPlayback(id, {})],
		['call_hangup', 'by the caller', async (id) => harness.simulator.hangup(id)],
		['call_hangup', 'by hangup', async (id) => await actions().hangup(id, {})],
	];

	it.each(interruptions)('ends with %s %s', async (status, _by, interrupt) => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'x'.repeat(100), voice });
		await harness.pass(100);
		await interrupt(id);
		await harness.news();
		expect(last('call.speak.ended')).toMatchObject({ status });
	});

	it.each(interruptions)('as a file ends with %s %s', async (status, _by, interrupt) => {
		const id = await harness.answeredCall();
		await actions().startPlayback(id, { audio_url: 'https://example.com/a.mp3' });
		await harness.pass(100);
		await interrupt(id);
		await harness.news();
		expect(last('call.playback.ended')).toMatchObject({ status });
	});

	it('ends with cancelled when a key answers the question that is queued behind it', async () => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'x'.repeat(100), voice });
		await actions().gatherUsingSpeak(id, { payload: 'Press one', voice, maximum_digits: 1 });
		harness.simulator.press(id, '1');
		await harness.news();
		expect(last('call.speak.ended')).toMatchObject({ status: 'cancelled' });
		expect(last('call.gather.ended')).toMatchObject({ status: 'valid', digits: '1' });
	});

	it('has the ID that ties its two events together', async () => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'One', voice });
		await harness.pass(10_000);
		await actions().speak(id, { payload: 'Two', voice });
		await harness.pass(10_000);
		const ids = harness
			.received()
			.filter(({ type }) => type.startsWith('call.speak'))
			.map(({ payload }) => payload.speak_id);
		expect(ids[0]).toEqual(expect.any(String));
		expect([ids[1], ids[3]]).toEqual([ids[0], ids[2]]);
		expect(ids[2]).not.toBe(ids[0]);
	});
});

describe('gather', () => {
	it.each([
		['gather_stop', async (id: string) => await actions().stopGather(id, {})],
		['another gather', async (id: string) => await actions().gather(id, {})],
		[
			'a gather with a question',
			async (id: string) => await actions().gatherUsingSpeak(id, { payload: 'One?', voice }),
		],
	])('is cancelled by %s', async (_by, interrupt) => {
		const id = await harness.answeredCall();
		await actions().gather(id, {});
		await interrupt(id);
		await harness.news();
		expect(last('call.gather.ended')).toMatchObject({ status: 'cancelled' });
	});
});

describe('bridge', () => {
	it('connects the call that has waited longest in a queue, without naming one', async () => {
		const caller = await harness.answeredCall();
		await actions().enqueue(caller, { queue_name: 'support' });
		const agent = await harness.dialledCall();
		const { status } = await post(`/calls/${agent}/actions/bridge`, { queue: 'support' });
		await harness.pass(1000);
		expect(status).toBe(200);
		expect(harness.simulator.calls.get(agent)?.peer?.call_control_id).toBe(caller);
	});

	it('accepts a queue or a call, not both', async () => {
		const agent = await harness.dialledCall();
		const { body } = await post(`/calls/${agent}/actions/bridge`, {
			queue: 'support',
			call_control_id: agent,
		});
		expect(body.errors).toMatchObject([{ code: '10015', source: { pointer: '/queue' } }]);
	});

	it('needs either', async () => {
		const agent = await harness.dialledCall();
		const { body } = await post(`/calls/${agent}/actions/bridge`, {});
		expect(body.errors).toMatchObject([{ code: '10004' }]);
	});
});

describe('payloads have the fields that Telnyx sends beyond its schema', () => {
	it('when a call begins and ends', async () => {
		const { call_control_id: id } = harness.simulator.placeCall({ from: '+13125550188' });
		harness.simulator.hangup(id);
		await harness.news();
		const shared = {
			calling_party_type: 'pstn',
			from_sip_uri: expect.stringMatching(/^\+13125550188@/),
			to_sip_uri: expect.stringMatching(/^\+13125550100@/),
		};
		expect(last('call.initiated')).toMatchObject(shared);
		expect(last('call.hangup')).toMatchObject({ ...shared, end_time: expect.any(String) });
	});

	it('when a recording was saved', async () => {
		const id = await harness.answeredCall();
		await actions().startRecording(id, { channels: 'single', format: 'wav' });
		await harness.pass(3000);
		await actions().stopRecording(id, {});
		await harness.pass(2000);
		const saved = last('call.recording.saved');
		expect(saved).toMatchObject({
			recording_id: expect.any(String),
			format: 'wav',
			calling_party_type: 'pstn',
			duration_millis: 3000,
			start_time: expect.any(String),
			end_time: expect.any(String),
		});
		expect(saved).not.toHaveProperty('call_control_id');
	});

	it('when an assistant begins', async () => {
		const id = await harness.answeredCall();
		const { data } = await actions().startAIAssistant(id, { assistant: { id: 'assistant-1' } });
		expect(await harness.news()).toEqual(['call.conversation.created']);
		expect(last('call.conversation.created')).toMatchObject({
			conversation_id: data?.conversation_id,
			calling_party_type: 'pstn',
			to: '+13125550100',
		});
	});
});

it.each([
	['NOT_FOUND', 'not_found', '404'],
	['TEMPORARILY_UNAVAILABLE', 'no_answer', '480'],
])('a call is rejected with %s', async (cause, hangup_cause, sip_hangup_cause) => {
	const { call_control_id: id } = harness.simulator.placeCall();
	const { status } = await post(`/calls/${id}/actions/reject`, { cause });
	await harness.news();
	expect(status).toBe(200);
	expect(last('call.hangup')).toMatchObject({ hangup_cause, sip_hangup_cause });
});

describe('client_state', () => {
	it('is in every event of its leg, replaced by any command', async () => {
		const id = await harness.answeredCall();
		const [one, two, three] = ['MQ==', 'Mg==', 'Mw=='];
		await actions().startRecording(id, { channels: 'single', format: 'mp3', client_state: one });
		await actions().speak(id, { payload: 'Hello', voice, client_state: two });
		harness.simulator.press(id, '5');
		await harness.pass(5000);
		await actions().stopPlayback(id, { client_state: three });
		harness.simulator.hangup(id);
		await harness.pass(5000);
		const states = harness
			.received()
			.slice(2)
			.map(({ payload, type }) => [type, payload.client_state]);
		expect(states).toEqual([
			['call.speak.started', two],
			['call.dtmf.received', two],
			['call.speak.ended', two],
			['call.hangup', three],
			['call.recording.saved', three],
		]);
	});

	it('of a transfer is that of each leg', async () => {
		const id = await harness.answeredCall();
		await actions().transfer(id, {
			to: '+13125550199',
			client_state: 'MQ==',
			target_leg_client_state: 'Mg==',
		});
		const [target] = [...harness.simulator.calls.keys()].filter((one) => one !== id);
		harness.simulator.answer(target);
		harness.simulator.hangup(id);
		await harness.news();
		const states = harness
			.received()
			.slice(2)
			.map(({ payload, type }) => [payload.call_control_id === id, type, payload.client_state]);
		expect(states).toEqual([
			[false, 'call.initiated', 'Mg=='],
			[false, 'call.answered', 'Mg=='],
			[true, 'call.bridged', 'MQ=='],
			[false, 'call.bridged', 'Mg=='],
			[true, 'call.hangup', 'MQ=='],
			[false, 'call.hangup', 'Mg=='],
		]);
	});

	it('of a conference command is in the events that it causes', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.answeredCall()];
		const { data } = await harness.client.conferences.create({
			call_control_id: one,
			name: 'Room',
			client_state: 'MQ==',
		});
		await harness.client.conferences.actions.join(String(data?.id), {
			call_control_id: two,
			client_state: 'Mg==',
		});
		await harness.news();
		const states = harness
			.received()
			.slice(4)
			.map(({ payload, type }) => [type, payload.client_state]);
		expect(states).toEqual([
			['conference.created', 'MQ=='],
			['conference.participant.joined', 'MQ=='],
			['conference.participant.joined', 'Mg=='],
		]);
	});

	it('stays as it was when a command is refused', async () => {
		const id = await harness.answeredCall();
		const { codes } = await refusal(actions().stopForking(id, { client_state: 'MQ==' }));
		expect(codes).toEqual(['90031']);
		expect(harness.simulator.calls.get(id)?.client_state).toBeNull();
	});
});
