/** Fields that have a say in each other, and those that say something by being empty. */
import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

const telnyx = useRecorder();

async function run(parameters: Record<string, unknown>) {
	const { error } = await runActionAt(telnyx, { call_control_id: 'v3:abc', ...parameters });
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
	[{ audio_url: 'https://example.com/hello.mp3' }, { audio_url: 'https://example.com/hello.mp3' }],
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

it('sends an empty terminating digit, which means that there is none', async () => {
	expect((await run({ ...gather, options: { terminating_digit: '' } })).sent).toMatchObject({
		terminating_digit: '',
	});
});

it('leaves the terminating digit to Telnyx where it was not added', async () => {
	expect((await run(gather)).sent).not.toHaveProperty('terminating_digit');
});
