import { commands } from './commands';
import { EVERYTHING_ENDS_MS, expectDeclared, startHarness, type Harness } from './harness';
import { loadValidator } from './validator';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

const actions = () => harness.client.calls.actions;
const voice = 'Telnyx.KokoroTTS.af';

afterEach(() => expectDeclared(harness.received()));

type Actions = Harness['client']['calls']['actions'];

describe('on an answered call', () => {
	it.each<{
		what: string;
		run: (id: string, on: Actions) => Promise<unknown>;
		events: string[];
		afterHangup?: string[];
	}>([
		{
			what: 'speak',
			run: async (id, on) => await on.speak(id, { payload: '<speak>Hi</speak>', voice }),
			events: ['call.speak.started', 'call.speak.ended'],
		},
		{
			what: 'playback_start',
			run: async (id, on) => await on.startPlayback(id, { audio_url: 'https://example.com/a.mp3' }),
			events: ['call.playback.started', 'call.playback.ended'],
		},
		{
			what: 'playback_start of a file that is not there',
			run: async (id, on) => await on.startPlayback(id, { media_name: 'failing' }),
			events: ['call.playback.ended'],
		},
		{
			what: 'record_start with a limit',
			run: async (id, on) =>
				await on.startRecording(id, {
					channels: 'dual',
					format: 'wav',
					max_length: 5,
					transcription: true,
				}),
			events: ['call.recording.saved', 'call.recording.transcription.saved'],
		},
		{
			what: 'siprec_start',
			run: async (id, on) => await on.startSiprec(id, { connector_name: 'recorder' }),
			events: ['siprec.started'],
			afterHangup: ['siprec.stopped'],
		},
		{
			what: 'siprec_start with a connector that fails',
			run: async (id, on) => await on.startSiprec(id, { connector_name: 'will-fail' }),
			events: ['siprec.failed'],
		},
		{
			what: 'siprec_start with a connector that is not there',
			run: async (id, on) => await on.startSiprec(id, { connector_name: 'nobody' }),
			events: ['siprec.failed'],
		},
		{
			what: 'streaming_start',
			run: async (id, on) => await on.startStreaming(id, { stream_url: 'wss://example.com' }),
			events: ['streaming.started'],
			afterHangup: ['streaming.stopped'],
		},
		{
			what: 'streaming_start to where nobody listens',
			run: async (id, on) => await on.startStreaming(id, { stream_url: 'wss://fail.example.com' }),
			events: ['streaming.failed'],
		},
		{
			what: 'fork_start',
			run: async (id, on) => await on.startForking(id, {}),
			events: ['call.fork.started'],
			afterHangup: ['call.fork.stopped'],
		},
		{
			what: 'suppression_start',
			run: async (id, on) => await on.startNoiseSuppression(id, { direction: 'both' }),
			events: [],
		},
		{
			what: 'send_dtmf',
			run: async (id, on) => await on.sendDtmf(id, { digits: '1w2' }),
			events: [],
		},
		{
			what: 'gather without input',
			run: async (id, on) => await on.gather(id, { timeout_millis: 1000 }),
			events: ['call.gather.ended'],
		},
		{
			what: 'gather_using_audio without input',
			run: async (id, on) =>
				await on.gatherUsingAudio(id, { media_name: 'menu', maximum_tries: 1 }),
			events: ['call.playback.started', 'call.playback.ended', 'call.gather.ended'],
		},
		{
			what: 'enqueue',
			run: async (id, on) => await on.enqueue(id, { queue_name: 'support', max_wait_time_secs: 9 }),
			events: ['call.enqueued', 'call.dequeued'],
		},
		{
			what: 'ai_assistant_start',
			run: async (id, on) => await on.startAIAssistant(id, { assistant: { id: 'assistant-1' } }),
			events: ['call.conversation.created'],
			afterHangup: ['call.conversation.ended', 'call.conversation_insights.generated'],
		},
		{
			what: 'refer that fails',
			run: async (id, on) => await on.refer(id, { sip_address: 'sip:fail@example.com' }),
			events: ['call.refer.started', 'call.refer.failed'],
		},
		{
			what: 'a command that the simulator does not play',
			run: async (id, on) =>
				await on.sendSipInfo(id, { body: '{}', content_type: 'application/json' }),
			events: [],
		},
	])('$what causes $events', async ({ run, events, afterHangup = [] }) => {
		const id = await harness.answeredCall();
		await run(id, actions());
		await harness.pass(70_000);
		expect(await harness.news()).toEqual(events);
		harness.simulator.hangup(id);
		await harness.pass(EVERYTHING_ENDS_MS);
		expect(await harness.news()).toEqual(['call.hangup', ...afterHangup]);
		expect(harness.simulator.requests.flatMap(({ unknownFields }) => unknownFields)).toEqual([]);
	});

	it('refer moves the caller away', async () => {
		const id = await harness.answeredCall();
		await actions().refer(id, { sip_address: 'sip:somebody@example.com' });
		await harness.pass(5000);
		expect(await harness.news()).toEqual([
			'call.refer.started',
			'call.refer.completed',
			'call.hangup',
		]);
	});

	it.each<[start: string, stop: (id: string, on: Actions) => Promise<unknown>, event: string]>([
		['siprec', async (id, on) => await on.stopSiprec(id, {}), 'siprec.stopped'],
		['streaming', async (id, on) => await on.stopStreaming(id, {}), 'streaming.stopped'],
		['recording', async (id, on) => await on.stopRecording(id, {}), 'call.recording.saved'],
		['speech', async (id, on) => await on.stopPlayback(id, {}), 'call.speak.ended'],
		['gathering', async (id, on) => await on.stopGather(id, {}), 'call.gather.ended'],
		['queueing', async (id, on) => await on.leaveQueue(id, {}), 'call.dequeued'],
		['an assistant', async (id, on) => await on.stopAIAssistant(id, {}), 'call.conversation.ended'],
	])('%s is stopped', async (name, stop, event) => {
		const id = await harness.answeredCall();
		const on = actions();
		const starts: Record<string, () => Promise<unknown>> = {
			siprec: async () => await on.startSiprec(id, {}),
			streaming: async () => await on.startStreaming(id, { stream_url: 'wss://example.com' }),
			recording: async () => await on.startRecording(id, { channels: 'single', format: 'mp3' }),
			speech: async () => await on.speak(id, { payload: 'Hi', voice, loop: 'infinity' }),
			gathering: async () => await on.gather(id, {}),
			queueing: async () => await on.enqueue(id, { queue_name: 'support' }),
			'an assistant': async () => await on.startAIAssistant(id, {}),
		};
		await starts[name]();
		await harness.pass(1000);
		await harness.news();
		await stop(id, on);
		await harness.pass(1200);
		expect(await harness.news()).toContain(event);
		await stop(id, on).catch(() => {});
		await harness.pass(1200);
		expect(await harness.news()).not.toContain(event);
	});

	it('a person who speaks is transcribed', async () => {
		const id = await harness.answeredCall();
		harness.simulator.say(id, 'unheard');
		await actions().startTranscription(id, {});
		harness.simulator.say(id, 'Good morning');
		await actions().stopTranscription(id, {});
		harness.simulator.say(id, 'unheard');
		expect(await harness.news()).toEqual(['call.transcription']);
		expect(harness.received().at(-1)?.payload.transcription_data).toMatchObject({
			transcript: 'Good morning',
			is_final: true,
		});
	});

	it('words that are still being spoken are reported only if interim results are on', async () => {
		const id = await harness.answeredCall();
		const results = async () => {
			harness.simulator.say(id, 'Good', { final: false });
			harness.simulator.say(id, 'Good morning');
			await harness.news();
			return harness
				.received()
				.filter(({ type }) => type === 'call.transcription')
				.map(({ payload: { transcription_data: data } }) => [data.transcript, data.is_final]);
		};
		await actions().startTranscription(id, {});
		expect(await results()).toEqual([['Good morning', true]]);
		await actions().stopTranscription(id, {});
		await actions().startTranscription(id, {
			transcription_engine: 'Google',
			transcription_engine_config: { transcription_engine: 'Google', interim_results: true },
		});
		expect(await results()).toEqual([
			['Good morning', true],
			['Good', false],
			['Good morning', true],
		]);
	});

	it('the other party is transcribed on the outbound track', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.dialledCall()];
		await actions().bridge(one, { call_control_id_to_bridge_with: two });
		await actions().startTranscription(one, { transcription_tracks: 'outbound' });
		await harness.pass(1000);
		harness.simulator.say(one, 'unheard');
		harness.simulator.say(two, 'Speaking');
		await harness.news();
		const { call_control_id, transcription_data } = harness.received().at(-1)?.payload ?? {};
		expect([call_control_id, transcription_data]).toMatchObject([
			one,
			{ transcript: 'Speaking', transcription_track: 'outbound' },
		]);
	});

	it('one transcription runs at a time, and none beside a recording that waits for silence', async () => {
		const id = await harness.answeredCall();
		const recording = { channels: 'single', format: 'mp3', timeout_secs: 3 } as const;
		await actions().startTranscription(id, {});
		await expect(actions().startTranscription(id, {})).rejects.toThrow('90054');
		await expect(actions().startRecording(id, recording)).rejects.toThrow('90053');
		await actions().stopTranscription(id, {});
		await actions().startRecording(id, recording);
		await actions().startTranscription(id, {});
		await expect(actions().stopTranscription(id, {})).rejects.toThrow('90055');
	});

	it('a recording ends after silence, which counts once somebody has spoken', async () => {
		const id = await harness.answeredCall();
		await actions().startRecording(id, {
			channels: 'single',
			format: 'mp3',
			play_beep: true,
			timeout_secs: 3,
		});
		expect(harness.simulator.calls.get(id)?.heard).toMatchObject([{ text: 'Beep' }]);
		await harness.pass(60_000);
		harness.simulator.say(id, 'Please call me');
		await harness.pass(2999);
		harness.simulator.say(id, 'back');
		await harness.pass(2999);
		expect(await harness.news()).toEqual([]);
		await harness.pass(1201);
		expect(await harness.news()).toEqual(['call.recording.saved']);
	});

	it('an announcement that is cut off says how much of it was heard', async () => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'x'.repeat(100), voice, loop: 2 });
		await harness.pass(1200);
		harness.simulator.hangup(id);
		await harness.news();
		expect(harness.received().at(-2)?.payload.status).toBe('call_hangup');
		expect(harness.simulator.calls.get(id)?.heard).toMatchObject([
			{ cutOffAfterMs: 1200, playing: false, remark: '2 times' },
		]);
	});

	it('announcements are played one after the other', async () => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'One', voice });
		await actions().speak(id, { payload: 'Two', voice });
		expect(await harness.news()).toEqual(['call.speak.started']);
		await actions().speak(id, { payload: 'Now', voice, stop: 'all' });
		expect(await harness.news()).toEqual(['call.speak.ended', 'call.speak.started']);
		const heard = harness.simulator.calls
			.get(id)
			?.heard.map(({ playing, text }) => [text, playing]);
		expect(heard).toEqual([
			['One', false],
			['Now', true],
		]);
	});

	it('a call is answered with everything at once', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await actions().answer(id, {
			record: 'record-from-answer',
			stream_url: 'wss://example.com',
			transcription: true,
			deepfake_detection: { enabled: true },
		});
		await harness.pass(5000);
		harness.simulator.say(id, 'Hello');
		harness.simulator.hangup(id);
		await harness.pass(5000);
		expect(await harness.news()).toEqual([
			'call.initiated',
			'call.answered',
			'streaming.started',
			'call.deepfake_detection.result',
			'call.transcription',
			'call.hangup',
			'streaming.stopped',
			'call.recording.saved',
		]);
	});

	it('a recording can be fetched', async () => {
		const id = await harness.answeredCall();
		await actions().startRecording(id, { channels: 'single', format: 'wav' });
		await actions().stopRecording(id, {});
		await harness.pass(2000);
		const { recording_urls } = harness.received().at(-1)?.payload ?? {};
		const response = await fetch(recording_urls.wav);
		expect(response.headers.get('content-type')).toBe('audio/wav');
		expect(
			Buffer.from(await response.arrayBuffer())
				.subarray(0, 4)
				.toString(),
		).toBe('RIFF');
	});

	it('costs are reported if the application wants that', async () => {
		const app = harness.simulator.applications.get(harness.application);
		Object.assign(app?.data ?? {}, { call_cost_in_webhooks: true });
		const id = await harness.answeredCall();
		harness.simulator.hangup(id);
		expect(await harness.news()).toEqual(['call.hangup', 'call.cost']);
	});
});

describe('digits', () => {
	const outcome = () => {
		const { digits, status } = harness.received().at(-1)?.payload ?? {};
		return [digits, status];
	};

	it.each([
		['the last one', {}, '12#', ['12', 'valid']],
		['as many as wanted', { maximum_digits: 2 }, '123', ['12', 'valid']],
		['too few', { minimum_digits: 3 }, '1#', ['1', 'invalid']],
		['one that is not allowed', { valid_digits: '12' }, '9', ['', 'invalid']],
	])('gather ends with %s', async (_what, options, pressed, expected) => {
		const id = await harness.answeredCall();
		await actions().gather(id, options);
		for (const digit of pressed) harness.simulator.press(id, digit);
		await harness.news();
		const ended = harness.received().filter(({ type }) => type === 'call.gather.ended');
		expect(ended.map(({ payload }) => [payload.digits, payload.status])).toEqual([expected]);
	});

	it('gather ends when no further one comes', async () => {
		const id = await harness.answeredCall();
		await actions().gather(id, { inter_digit_timeout_millis: 500 });
		harness.simulator.press(id, '7');
		await harness.pass(500);
		expect(outcome()).toEqual(['7', 'valid']);
	});

	it('gather ends with the call', async () => {
		const id = await harness.answeredCall();
		await actions().gather(id, {});
		harness.simulator.hangup(id);
		expect(await harness.news()).toEqual(['call.gather.ended', 'call.hangup']);
	});

	it('gather_using_speak asks again, in other words', async () => {
		const id = await harness.answeredCall();
		await actions().gatherUsingSpeak(id, {
			payload: 'Press one',
			invalid_payload: 'Only one',
			voice,
			maximum_digits: 1,
			maximum_tries: 2,
			valid_digits: '1',
		});
		harness.simulator.press(id, '5');
		harness.simulator.press(id, '1');
		await harness.news();
		expect(outcome()).toEqual(['1', 'valid']);
		const heard = harness.simulator.calls.get(id)?.heard.map(({ remark, text }) => [text, remark]);
		expect(heard).toEqual([
			['Press one', null],
			['Only one', 'Asked again, try 2 of 2'],
		]);
	});

	it('gather_using_speak waits after the question, not during it', async () => {
		const id = await harness.answeredCall();
		await actions().gatherUsingSpeak(id, {
			payload: 'x'.repeat(100),
			voice,
			maximum_tries: 1,
			timeout_millis: 1000,
		});
		await harness.pass(6400);
		expect(await harness.news()).toEqual([]);
		await harness.pass(100);
		expect(outcome()).toEqual(['', 'timeout']);
	});
});

it('the table of commands names actions that Telnyx has', () => {
	const known = loadValidator().requests.map((request) => request.split('/actions/')[1]);
	expect(Object.keys(commands).filter((name) => !known.includes(name))).toEqual([]);
});
