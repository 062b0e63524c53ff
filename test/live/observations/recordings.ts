import axios from 'axios';

import type { Leg, Live } from '../live';
import type { Observation } from '../observation';

const SAVED = 'call.recording.saved';
/** For which the step *Record* waits. */
const SAVED_WITHIN_MS = 30_000;
const SILENCE_SECS = 3;
const SILENCE =
	'`timeout_secs` of a recording begins with the last word that was said on the leg or on the one it is bridged with. Nothing that is said before the recording counts.';

const record = async (live: Live, leg: Leg, body: object = {}) =>
	await live.command(leg, 'record_start', { channels: 'single', format: 'mp3', ...body });

/** What becomes of recordings. */
export const recordings: Observation[] = [
	{
		name: 'The event of a saved recording',
		assumed:
			'It is there within 30 seconds after the end of the recording, has no `call_control_id`, and has `format`, `start_time`, `end_time` and `duration_millis`, which no schema has.',
		where: 'test/contract/facts.ts',
		how: 'Some seconds of a call are recorded.',
		expected: { isSavedInTime: true, hasCallControlId: false, missing: [], formats: ['mp3'] },
		async observe(live) {
			const { called } = await live.connect();
			await record(live, called);
			await live.quiet(3000);
			const { answeredAt } = await live.command(called, 'record_stop');
			const { at, payload } = await live.event({ type: SAVED, leg: called, timeoutMs: 60_000 });
			live.figures['ms from the stop to the event'] = at - answeredAt;
			live.figures.fields = Object.keys(payload).sort().join(', ');
			const isSavedInTime = at - answeredAt <= SAVED_WITHIN_MS;
			const fields = ['format', 'start_time', 'end_time', 'duration_millis', 'recording_id'];
			return {
				isSavedInTime,
				hasCallControlId: 'call_control_id' in payload,
				missing: fields.filter((field) => !(field in payload)),
				formats: Object.keys(payload.recording_urls ?? {}),
			};
		},
	},
	{
		name: 'The file of a recording',
		assumed: 'Its link works without the API key.',
		where: 'nodes/catalogue/recording/download.ts',
		how: 'A recording is made, and fetched from the link in its event.',
		expected: { status: 200, isEmpty: false },
		async observe(live) {
			const { called } = await live.connect();
			await record(live, called);
			await live.quiet(2000);
			await live.command(called, 'record_stop');
			const { payload } = await live.event({ type: SAVED, leg: called, timeoutMs: 60_000 });
			const { data, headers, status } = await axios.get(payload.recording_urls.mp3, {
				responseType: 'arraybuffer',
				validateStatus: () => true,
			});
			live.figures.type = String(headers['content-type']);
			return { status, isEmpty: Buffer.from(data).length === 0 };
		},
	},
	{
		name: 'A recording that waits for silence, when nobody says anything',
		assumed: SILENCE,
		where: 'test/simulator/README.md#assumptions-to-check-against-the-real-telnyx',
		how: `A recording with ${SILENCE_SECS} seconds is started in silence; 8 seconds later the caller says something.`,
		expected: { savedInSilence: false, savedAfterSpeech: true },
		async observe(live) {
			const { called, caller } = await live.connect();
			await live.speak(caller, 'This is said before the recording.');
			await live.event({ type: 'call.speak.ended', leg: caller });
			await record(live, called, { timeout_secs: SILENCE_SECS });
			await live.quiet(8000);
			const savedInSilence = live.events({ type: SAVED, leg: called }).length > 0;
			await live.speak(caller, 'This is said during the recording.');
			const saved = await live.eventIfAny({ type: SAVED, leg: called, timeoutMs: 30_000 });
			return { savedInSilence, savedAfterSpeech: saved !== undefined };
		},
	},
	{
		name: 'A recording that waits for silence, in a bridge',
		assumed: SILENCE,
		where: 'test/simulator/README.md#assumptions-to-check-against-the-real-telnyx',
		how: `A leg that is recorded with ${SILENCE_SECS} seconds is bridged, and only the other party says something.`,
		expected: { saved: true },
		async observe(live) {
			const caller = await live.connect();
			const agent = await live.connect(live.second);
			await live.command(caller.called, 'bridge', { call_control_id: agent.caller.id });
			await live.event({ type: 'call.bridged', leg: caller.called });
			await record(live, caller.called, { timeout_secs: SILENCE_SECS });
			await live.quiet(1000);
			await live.speak(agent.called, 'This is said by the other party.');
			const saved = await live.eventIfAny({
				type: SAVED,
				leg: caller.called,
				timeoutMs: 30_000,
			});
			return { saved: saved !== undefined };
		},
	},
	{
		name: 'A recording when the call ends',
		assumed: 'It is saved, after `call.hangup`.',
		where: 'test/simulator/features.ts',
		how: 'A call is hung up while it is recorded.',
		expected: ['call.hangup', SAVED],
		async observe(live) {
			const { called, caller } = await live.connect();
			await record(live, called);
			await live.quiet(3000);
			await live.command(caller, 'hangup');
			await live.event({ type: SAVED, leg: called, timeoutMs: 60_000 });
			return live.typesOf(called).slice(-2);
		},
	},
];
