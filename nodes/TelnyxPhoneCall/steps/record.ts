import { speak } from '../../catalogue/audio/speak';
import { stopPlayback } from '../../catalogue/audio/stopPlayback';
import { startRecording } from '../../catalogue/recording/startRecording';
import { stopRecording } from '../../catalogue/recording/stopRecording';
import { choice, integer, toggle } from '../../catalogue/schema/field';
import { format } from '../../catalogue/shared/recordingOptions';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { PAUSE } from '../../waiting/behavior';
import { HANGUP, KEY } from '../../waiting/outcome';
import { command, language, saidFirst, secondsIf, speechIf, voiceInOptions } from './shared';
import { SPOKEN, step, type Moment, type NextOf, type StepCommand } from './step';

/** How long Telnyx takes at most to save a recording that has ended, in milliseconds. */
const SAVED_WITHIN_MS = 30_000;

const LEFT = {
	output: 'Silence',
	json: { outcome: 'silence', call_ended: true },
} as const;

const ofMessage = { onlyIf: { what: ['message'] }, onTop: true } as const;

const outputs = [
	{ name: 'Recorded', if: { field: 'what', is: ['message'] } },
	{ name: 'Silence', if: { field: 'what', is: ['message'] } },
	{ name: 'Recording', if: { field: 'what', is: ['call'] } },
] as const;

type Then = NextOf<typeof outputs>;

export const record = step({
	name: 'Record',
	action: 'Record message or call',
	description: 'Records what the caller says until a key, silence or the end of the call',
	answersFirst: true,
	fields: {
		what: choice({
			label: 'What to Record',
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
		text: {
			...saidFirst,
			...ofMessage,
			placeholder: 'e.g. Please leave a message after the beep.',
		},
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
			label: 'Stop After Silence (Seconds)',
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
		voice: voiceInOptions,
		language,
	},
	outputs,
	ifFails: { output: 'Silence' },
	results: { recording_id: 'string', recording_seconds: 'number', call_ended: 'boolean' },
	atOnce: ({ what }) => (what === 'call' ? 'Recording' : undefined),
	begin(set, { id }) {
		const { what, text, beep, stop_on_key, silence_secs, longest_secs } = set;
		const { format: kind = 'mp3' } = set;
		const isCall = what === 'call';
		const start = command(startRecording, {
			call_control_id: id,
			channels: isCall ? 'dual' : 'single',
			format: kind,
			...(!isCall && {
				play_beep: beep,
				max_length: longest_secs,
				timeout_secs: silence_secs,
				recording_track: 'inbound',
			}),
		});
		const words = speechIf(text, set);
		return {
			command: words ? command(speak, { call_control_id: id, ...words }) : start,
			wait: {
				success: [
					'call.recording.saved',
					...(stop_on_key ? [KEY] : []),
					...(words ? [SPOKEN] : []),
				],
				failure: ['call.recording.error'],
				good_statuses: [],
			},
			seconds: longest_secs + 60 + secondsIf(text),
			plan: {
				silence_secs,
				format: kind,
				begun_at: Date.now(),
				...(words && { recording: start.values }),
			},
		};
	},
	next,
	ifGone: LEFT,
});

/** The stage of the recording, where a text is said before. */
const RECORDING = 'recording';

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, wait, notes } = moment;
	const payload = event ? payloadOf(event) : {};
	if (plan.recording && stage !== RECORDING && !notes.records) return whileSpeaking(moment);
	if (stage === PAUSE) {
		return { output: 'Silence', json: { outcome: 'silence', ...callEnded(notes) } };
	}
	switch (type) {
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
			return isAnother(payload, plan) ? {} : saved(payload, plan, notes);
		case SPOKEN:
			return {};
		default:
			return end.outcome === 'ended' ? LEFT : undefined;
	}
}

/** Telnyx's clock and that of n8n may differ by this much. */
const CLOCKS_DIFFER_MS = 60_000;

/** The whole call, which is recorded beside, has two channels. Others began before this step. */
const isAnother = (
	{ channels, recording_started_at: startedAt }: Moment['plan'],
	{ begun_at: begunAt }: Moment['plan'],
): boolean =>
	channels === 'dual' || Date.parse(String(startedAt)) < Number(begunAt) - CLOCKS_DIFFER_MS;

/** The recording begins when the text has been said, or a key cuts it short. */
function whileSpeaking({ end, type, plan, wait, notes }: Moment): Then | undefined {
	if (end.outcome === 'ended') return LEFT;
	const isKey = type === KEY;
	if (!isKey && type !== SPOKEN) return undefined;
	notes.records = true;
	const values = { call_control_id: wait.call_control_id, stop: 'all' };
	const stop = { ...command(stopPlayback, values), stage: 'interrupted', mayFail: true };
	const start = command(startRecording, plan.recording as StepCommand['values']);
	return { send: [...(isKey ? [stop] : []), { ...start, stage: RECORDING }] };
}

const callEnded = ({ call_ended }: Moment['notes']) => (call_ended ? { call_ended: true } : {});

function saved(
	payload: Moment['plan'],
	{ silence_secs, format: kind }: Moment['plan'],
	notes: Moment['notes'],
): Then {
	const urls = {
		...(payload.public_recording_urls as object),
		...(payload.recording_urls as object),
	};
	const { format, url } = linkIn(urls, String(kind));
	const seconds = secondsOf(payload);
	const isSilence = !notes.was_stopped && seconds !== undefined && seconds <= Number(silence_secs);
	if (isSilence) {
		return { output: 'Silence', json: { outcome: 'silence', ...callEnded(notes) } };
	}
	return {
		output: 'Recorded',
		json: {
			outcome: 'recorded',
			...(payload.recording_id !== undefined && { recording_id: payload.recording_id }),
			...(seconds !== undefined && { recording_seconds: seconds }),
			...callEnded(notes),
		},
		file: {
			url,
			format,
			startedAt: payload.recording_started_at,
			id: String(payload.recording_id ?? payload.call_leg_id ?? ''),
		},
	};
}

/** The link for the wanted format; otherwise for one that there is. */
function linkIn(urls: object, wanted: string): { format: string; url?: string } {
	const links = Object.entries(urls).filter(([, url]) => typeof url === 'string' && url !== '');
	const [format, url] = links.find(([name]) => name === wanted) ?? links[0] ?? [wanted];
	return { format, url: url as string | undefined };
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
