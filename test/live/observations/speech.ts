import type { Json } from '../../simulator/types';
import { VOICE, type Leg, type Live } from '../live';
import type { Observation } from '../observation';

const LONG_TEXT =
	'This is a text that takes some time to read out, so that there is time to do something else while it is read.';

/** The status of the last event of a kind. */
async function statusOf(live: Live, leg: Leg, type: string): Promise<string> {
	await live.event({ type, leg });
	return String(live.events({ type, leg }).at(-1)?.payload.status);
}

/** Starts a long announcement and interrupts it. */
async function interrupted(live: Live, how: (leg: Leg, other: Leg) => Promise<unknown>) {
	const { called, caller } = await live.connect();
	await live.speak(called, LONG_TEXT);
	await live.event({ type: 'call.speak.started', leg: called });
	await live.quiet(1000);
	await how(called, caller);
	return await statusOf(live, called, 'call.speak.ended');
}

/** Asks for digits, presses some, and says how it ended. */
async function gathered(live: Live, keys: string, body: Json) {
	const { called, caller } = await live.connect();
	await live.command(called, 'gather', { inter_digit_timeout_millis: 3000, ...body });
	if (keys) await live.command(caller, 'send_dtmf', { digits: keys });
	const { payload } = await live.event({ type: 'call.gather.ended', leg: called });
	return { digits: payload.digits, status: payload.status };
}

const ENDING = {
	where: 'test/simulator/playback.ts',
	how: 'A long text is read out and interrupted, and the status of `call.speak.ended` is read.',
};

const GATHERING = {
	where: 'test/simulator/gather.ts',
	how: 'Digits are gathered, and the outcome is read.',
};

/** What is said, played, pressed and understood. */
export const speech: Observation[] = [
	{
		name: 'Two announcements',
		assumed:
			'The second one waits for the end of the first; `speak_id` ties the events of each together.',
		where: 'test/simulator/sounds.ts',
		how: 'Two texts are spoken right after each other.',
		expected: {
			types: ['call.speak.started', 'call.speak.ended', 'call.speak.started', 'call.speak.ended'],
			ids: 2,
			statuses: ['completed', 'completed'],
		},
		async observe(live) {
			const { called } = await live.connect();
			await live.speak(called, 'This is one.');
			await live.speak(called, 'This is two.');
			const isSecond = () => live.events({ type: 'call.speak.ended', leg: called }).length === 2;
			await live.eventIfAny({ type: 'call.speak.ended', leg: called, where: isSecond });
			const events = live
				.events({ leg: called })
				.filter(({ type }) => type.startsWith('call.speak.'));
			return {
				types: events.map(({ type }) => type),
				ids: new Set(events.map(({ payload }) => payload.speak_id)).size,
				statuses: events
					.filter(({ type }) => type === 'call.speak.ended')
					.map(({ payload }) => payload.status),
			};
		},
	},
	{
		...ENDING,
		name: 'An announcement that is stopped',
		assumed: 'It ends with the status `cancelled`.',
		expected: 'cancelled',
		observe: async (live) =>
			await interrupted(live, async (leg) => await live.command(leg, 'playback_stop')),
	},
	{
		...ENDING,
		name: 'An announcement that another one interrupts',
		assumed: 'It ends with the status `cancelled`.',
		expected: 'cancelled',
		observe: async (live) =>
			await interrupted(live, async (leg) => await live.speak(leg, 'Now.', { stop: 'all' })),
	},
	{
		...ENDING,
		name: 'An announcement during which the caller hangs up',
		assumed: 'It ends with the status `call_hangup`.',
		expected: 'call_hangup',
		observe: async (live) =>
			await interrupted(live, async (_leg, other) => await live.command(other, 'hangup')),
	},
	{
		name: 'A file that does not exist',
		assumed: 'Only `call.playback.ended` is sent, with the status `file_not_found`.',
		where: 'test/simulator/playback.ts',
		how: 'A file is played that our address answers with 404.',
		expected: { started: 0, status: 'file_not_found' },
		async observe(live) {
			const { called } = await live.connect();
			await live.command(called, 'playback_start', {
				audio_url: live.receiver.addressOf('fail.wav'),
			});
			const status = await statusOf(live, called, 'call.playback.ended');
			return {
				started: live.events({ type: 'call.playback.started', leg: called }).length,
				status,
			};
		},
	},
	{
		name: 'What the end of a playback names',
		assumed:
			'The end of a playback names the address that it was started with, or else the name of the stored file, never both.',
		where: 'docs/waiting.md#not-yet-verified-with-a-real-account',
		how: 'A file is played by its address.',
		expected: { address: true, name: false },
		async observe(live) {
			const { called } = await live.connect();
			await live.command(called, 'playback_start', { audio_url: live.receiver.beepUrl });
			const { payload } = await live.event({ type: 'call.playback.ended', leg: called });
			return { address: Boolean(payload.media_url), name: Boolean(payload.media_name) };
		},
	},
	{
		...GATHERING,
		name: 'Digits with the terminating key',
		assumed: 'The status is `valid`, and the terminating key is not among the digits.',
		expected: { digits: '12', status: 'valid' },
		observe: async (live) => await gathered(live, '12#', { maximum_digits: 5 }),
	},
	{
		...GATHERING,
		name: 'As many digits as there may be',
		assumed: 'The status is `valid` as soon as the last one is pressed.',
		expected: { digits: '123', status: 'valid' },
		observe: async (live) => await gathered(live, '123', { maximum_digits: 3 }),
	},
	{
		...GATHERING,
		name: 'Digits without an end',
		assumed: 'After the time between digits those that were pressed count.',
		expected: { digits: '12', status: 'valid' },
		observe: async (live) => await gathered(live, '12', { maximum_digits: 5 }),
	},
	{
		...GATHERING,
		name: 'A key that is not allowed',
		assumed: 'A gather without a prompt ends with `invalid`, and without that key.',
		expected: { digits: '', status: 'invalid' },
		observe: async (live) =>
			await gathered(live, '9', { maximum_digits: 1, valid_digits: '123', timeout_millis: 10_000 }),
	},
	{
		...GATHERING,
		name: 'Too few digits',
		assumed: 'The status is `invalid`.',
		expected: { digits: '1', status: 'invalid' },
		observe: async (live) =>
			await gathered(live, '1#', {
				minimum_digits: 3,
				maximum_digits: 5,
				timeout_millis: 10_000,
			}),
	},
	{
		...GATHERING,
		name: 'No digits',
		assumed: 'The status is `timeout`, and the digits are empty.',
		expected: { digits: '', status: 'timeout' },
		observe: async (live) => await gathered(live, '', { timeout_millis: 4000 }),
	},
	{
		...GATHERING,
		name: 'A gather that is stopped, and one during which the caller hangs up',
		assumed: 'They end with `cancelled` and `call_hangup`.',
		expected: { stopped: 'cancelled', hungUp: 'call_hangup' },
		async observe(live) {
			const { called, caller } = await live.connect();
			await live.command(called, 'gather');
			await live.command(called, 'gather_stop');
			const stopped = await statusOf(live, called, 'call.gather.ended');
			await live.command(called, 'gather');
			await live.command(caller, 'hangup');
			await live.event({ type: 'call.hangup', leg: called });
			await live.quiet(2000);
			return { stopped, hungUp: await statusOf(live, called, 'call.gather.ended') };
		},
	},
	{
		name: 'The prompt of a gather',
		assumed: 'No event tells that a prompt of a gather starts or ends.',
		where: 'test/simulator/README.md#assumptions-to-check-against-the-real-telnyx',
		how: 'A question is asked, and nobody presses a key.',
		expected: ['call.gather.ended'],
		async observe(live) {
			const { called } = await live.connect();
			const before = live.typesOf(called).length;
			await live.command(called, 'gather_using_speak', {
				payload: 'Press one.',
				voice: VOICE,
				maximum_tries: 1,
				timeout_millis: 4000,
			});
			await live.event({ type: 'call.gather.ended', leg: called });
			return live.typesOf(called).slice(before);
		},
	},
	{
		name: 'A key during the prompt of a gather',
		assumed: 'It ends the prompt, counts, and is an event of its own as well.',
		where: 'test/simulator/gather.ts',
		how: 'A key is pressed one second after a long question has begun.',
		expected: { types: ['call.dtmf.received', 'call.gather.ended'], digits: '1', status: 'valid' },
		async observe(live) {
			const { called, caller } = await live.connect();
			const before = live.typesOf(called).length;
			await live.command(called, 'gather_using_speak', {
				payload: LONG_TEXT,
				voice: VOICE,
				maximum_digits: 1,
			});
			await live.quiet(1000);
			await live.command(caller, 'send_dtmf', { digits: '1' });
			const { payload } = await live.event({ type: 'call.gather.ended', leg: called });
			const { digits, status } = payload;
			return { types: live.typesOf(called).slice(before).sort(), digits, status };
		},
	},
	{
		name: 'A transcription',
		assumed:
			'`interim_results` is off unless it is set to true. What a workflow speaks is not transcribed.',
		where: 'test/simulator/README.md#assumptions-to-check-against-the-real-telnyx',
		how: 'A transcription without options runs while first the caller and then the workflow says something.',
		expected: { ofCaller: 'some', areFinal: true, ofWorkflow: 'none' },
		async observe(live) {
			const { called, caller } = await live.connect();
			await live.command(called, 'transcription_start');
			await live.quiet(2000);
			await live.speak(caller, 'Good morning. My order has not arrived yet.');
			await live.event({ type: 'call.speak.ended', leg: caller });
			await live.quiet(8000);
			const heard = () => live.events({ type: 'call.transcription', leg: called });
			const ofCaller = heard();
			live.figures['what was understood'] = ofCaller
				.map(({ payload }) => payload.transcription_data?.transcript)
				.join(' / ');
			await live.speak(called, 'Thank you. I will look into that.');
			await live.event({ type: 'call.speak.ended', leg: called });
			await live.quiet(8000);
			return {
				ofCaller: ofCaller.length > 0 ? 'some' : 'none',
				areFinal: heard().every(({ payload }) => payload.transcription_data?.is_final === true),
				ofWorkflow: heard().length > ofCaller.length ? 'some' : 'none',
			};
		},
	},
];
