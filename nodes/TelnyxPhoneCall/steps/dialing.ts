import { startPlayback } from '../../catalogue/audio/startPlayback';
import { stopPlayback } from '../../catalogue/audio/stopPlayback';
import { bridge } from '../../catalogue/call/bridge';
import { dial } from '../../catalogue/call/dial';
import { text } from '../../catalogue/schema/field';
import { PARTY } from '../../catalogue/shared/sipOptions';
import { payload } from '../../catalogue/shared/voice';
import { WEB_ADDRESS } from '../../catalogue/shared/addresses';
import type { VoiceEventType } from '../../telnyx/events';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import { HANGUP } from '../../waiting/outcome';
import { hangUpOn } from './calling';
import { command, language, voiceInOptions } from './shared';
import type { Beginning, Call, StepCommand } from './step';

/** The call that is made for a caller: to whom, with which application, from which number. */
interface Wanted {
	readonly to: string;
	readonly from?: string;
	readonly connection_id?: string;
	readonly ring_secs: number;
	/** Whether Telnyx connects the two as soon as it is answered. */
	readonly connects: boolean;
}

/**
 * The command that calls somebody for a caller. Telnyx itself sees to it that no two of them are connected
 * with the caller. `unknownForDialing` says what it lacks.
 */
export function dialFor(call: Call, wanted: Wanted): StepCommand {
	return command(dial, {
		...originOf(call, wanted),
		to: wanted.to,
		timeout_secs: wanted.ring_secs,
		link_to: call.id,
		bridge_intent: true,
		bridge_on_answer: wanted.connects || undefined,
		prevent_double_bridge: true,
	});
}

type Origin = Partial<Pick<Wanted, 'from' | 'connection_id'>>;

/** The call's own application and number, unless the user chose others. */
const originOf = ({ connectionId, ownNumber }: Call, { connection_id, from }: Origin) => ({
	connection_id: connection_id ?? connectionId,
	from: from ?? ownNumber,
});

/** Complaints if it is not known from which number, or under which application, to dial for a call. */
export function unknownForDialing(call: Call, wanted: Origin): string[] {
	const { connection_id, from } = originOf(call, wanted);
	return [
		...(connection_id === undefined
			? ["'Call Control Application' is not known from the call: choose it in Options"]
			: []),
		...(from === undefined ? ["'From' is not known from the call: choose the number"] : []),
	];
}

/** The field for the application, where it is not that of the call. */
const otherApplication = {
	kind: dial.fields.connection_id.kind,
	label: dial.fields.connection_id.label,
	description: "The application at Telnyx that calls out. The call's own, unless you choose one.",
	list: dial.fields.connection_id.list,
	unlessChosen: 'That of the call',
	placeholder: dial.fields.connection_id.placeholder,
} as const;

/** The audio for callers while somebody else is called for them. */
export const holdMusic = text({
	label: 'Hold Music URL',
	description:
		'The address of an MP3 or WAV file that the caller hears meanwhile, over and over. Without it there is silence.',
	placeholder: 'e.g. https://example.com/hold.mp3',
	pattern: WEB_ADDRESS,
});

/** Where nobody answers, most callers hear that and no more. */
const goodbye = {
	...payload,
	label: 'Goodbye If Nobody Answers',
	description:
		'What the caller hears if nobody answers. Then the call ends. Without it, the call goes on.',
	placeholder: 'e.g. Sorry, nobody can take your call just now. Please call again later.',
} as const;

/** The options of steps that call somebody for a caller. */
export const ofDialing = (aboutVoice: string) =>
	({
		voice: { ...voiceInOptions, description: aboutVoice },
		language,
		goodbye,
		hold_music_url: holdMusic,
		connection_id: otherApplication,
	}) as const;

/** What such a step awaits: the legs that it makes, and the caller hanging up. */
export const waitForDialed = (
	{ id }: Call,
	more: readonly VoiceEventType[],
): NonNullable<Beginning['wait']> => ({
	call_control_id: id,
	makes_leg: true,
	stops_ringing: true,
	other_legs: [],
	success: ['call.answered', 'call.bridged', ...more],
	failure: [HANGUP],
	good_statuses: [],
});

/** The field for the number that is shown. */
export const shownNumber = {
	kind: dial.fields.from.kind,
	label: dial.fields.from.label,
	description:
		'The number that the called party sees: one of yours. The number that the caller dialed, unless you choose one.',
	onTop: true,
	list: dial.fields.from.list,
	unlessChosen: 'The number that was dialed',
	...PARTY,
	placeholder: dial.fields.from.placeholder,
} as const;

/** Connects a caller with a leg, unless the caller is connected already. */
export const connect = (caller: string, leg: string, stage = 'connect'): FurtherCommand => ({
	...command(bridge, {
		call_control_id: leg,
		call_control_id_to_bridge_with: caller,
		prevent_double_bridge: true,
	}),
	stage,
});

/** Hangs up legs that are no longer needed. */
export const endLegs = (legs: readonly string[], stage = 'over'): FurtherCommand[] =>
	legs.map((leg) => hangUpOn(leg, stage));

/** The audio for a caller in the meantime. */
export const startMusic = (caller: string, url: string | undefined): FurtherCommand[] =>
	url === undefined
		? []
		: [
				{
					...command(startPlayback, { call_control_id: caller, audio_url: url, loop: 'infinity' }),
					stage: 'music',
					mayFail: true,
				},
			];

export const stopMusic = (caller: string, url: unknown): FurtherCommand[] =>
	url === undefined
		? []
		: [
				{
					...command(stopPlayback, { call_control_id: caller, stop: 'all' }),
					stage: 'music over',
					mayFail: true,
				},
			];
