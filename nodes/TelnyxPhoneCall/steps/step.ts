import type { IDataObject } from 'n8n-workflow';

import type { Field, Fields } from '../../catalogue/schema/field';
import type { ValueOf, ValuesOf } from '../../catalogue/schema/valueOf';
import type { Answer, Operation } from '../../catalogue/schema/operation';
import type { ReferencesIn, SettingOf } from '../../catalogue/schema/references';
import type { VoiceEventType } from '../../telnyx/events';
import type { Happened } from '../../waiting/behavior';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import type { Wait } from '../../waiting/wait';
import type { ToolUse } from './request';

/** An output of a step; or one for each row of a list, by its `name`, else as it is. */
export interface OutputRule<F extends Fields = Fields> {
	readonly name: string;
	/** Only if one of the step's settings has one of these values. */
	readonly if?: SettingIn<F>;
	/** The setting that has a row for each such output. */
	readonly each?: keyof F & string;
	/** What the rows are called, where they have no names of their own. */
	readonly names?: Readonly<Record<string, string>>;
}

/** One of the step's settings, and some of its values. */
type SettingIn<F extends Fields> = {
	readonly [Name in keyof F & string]: {
		readonly field: Name;
		readonly is: ReadonlyArray<SettingOf<F[Name]>>;
	};
}[keyof F & string];

/** The names of outputs, without those that the rows of a list have. */
type NameIn<Rules extends readonly OutputRule[]> = Exclude<
	Rules[number],
	{ readonly each: string }
>['name'];

/** A text was said to its end, or cut off. */
export const SPOKEN = 'call.speak.ended' as const;

/** The output for the end of the call, which every step that acts on a call has. */
export const HUNG_UP = { name: 'Hung Up' } as const;
/** The output of steps that call somebody, if nobody takes the call. */
export const UNANSWERED = { name: 'Unanswered' } as const;

/** A command of a step. */
export interface StepCommand {
	readonly operation: Operation;
	/** By the API's names. */
	readonly values: IDataObject;
	/** The field that gets the content of a file of the item, as Base64, and the item's field that has it. */
	readonly file?: { readonly field: string; readonly from: string };
}

/** How a step begins. */
export interface Beginning<Output extends string = string> {
	readonly command: StepCommand;
	/** Commands that are sent at the same time as the first one. */
	readonly alongside?: readonly FurtherCommand[];
	/** Commands that are sent right after the first one. */
	readonly followedBy?: readonly FurtherCommand[];
	/** What is awaited, where that is not the command's own outcome. */
	readonly wait?: Awaiting;
	/** When to wake up if nothing happens after the commands were sent, in milliseconds. */
	readonly wakeUpMs?: number;
	/** When the time is over, at the latest: by then something must be wrong. */
	readonly seconds: number;
	/** The output to use then; without one the node fails. */
	readonly atTimeout?: Output;
	/** What `next` has to know. Saved with the execution. */
	readonly plan?: IDataObject;
}

/** What is awaited, by the names of a wait. */
interface Awaiting
	extends Partial<
		Pick<
			Wait,
			| 'good_statuses'
			| 'stops_on_key'
			| 'other_legs'
			| 'call_control_id'
			| 'makes_leg'
			| 'stops_ringing'
		>
	> {
	readonly success?: readonly VoiceEventType[];
	readonly failure?: readonly VoiceEventType[];
}

/** The consequence of an event: the step goes on, or it is over. */
export type Next<Output extends string = string> =
	| {
			/** Commands that are sent now. */
			readonly send?: readonly FurtherCommand[];
			/** Commands of which Telnyx has to take one at least. */
			readonly anyOf?: readonly FurtherCommand[];
			/** When to wake up if nothing more happens, in milliseconds. */
			readonly wakeUpMs?: number;
			/** The same, but only in the process that runs the execution: others may know more than this one. */
			readonly wakeUpAloneMs?: number;
			/** How the step ends at once in any other process, which may never learn more. */
			readonly ifNotAlone?: Done<Output>;
			/** Tried in turn until Telnyx takes one. */
			readonly firstOf?: readonly FurtherCommand[];
			/** What follows if it takes none, by its reasons. */
			readonly orElse?: (refusals: readonly string[]) => Done<Output>;
	  }
	| Done<Output>;

/** The same for a step with these outputs. */
export type NextOf<Rules extends readonly OutputRule[]> = Next<NameIn<Rules>>;

/** How a step ends. */
export interface Done<Output extends string = string> {
	/** By its name, or its place, from 0. */
	readonly output: Output | number;
	readonly json?: IDataObject;
	/** Sent before the next node runs. */
	readonly send?: readonly FurtherCommand[];
	/** Sent while the next node runs, but before its commands for the same call. */
	readonly sendBehind?: readonly FurtherCommand[];
	/** A recording to put out as a file. */
	readonly file?: {
		/** Undefined if Telnyx has given none. */
		readonly url?: string;
		readonly format: string;
		readonly startedAt: unknown;
		readonly id: string;
	};
	/** What the other side of the step's call hears before the next node runs. */
	readonly lastWords?: Speech;
	/** Whether the call ends before the next node runs. */
	readonly hangsUp?: boolean;
}

/** The same for a step with these outputs. */
export type DoneOf<Rules extends readonly OutputRule[]> = Done<NameIn<Rules>>;

/** A text to speak, by the API's names. */
export interface Speech {
	readonly payload: string;
	readonly voice: string;
	readonly language?: string;
}

export const isDone = (next: Next): next is Done => 'output' in next;

/** Data that a step keeps about a call between two events, in this process only. */
type Notes = IDataObject;

/** Where a step is when something happens. */
export interface Moment extends Happened {
	/** That of the event, if there is one. */
	readonly type?: VoiceEventType;
	readonly wait: Wait;
	readonly plan: IDataObject;
	readonly notes: Notes;
}

/** The settings of a step. What the form always shows has at least the value that it starts with. */
type SetOf<F> = ValuesOf<F> & {
	-readonly [Name in keyof F as F[Name] extends AlwaysSet ? Name : never]: ValueOf<F[Name]>;
};

interface AlwaysSet {
	readonly onTop: true;
	readonly start: string | number;
}

/** Whether a field has a value even if it was emptied: the one that the form starts with. */
export const isAlwaysSet = (field: Field): field is Field & AlwaysSet =>
	field.onTop === true && 'start' in field && ['string', 'number'].includes(typeof field.start);

/** One step of a call: its fields in the form, its commands, and its outputs. */
export interface Step<F extends Fields = Fields, Output extends string = string> {
	/** Title Case. */
	readonly name: string;
	/** Sentence case, as people say it. */
	readonly action: string;
	readonly description: string;
	readonly fields: F;
	readonly outputs: readonly OutputRule[];
	/** What the item gets on one of the outputs or another, besides what every step puts out. */
	readonly results: Answer;
	/**
	 * What is wrong with the settings together, in whole sentences without their periods.
	 * @param set without what is wrong by itself
	 * @param call undefined if there is none to act on
	 */
	readonly check?: (set: Partial<SetOf<F>>, call: Call | undefined) => readonly string[];
	begin(set: SetOf<F>, call: Call): Beginning<Output>;
	/** Undefined: what happened ends the step as it would end a wait for its command. */
	readonly next?: (moment: Moment) => Next<Output> | undefined;
	/** Its end if the caller has left before it could begin, where that is not the output Hung Up. */
	readonly ifGone?: Pick<Done, 'json'> & { readonly output: Output };
	/** What ends what the step has begun on the call, where the step fails and the call goes on. */
	readonly ifCutShort?: (wait: Wait) => readonly FurtherCommand[];
	/** Where it goes on after an error, if n8n is to do that, unless that is its first output. */
	readonly ifFails?: Pick<Done, 'json'> & { readonly output: Output };
	/** Fields of the item that must not be mistaken for its results. */
	readonly replaces?: readonly string[];
	/** Whether it makes a call of its own, and so needs none. */
	readonly makesCall?: boolean;
	/** Whether it answers the call itself, if that still rings. */
	readonly answersFirst?: boolean;
	/** Whether events hold what is not to be put out, such as a PIN. */
	readonly hidesEvent?: boolean;
	/** Whether it is over as soon as Telnyx has taken the command: the output then. */
	atOnce?(set: SetOf<F>): Output | undefined;
}

/** The call that a step acts on, as far as it is known. */
export interface Call {
	/** Empty for a step that makes one. */
	readonly id: string;
	/** Whether somebody calls, and nobody has answered yet. */
	readonly isRinging?: boolean;
	/** The application that it runs under. */
	readonly connectionId?: string;
	/** The number on this side. */
	readonly ownNumber?: string;
	/** The tool of an agent that somebody is to approve, if that is what the node is for. */
	readonly tool?: ToolUse;
	/** The other legs of the execution that are not known to be over. */
	readonly otherLegs: readonly string[];
}

/** Declares a step and keeps its types. */
export const step = <const F extends Fields, const Rules extends readonly OutputRule[]>(
	record: Step<F, NameIn<NoInfer<Rules>>> & {
		readonly fields: ReferencesIn<F>;
		readonly outputs: Rules & ReadonlyArray<OutputRule<NoInfer<F>>>;
	},
): Step => record;
