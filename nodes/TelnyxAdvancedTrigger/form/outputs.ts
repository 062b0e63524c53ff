import { ALL_EVENTS, everyChoice, ownChoices } from '../../telnyx/events';
import { eventsOf } from './parameters';

/** What an event has that decides which choice it belongs to. */
export interface ChosenBy {
	readonly event_type: string;
	/** Its payload, or an item that has the fields of the payload. */
	readonly payload: Readonly<Record<string, unknown>>;
}

/** The choice that an event belongs to: its kind or itself, else the narrowest group; undefined if none. */
export const choiceFor = (
	{ event_type, payload }: ChosenBy,
	chosen: readonly string[],
): string | undefined =>
	ownChoices(event_type, payload).find((choice) => chosen.includes(choice)) ??
	chosen
		.filter((choice) => choice.endsWith(ALL_EVENTS) && event_type.startsWith(choice.slice(0, -1)))
		.sort((a, b) => b.length - a.length)[0];

/** The choices that have an output of their own, in order. All other events use the last output. */
const ownOutputs = (chosen: readonly string[]) => chosen.filter((choice) => choice !== ALL_EVENTS);

/** The index of the output for an event, with one output per event. */
export const outputIndex = (event: ChosenBy, chosen: readonly string[]): number => {
	const own = ownOutputs(chosen);
	const index = own.indexOf(choiceFor(event, chosen) ?? ALL_EVENTS);
	return index >= 0 ? index : own.length;
};

/** How many outputs a node with one per event has. */
export const outputCount = (chosen: readonly string[]): number =>
	ownOutputs(chosen).length + (chosen.includes(ALL_EVENTS) ? 1 : 0);

/** Whether each event has an output of its own. It also runs in the editor as text. */
export const areSeparate = (isWanted: boolean, chosen: readonly string[]): boolean =>
	isWanted && chosen.length > 1;

/** Runs in the editor as the text of an expression, so it needs nothing but its arguments. */
const namedOutputs = (
	chosen: string[],
	isPerEvent: boolean,
	names: Record<string, string>,
	all: string,
) =>
	isPerEvent
		? [
				...chosen.filter((choice) => choice !== all),
				...chosen.filter((choice) => choice === all),
			].map((choice) => ({ type: 'main', displayName: names[choice] ?? choice }))
		: ['main'];

/** The same. */
const listed = (chosen: string[], names: Record<string, string>) =>
	chosen.map((choice) => names[choice] ?? choice).join(', ');

const named = (names: 'short' | 'name') =>
	Object.fromEntries(everyChoice.map((choice) => [choice.value, choice[names]]));

const CHOSEN = `(${eventsOf.toString()})($parameter)`;
const IS_PER_EVENT = `(${areSeparate.toString()})($parameter.separate_outputs, ${CHOSEN})`;

/** The expression for the outputs in the node's description. */
export const OUTPUTS: `={{${string}}}` = `={{ (${namedOutputs.toString()})(${CHOSEN}, ${IS_PER_EVENT}, ${JSON.stringify(named('short'))}, '${ALL_EVENTS}') }}`;

/** What the editor shows under the name of the node: the events. */
export const SUBTITLE: `={{${string}}}` = `={{ (${listed.toString()})(${CHOSEN}, ${JSON.stringify(named('name'))}) }}`;
