import { ALL_INVISIBLE } from '../../shared/invisible';
import { ALL_EVENTS, everyChoice, ownChoices } from '../../telnyx/events';
import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { eventsOf } from './parameters';

/** The selected entry that an event belongs to: its kind or type, otherwise the narrowest group; undefined if none. */
export const selectionFor = (event: TelnyxEvent, selected: readonly string[]): string | undefined =>
	ownChoices(event.event_type, payloadOf(event)).find((choice) => selected.includes(choice)) ??
	selected
		.filter(
			(choice) => choice.endsWith(ALL_EVENTS) && event.event_type.startsWith(choice.slice(0, -1)),
		)
		.sort((a, b) => b.length - a.length)[0];

/** The selected entries that have their own output, in order. All other events use the last output. */
const ownOutputs = (selected: readonly string[]) =>
	selected.filter((choice) => choice !== ALL_EVENTS);

/** The index of the output for an event, with one output per event. */
export const outputIndex = (event: TelnyxEvent, selected: readonly string[]): number => {
	const own = ownOutputs(selected);
	const index = own.indexOf(selectionFor(event, selected) ?? ALL_EVENTS);
	return index >= 0 ? index : own.length;
};

/** How many outputs a node with one per event has. */
export const outputCount = (selected: readonly string[]): number =>
	ownOutputs(selected).length + (selected.includes(ALL_EVENTS) ? 1 : 0);

/** Whether each event has an output of its own. Its text also runs in the editor. */
export const areSeparate = (isWanted: boolean, selected: readonly string[]): boolean =>
	isWanted && selected.length > 1;

/** Runs in the editor as the text of an expression, so it needs nothing but its arguments. */
const namedOutputs = (
	selected: string[],
	isPerEvent: boolean,
	names: Record<string, string>,
	all: string,
) =>
	isPerEvent
		? [
				...selected.filter((choice) => choice !== all),
				...selected.filter((choice) => choice === all),
			].map((choice) => ({ type: 'main', displayName: names[choice] ?? choice }))
		: ['main'];

/** The same. */
const listed = (selected: string[], names: Record<string, string>) =>
	selected.map((choice) => names[choice] ?? choice).join(', ');

const named = (names: 'short' | 'name') =>
	Object.fromEntries(everyChoice.map((choice) => [choice.value, choice[names]]));

const SELECTED = `(${eventsOf.toString()})($parameter, ${ALL_INVISIBLE})`;
const IS_PER_EVENT = `(${areSeparate.toString()})($parameter.separate_outputs, ${SELECTED})`;

/** The expression for the outputs in the node's description. */
export const OUTPUTS: `={{${string}}}` = `={{ (${namedOutputs.toString()})(${SELECTED}, ${IS_PER_EVENT}, ${JSON.stringify(named('short'))}, '${ALL_EVENTS}') }}`;

/** What the editor shows under the name of the node: the events. */
export const SUBTITLE: `={{${string}}}` = `={{ (${listed.toString()})(${SELECTED}, ${JSON.stringify(named('name'))}) }}`;
