/** What is sent for the values of a form, and what is said about wrong ones. Single fields: operations.test.ts. */
import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

const telnyx = useRecorder();

const CALL = { call_control_id: 'v3:abc' };

const sent = () => JSON.parse(telnyx.requests[0].body) as Record<string, unknown>;

describe("nested values as n8n's editor stores them, without what equals a default", () => {
	interface Stored {
		what: string;
		parameters: object;
		sends: object;
	}

	const run = async (parameters: object) => await runActionAt(telnyx, { ...CALL, ...parameters });

	it.each<Stored>([
		{
			what: 'settings of a voice, none of which was added',
			parameters: {
				resource: 'audio',
				payload: 'Hello',
				voice: { __rl: true, mode: 'list', value: 'Telnyx.KokoroTTS.af', cachedResultName: 'af' },
				options: { voice_settings: { minimax: { options: {} } } },
				request_options: {},
			},
			sends: {
				payload: 'Hello',
				voice: 'Telnyx.KokoroTTS.af',
				voice_settings: { type: 'minimax' },
			},
		},
		{
			what: 'a row of a map',
			parameters: {
				resource: 'call',
				operation: 'transfer',
				to: '+13125550123',
				from: { __rl: true, mode: 'list', value: '' },
				more_options: {
					sip_options: { custom_headers: { items: [{ name: 'X-Department', value: 'sales' }] } },
					webhook_options: {},
				},
			},
			sends: {
				to: '+13125550123',
				custom_headers: [{ name: 'X-Department', value: 'sales' }],
			},
		},
		{
			what: 'a row whose shape is the first one',
			parameters: {
				resource: 'aiAssistant',
				assistant: {
					id: { __rl: true, mode: 'id', value: 'assistant-1' },
					tools: {
						items: [
							{
								webhook: {
									description: 'Looks up the weather',
									name: 'get_weather',
									url: 'https://example.com/weather',
								},
								options: {},
							},
						],
					},
				},
				options: {},
			},
			sends: {
				assistant: {
					id: 'assistant-1',
					tools: [
						{
							type: 'webhook',
							webhook: {
								description: 'Looks up the weather',
								name: 'get_weather',
								url: 'https://example.com/weather',
							},
						},
					],
				},
			},
		},
		{
			what: 'no part of a group that is always shown and was left as it is',
			parameters: { resource: 'aiAssistant', options: {} },
			sends: {},
		},
		{
			what: 'a group that starts with what it needs',
			parameters: {
				resource: 'call',
				operation: 'answer',
				options: { deepfake_detection: { enabled: true } },
			},
			sends: { deepfake_detection: { enabled: true } },
		},
	])('sends $what as intended', async ({ parameters, sends }) => {
		const { error } = await run(parameters);
		expect(error?.message).toBeUndefined();
		expect(sent()).toEqual({ ...sends, command_id: expect.any(String) });
	});

	it('a filter that was opened and left empty narrows nothing down', async () => {
		telnyx.answer = () => ({ body: { data: [] } });
		await run({ resource: 'recording', operation: 'list', filter: { created_at: { gte: '' } } });
		expect(decodeURIComponent(telnyx.requests[0].url)).not.toContain('filter');
	});

	it('a filter inside of a filter is sent', async () => {
		telnyx.answer = () => ({ body: { data: [] } });
		await run({
			resource: 'recording',
			operation: 'list',
			filter: { created_at: { gte: '2026-01-31T12:00:00Z' } },
		});
		expect(decodeURIComponent(telnyx.requests[0].url)).toContain(
			'filter[created_at][gte]=2026-01-31T12:00:00.000Z',
		);
	});

	it('a group that is only partly set: the missing field is named', async () => {
		const { error } = await run({
			resource: 'aiAssistant',
			assistant: { id: { __rl: true, mode: 'list', value: '' }, instructions: 'Be brief' },
		});
		expect(error?.message).toContain("'AI Assistant > Assistant' is empty");
	});

	it('settings of an engine that is not selected are named, and nothing is sent', async () => {
		const { error } = await run({
			resource: 'transcription',
			options: { transcription_engine_config: { 'deepgram/nova-3': { options: {} } } },
		});
		expect(error?.message).toContain("'Engine Settings' is meant for Deepgram Nova 3");
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe('fields that depend on each other, or mean something by being empty', () => {
	async function run(parameters: Record<string, unknown>) {
		const { error } = await runActionAt(telnyx, { ...CALL, ...parameters });
		return { error, sent: telnyx.requests.map(({ body }) => JSON.parse(body) as object)[0] };
	}

	const play = { resource: 'audio', operation: 'startPlayback' };
	const gather = { resource: 'input', operation: 'gather' };
	const media = (value: string) => ({ __rl: true, mode: 'id', value });
	const transcribe = (transcription_engine: string | undefined, settings: object) => ({
		resource: 'transcription',
		operation: 'startTranscription',
		options: { transcription_engine, transcription_engine_config: settings },
	});

	it('refuses an audio file that is given both ways, before anything is sent', async () => {
		const { error, sent } = await run({
			...play,
			audio_url: 'https://example.com/hello.mp3',
			media_name: media('hello'),
		});
		expect(error?.message).toContain("'Media Name' cannot be set together with 'Audio URL'");
		expect(sent).toBeUndefined();
	});

	it.each([
		[{ queue: media('support'), video_room_id: 'room' }, "'Video Room ID' cannot .* 'Queue'"],
		[
			{ call_control_id_to_bridge_with: media('v3:b'), queue: media('support') },
			"'Queue' cannot .* 'Call Control ID to Bridge With'",
		],
		[
			{ call_control_id_to_bridge_with: media('v3:b'), video_room_id: 'room' },
			"'Video Room ID' cannot .* 'Call Control ID to Bridge With'",
		],
	])('refuses a bridge with more than one other side: %j', async (others, message) => {
		const { call_control_id_to_bridge_with, ...options } = others as Record<string, unknown>;
		const { error, sent } = await run({
			resource: 'call',
			operation: 'bridge',
			call_control_id_to_bridge_with,
			options,
		});
		expect(error?.message).toMatch(new RegExp(message));
		expect(sent).toBeUndefined();
	});

	it.each([
		[
			{ audio_url: 'https://example.com/hello.mp3' },
			{ audio_url: 'https://example.com/hello.mp3' },
		],
		[{ media_name: media('hello'), audio_url: '' }, { media_name: 'hello' }],
	])('plays an audio file that is given as %j', async (fields, body) => {
		expect((await run({ ...play, ...fields })).sent).toMatchObject(body);
	});

	it.each([
		['0', false],
		['1', true],
		['100', true],
		['101', false],
		['infinity', true],
	])('plays a file %s times: %s', async (loop, isSent) => {
		const { sent } = await run({ ...play, media_name: media('hello'), options: { loop } });
		expect(sent !== undefined).toBe(isSent);
	});

	it.each([
		['Google', "'Engine Settings' is meant for Deepgram Nova 3: choose Deepgram"],
		[undefined, "'Engine Settings' is meant for Deepgram Nova 3: choose Deepgram"],
	])('refuses settings of Deepgram with the engine %s', async (engine, message) => {
		const { error } = await run(
			transcribe(engine, { 'deepgram/nova-3': { transcription_model: 'deepgram/nova-3' } }),
		);
		expect(error?.message).toContain(message);
	});

	it('refuses Azure without its settings, since it needs a region, and names the field', async () => {
		for (const settings of [{}, { Azure: { region: '={{ "" }}' } }]) {
			const { error } = await run(transcribe('Azure', settings));
			expect(error?.message).toMatch(
				/'Engine Settings'|'Engine Settings > Azure > Region' is empty/,
			);
		}
		expect(telnyx.requests).toEqual([]);
	});

	it('sends Deepgram without settings, which then takes its newest model', async () => {
		const { sent } = await run(transcribe('Deepgram', {}));
		expect(sent).toMatchObject({ transcription_engine: 'Deepgram' });
	});

	it('sends the engine and its settings', async () => {
		const { sent } = await run(
			transcribe('Deepgram', {
				'deepgram/nova-3': {
					transcription_model: 'deepgram/nova-3',
					options: {
						keyterms: 'Telnyx, SIPREC',
						keywords_boosting: { items: [{ name: 'Miller', value: -2.5 }] },
					},
				},
			}),
		);
		expect(sent).toMatchObject({
			transcription_engine: 'Deepgram',
			transcription_engine_config: {
				transcription_engine: 'deepgram/nova-3',
				transcription_model: 'deepgram/nova-3',
				keyterms: ['Telnyx', 'SIPREC'],
				keywords_boosting: { Miller: -2.5 },
			},
		});
	});

	it('names a list of more terms than the engine takes, and sends nothing', async () => {
		const terms = Array.from({ length: 101 }, (_, index) => `term ${index}`).join(', ');
		const { error } = await run(
			transcribe('Deepgram', { 'deepgram/nova-3': { options: { keyterms: terms } } }),
		);
		expect(error?.message).toContain("Key Terms' has 101 entries, but may have 100 at most");
		expect(telnyx.requests).toEqual([]);
	});

	it('sends an empty terminating digit, which means none', async () => {
		expect((await run({ ...gather, options: { terminating_digit: '' } })).sent).toMatchObject({
			terminating_digit: '',
		});
	});

	it('leaves the terminating digit to Telnyx if it was not added', async () => {
		expect((await run(gather)).sent).not.toHaveProperty('terminating_digit');
	});
});

describe('everything that is wrong is said in one message, settings of the node and fields alike', () => {
	it.each([
		[
			'a request option and a field',
			{
				resource: 'input',
				operation: 'sendDtmf',
				...CALL,
				digits: 'one',
				request_options: { attempts: 0, most_at_once: 1.5 },
			},
			[
				"'Digits'",
				"'Attempts per Command' is '0', but has to be",
				"'Commands at Once' is '1.5', but has to be a whole number from 1 to 200",
			],
		],
		[
			'the time limit of a wait and a field',
			{
				resource: 'audio',
				operation: 'startPlayback',
				...CALL,
				audio_url: 'no address',
				wait_for_outcome: true,
				wait_timeout_secs: 0,
			},
			["'Timeout (Seconds)' is '0', but has to be a whole number from 1 to 86400", "'Audio URL'"],
		],
		[
			'the limit of a list and a filter',
			{
				resource: 'recording',
				operation: 'list',
				limit: 0.5,
				filter: { conference_id: '={{ [1] }}' },
			},
			[
				"'Limit' is '0.5', but has to be a whole number of at least 1",
				"'Filters > Conference ID' has to be text",
			],
		],
	])('%s', async (_what, parameters, complaints) => {
		const { error } = await runActionAt(telnyx, parameters);
		for (const complaint of complaints) expect(error?.message).toContain(complaint);
		expect(telnyx.requests).toHaveLength(0);
	});
});
