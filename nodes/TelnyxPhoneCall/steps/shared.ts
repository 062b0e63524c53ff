import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../catalogue/schema/operation';
import { integer, locator, toggle, type Fields } from '../../catalogue/schema/field';
import { callControlId } from '../../catalogue/shared/commandFields';
import { payload, speechLanguage, startVoice, voice } from '../../catalogue/shared/voice';
import { isObject } from '../../shared/isObject';
import { notPlaced } from '../../telnyx/http/notPlaced';
import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { HANGUP } from '../../waiting/outcome';
import type { Moment, Speech, StepCommand } from './step';

/** The text to speak. */
export const spoken = { ...payload, required: true } as const;

/** Who speaks, and in what language. The voice to start with is one that every account has. */
export const voiceOnTop = { ...voice, ...startVoice, onTop: true } as const;
export const voiceInOptions = { ...voice, ...startVoice } as const;
export const language = speechLanguage;

/** A text, as one of the speaking commands takes it. */
export const speech = (text: string, set: { voice?: string; language?: unknown }): Speech => ({
	payload: text,
	voice: set.voice ?? startVoice.start,
	language: set.language as string | undefined,
});

/** The same for a text that may be empty: then there is nothing to say. */
export const speechIf = (
	text: string | undefined,
	set: { voice?: string; language?: unknown },
): Speech | undefined => (text ? speech(text, set) : undefined);

/** A text that is spoken before something else happens. */
export const saidFirst = {
	...payload,
	onTop: true,
	description: 'What is said first. Leave it empty to say nothing.',
} as const;

export const hangUpAfterwards = toggle({
	label: 'Hang Up Afterwards',
	description: 'Whether to end the call then',
	onTop: true,
	start: false,
});

/** What Telnyx calls what has answered, where that is no human. */
export const MACHINES: readonly unknown[] = ['machine', 'fax_detected', 'fax', 'prompt_ended'];

/** How long Telnyx may take to find out who has answered. Nobody says anything until then. */
export const DETECTION_SECS = 30;

/** Waits for Telnyx to find out who has answered, but not forever. */
export const DETECTION = { wakeUpAloneMs: DETECTION_SECS * 1_000 } as const;

/** One key of a phone. */
export const KEY_PATTERN = { matches: /^[0-9*#]$/, says: 'has to be one of 0-9, * and #' };

/** How long a text takes to be read out, in seconds, at a slow pace. */
export const secondsFor = (text: string): number => 15 + Math.ceil(text.length / 8);

/** The same for a text that may be empty. */
export const secondsIf = (text: string | undefined): number => (text ? secondsFor(text) : 0);

export const stopOnKey = toggle({
	label: 'Stop on Key',
	description: "Whether any key ends it. The item then leaves through the output 'Key'.",
	onTop: true,
	start: false,
});

export const ringSecs = integer({
	label: 'Ring For (Seconds)',
	description: 'How long to let it ring before giving up',
	onTop: true,
	min: 5,
	max: 600,
	start: 30,
});

/** The options of every step. */
export const ofEveryStep = {
	include_event: toggle({
		label: 'Include Event',
		description: "Whether the item also has Telnyx's whole event, as 'event'",
		start: true,
	}),
} as const satisfies Fields;

/** What steps that act on a call have there besides. */
export const ofStepsOnCall = {
	call_control_id: locator({
		label: 'Call Control ID',
		description:
			'The call to act on. Only needed where a workflow has several calls: a step takes the one that was answered or made last.',
		list: callControlId.list,
		placeholder: callControlId.placeholder,
	}),
} as const satisfies Fields;

/** Without what is undefined, and so not to be sent. */
export const command = <O extends Operation>(
	operation: O,
	values: { readonly [Name in keyof O['fields']]?: unknown },
): StepCommand => ({
	operation,
	values: Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as StepCommand['values'],
});

/** What the caller has said, by an event of a transcription: empty if nothing can be read. */
export function transcribed(event: TelnyxEvent): { words: string; isFinal: boolean } {
	const { transcription_data: data } = payloadOf(event);
	const { transcript, is_final } = isObject(data) ? data : {};
	return { words: typeof transcript === 'string' ? transcript : '', isFinal: is_final !== false };
}

/** What the item says of a call that is over, with Telnyx's cause if its hangup was seen. */
export function hungUp(event: TelnyxEvent | undefined): IDataObject {
	const payload = event?.event_type === HANGUP ? payloadOf(event) : {};
	const { hangup_cause, hangup_source } = payload as IDataObject;
	return {
		outcome: 'hung_up',
		...(hangup_cause && { hangup_cause }),
		...(hangup_source && { hangup_source }),
	};
}

/** Why nobody answered, by Telnyx's hangup causes. A call that was not placed was not declined by anybody. */
export function whyUnanswered(hangup: IDataObject): Unanswered {
	const { advice, details } = notPlaced(hangup);
	const reason = details.telnyx_error === undefined ? reasonFor(hangup.hangup_cause) : FAILED;
	const says = {
		...(advice && { message: advice.happened }),
		...details,
		...(reason === FAILED && causesIn(hangup)),
	};
	return { reason, ...(Object.keys(says).length > 0 && { details: says }) };
}

function causesIn({ hangup_cause, sip_hangup_cause }: IDataObject): IDataObject {
	return { ...(hangup_cause && { hangup_cause }), ...(sip_hangup_cause && { sip_hangup_cause }) };
}

/** What an item says of a call that nobody answered. */
export interface Unanswered extends IDataObject {
	reason: string;
	/** What Telnyx's network says about it. */
	details?: IDataObject;
}

/** Why a called person was not reached: somebody may have answered, and hung up before it was clear who. */
export function whyUnreached({ end, event, notes }: Moment): Unanswered {
	if (end.outcome === 'ended') return { reason: 'caller_hung_up' };
	if (notes.is_answered) return { reason: 'hung_up' };
	return whyUnanswered(event ? payloadOf(event) : {});
}

const FAILED = 'failed';

const REASONS: Readonly<Record<string, readonly string[]>> = {
	busy: ['user_busy'],
	declined: ['call_rejected'],
	no_answer: ['timeout', 'no_answer', 'originator_cancel', 'time_limit', 'normal_clearing'],
};

const reasonFor = (cause: unknown): string =>
	Object.keys(REASONS).find((reason) => REASONS[reason].includes(String(cause))) ?? FAILED;
