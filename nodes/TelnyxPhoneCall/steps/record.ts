import { startRecording } from '../../catalogue/recording/startRecording';
import { stopRecording } from '../../catalogue/recording/stopRecording';
import { choice, integer, toggle } from '../../catalogue/schema/field';
import { format } from '../../catalogue/shared/recordingOptions';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { PAUSE } from '../../waiting/behavior';
import { HANGUP, KEY } from '../../waiting/outcome';
import { command } from './shared';
import { step, type Moment, type Next } from './step';

/** How long Telnyx takes at most to save a recording that has ended, in milliseconds. */
const SAVED_WITHIN_MS = 30_000;

const ofMessage = { onlyIf: { what: ['message'] }, onTop: true } as const;

export const record = step({
	name: 'Record',
	action: 'Record message or call',
	description: 'Records what the caller says until a key, silence or the end of the call',
	fields: {
		what: choice({
			label: 'What',
			description: 'What is recorded',
			onTop: true,
			choices: {
				message: { name: 'A Message', description: 'What the caller says now, as a file' },
				call: {
					name: 'The Whole Call',
					description: 'Everything from here to the end. The workflow goes on at once.',
				},
			},
			start: 'message',
		}),
		beep: toggle({
			label: 'Play Beep',
			description: 'Whether a beep tells the caller to begin',
			...ofMessage,
			start: true,
		}),
		stop_on_key: toggle({
			label: 'Stop on Key',
			description: 'Whether any key ends the recording',
			...ofMessage,
			start: true,
		}),
		silence_secs: integer({
			label: 'Silence That Ends It (Seconds)',
			description: 'How long the caller says nothing until the recording ends',
			...ofMessage,
			min: 1,
			max: 60,
			start: 5,
		}),
		longest_secs: integer({
			label: 'Maximum Length (Seconds)',
			description: 'How long the recording can get',
			...ofMessage,
			min: 2,
			max: 14_400,
			start: 120,
		}),
		format,
	},
	outputs: [
		{ name: 'Recorded', if: { field: 'what', is: ['message'] } },
		{ name: 'Nothing Said', if: { field: 'what', is: ['message'] } },
		{ name: 'Recording', if: { field: 'what', is: ['call'] } },
	],
	atOnce: ({ what }) => (what === 'call' ? 'Recording' : undefined),
	begin(
		{ what, beep, stop_on_key, silence_secs = 5, longest_secs = 120, format: kind = 'mp3' },
		{ id },
	) {
		const isCall = what === 'call';
		return {
			command: command(startRecording, {
				call_control_id: id,
				channels: isCall ? 'dual' : 'single',
				format: kind,
				...(!isCall && {
					play_beep: beep,
					max_length: longest_secs,
					timeout_secs: silence_secs,
					recording_track: 'inbound',
				}),
			}),
			wait: {
				success: ['call.recording.saved', ...(stop_on_key ? [KEY] : [])],
				failure: ['call.recording.error'],
				good_statuses: [],
			},
			seconds: longest_secs + 60,
			plan: { silence_secs, format: kind },
		};
	},
	next,
});

function next({ end, event, stage, plan, wait, notes }: Moment): Next | undefined {
	if (stage === PAUSE) {
		return { output: 'Nothing Said', json: { outcome: 'nothing_said', ...callEnded(notes) } };
	}
	switch (event?.event_type) {
		case KEY: {
			notes.was_stopped = true;
			const stop = command(stopRecording, { call_control_id: wait.call_control_id });
			return { send: [{ ...stop, stage: 'stop', mayFail: true }], wakeUpMs: SAVED_WITHIN_MS };
		}
		case HANGUP:
			// Telnyx saves what was recorded after the call has ended.
			notes.call_ended = true;
			return { wakeUpMs: SAVED_WITHIN_MS };
		case 'call.recording.saved':
			// The whole call, which is recorded beside, has two channels.
			return payloadOf(event).channels === 'dual' ? {} : saved(payloadOf(event), plan, notes);
		default:
			return end.outcome === 'ended'
				? { output: 'Nothing Said', json: { outcome: 'nothing_said', call_ended: true } }
				: undefined;
	}
}

const callEnded = ({ call_ended }: Moment['notes']) => (call_ended ? { call_ended: true } : {});

function saved(
	payload: Moment['plan'],
	{ silence_secs, format: kind }: Moment['plan'],
	notes: Moment['notes'],
): Next {
	const urls = {
		...(payload.public_recording_urls as object),
		...(payload.recording_urls as object),
	};
	const url = (urls as Record<string, unknown>)[String(kind)];
	const seconds = secondsOf(payload);
	const isSilence = !notes.was_stopped && seconds !== undefined && seconds <= Number(silence_secs);
	if (isSilence || typeof url !== 'string') {
		return { output: 'Nothing Said', json: { outcome: 'nothing_said', ...callEnded(notes) } };
	}
	return {
		output: 'Recorded',
		json: {
			outcome: 'recorded',
			...(payload.recording_id !== undefined && { recording_id: payload.recording_id }),
			...(seconds !== undefined && { recording_seconds: seconds }),
			...callEnded(notes),
		},
		file: { url, name: `recording-${String(payload.recording_id ?? payload.call_leg_id ?? '')}` },
	};
}

/** How long a recording is; undefined if Telnyx does not say. */
function secondsOf({
	duration_millis: millis,
	recording_started_at: start,
	recording_ended_at: end,
}: Moment['plan']): number | undefined {
	if (typeof millis === 'number') return Math.round(millis / 1_000);
	const ms = Date.parse(String(end)) - Date.parse(String(start));
	return Number.isNaN(ms) ? undefined : Math.round(ms / 1_000);
}
