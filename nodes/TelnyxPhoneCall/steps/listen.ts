import type { IDataObject } from 'n8n-workflow';

import { speak } from '../../catalogue/audio/speak';
import { stopPlayback } from '../../catalogue/audio/stopPlayback';
import { decimal, integer } from '../../catalogue/schema/field';
import { startTranscription } from '../../catalogue/transcription/startTranscription';
import { stopTranscription } from '../../catalogue/transcription/stopTranscription';
import { PAUSE } from '../../waiting/behavior';
import { complaintsAboutEngine, engineFields, engineOf, engineSettings } from './engine';
import {
	command,
	hungUp,
	language,
	saidFirst,
	secondsIf,
	speech,
	stopOnKey,
	transcribed,
	voiceOnTop,
} from './shared';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import type { Wait } from '../../waiting/wait';
import { HUNG_UP, SPOKEN, step, type Moment, type NextOf } from './step';

/** The stage of the words that are said before. */
const PROMPT = 'prompt';

/** How long to wait for the first word, in milliseconds. */
const FIRST_WORD_MS = 8_000;

const outputs = [
	{ name: 'Heard' },
	{ name: 'Key', if: { field: 'stop_on_key', is: [true] } },
	{ name: 'Silence' },
	HUNG_UP,
] as const;

type Then = NextOf<typeof outputs>;

export const listen = step({
	name: 'Listen',
	action: 'Listen to caller',
	description: 'Says something, and writes down what the caller says until there is a pause',
	answersFirst: true,
	fields: {
		text: {
			...saidFirst,
			placeholder: 'e.g. What can I do for you?',
		},
		voice: voiceOnTop,
		pause_secs: decimal({
			label: 'Stop After Pause (Seconds)',
			description: 'How long the caller says nothing until the words count as complete',
			onTop: true,
			min: 0.5,
			max: 30,
			start: 2,
		}),
		longest_secs: integer({
			label: 'Maximum Length (Seconds)',
			description: 'How long to listen at most',
			onTop: true,
			min: 5,
			max: 600,
			start: 60,
		}),
		stop_on_key: stopOnKey,
		...engineFields,
		language,
	},
	outputs,
	ifFails: { output: 'Silence' },
	check: complaintsAboutEngine,
	results: { words: 'string', key: 'string' },
	begin(set, { id }) {
		const { text: words = '', longest_secs, pause_secs, stop_on_key } = set;
		const config = engineSettings(set);
		const says = command(speak, { call_control_id: id, ...speech(words, set) });
		return {
			command: command(startTranscription, {
				call_control_id: id,
				transcription_engine: engineOf(set),
				transcription_engine_config: config,
			}),
			// Whoever waits for an answer is to hear it at once.
			...(words && { alongside: [{ ...says, stage: PROMPT }] }),
			wait: {
				success: ['call.transcription', SPOKEN],
				failure: [],
				good_statuses: [],
				stops_on_key: stop_on_key,
			},
			...(words === '' && { wakeUpMs: Math.max(FIRST_WORD_MS, pause_secs * 1_000) }),
			seconds: longest_secs + secondsIf(words),
			atTimeout: 'Silence',
			plan: { pause_ms: pause_secs * 1_000, speaks: words !== '' },
		};
	},
	next,
	ifCutShort: (wait) => [...(wait.plan.speaks ? [stopSpeaking(wait)] : []), ...stopListening(wait)],
});

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, notes } = moment;
	const words = heardSoFar(notes);
	if (end.outcome === 'key') {
		return over(moment, 'Key', { outcome: 'key', key: end.json.digit, words });
	}
	if (end.outcome === 'ended') {
		return words ? { output: 'Hung Up', json: { ...hungUp(event), words } } : undefined;
	}
	if (stage === PAUSE || end.outcome === 'timeout') {
		return words
			? over(moment, 'Heard', { outcome: 'heard', words })
			: over(moment, 'Silence', { outcome: 'silence', words });
	}
	if (type === SPOKEN) {
		notes.is_said = true;
		return words ? {} : { wakeUpMs: Math.max(FIRST_WORD_MS, Number(plan.pause_ms)) };
	}
	if (!event || type !== 'call.transcription') return undefined;
	const result = { ...transcribed(event), at: Date.parse(String(event.occurred_at)) };
	if (result.words.trim() === '') return {};
	note(notes, result);
	// Whoever answers before the question has ended has heard enough of it.
	const stops = plan.speaks && !notes.is_said ? [stopSpeaking(moment.wait)] : [];
	notes.is_said = true;
	return { send: stops, wakeUpMs: Number(plan.pause_ms) };
}

/** A result of the transcription, and when it was sent: NaN if that is not known. */
interface Result {
	readonly words: string;
	readonly isFinal: boolean;
	readonly at: number;
}

/** Keeps what is final, and of the interim results the last one until a later result replaces it. */
function note(notes: Moment['notes'], { words, isFinal, at }: Result): void {
	const { finals = '', interim = '', interim_at, final_at } = notes;
	// Events can overtake each other.
	const isBefore = (other: unknown) => at < Number(other);
	if (isFinal) {
		notes.finals = `${finals} ${words}`.trim();
		notes.final_at = at;
		notes.interim = isBefore(interim_at) ? interim : '';
	} else if (!isBefore(final_at) && !isBefore(interim_at)) {
		notes.interim = words;
		notes.interim_at = at;
	}
}

const heardSoFar = ({ finals = '', interim = '' }: Moment['notes']): string =>
	`${finals} ${interim}`.trim();

const stopSpeaking = ({ call_control_id }: Wait): FurtherCommand => ({
	...command(stopPlayback, { call_control_id, stop: 'all' }),
	stage: 'interrupted',
	mayFail: true,
});

const over = ({ wait }: Moment, output: 'Heard' | 'Key' | 'Silence', json: IDataObject): Then => ({
	output,
	json,
	sendBehind: stopListening(wait),
});

function stopListening({ call_control_id }: Wait): FurtherCommand[] {
	return [{ ...command(stopTranscription, { call_control_id }), stage: 'over', mayFail: true }];
}
