import { ALL_EVENTS, events, groups } from '../../telnyx/events';
import { eventsOf, OUTPUT_PER_EVENT } from './parameters';

/** The choice that an event belongs to: itself, else the narrowest group; undefined if none. */
export function choiceFor(type: string, chosen: readonly string[]): string | undefined {
	if (chosen.includes(type)) return type;
	return chosen
		.filter((choice) => choice.endsWith(ALL_EVENTS) && type.startsWith(choice.slice(0, -1)))
		.sort((a, b) => b.length - a.length)[0];
}

/** The choices that have an output of their own, in order. All other events use the last output. */
const ownOutputs = (chosen: readonly string[]) => chosen.filter((choice) => choice !== ALL_EVENTS);

/** The index of the output for an event, with one output per event. */
export const outputIndex = (type: string, chosen: readonly string[]): number => {
	const own = ownOutputs(chosen);
	const index = own.indexOf(choiceFor(type, chosen) ?? ALL_EVENTS);
	return index >= 0 ? index : own.length;
};

/** How many outputs a node with one per event has. */
export const outputCount = (chosen: readonly string[]): number =>
	ownOutputs(chosen).length + (chosen.includes(ALL_EVENTS) ? 1 : 0);

/** Runs in the editor as the text of an expression, so it needs nothing but its arguments. */
const namedOutputs = (
	chosen: string[],
	isPerEvent: boolean,
	names: Record<string, string>,
	all: string,
) => {
	if (!isPerEvent || chosen.length === 0) return ['main'];
	return [
		...chosen.filter((choice) => choice !== all),
		...chosen.filter((choice) => choice === all),
	].map((choice) => ({ type: 'main', displayName: names[choice] ?? choice }));
};

const NAMES = {
	...Object.fromEntries([...events, ...groups].map(({ type, name }) => [type, name])),
	[ALL_EVENTS]: 'Other',
};

/** The expression for the outputs in the node's description. */
export const OUTPUTS: `={{${string}}}` = `={{ (${namedOutputs.toString()})((${eventsOf.toString()})($parameter), $parameter.options?.outputs === '${OUTPUT_PER_EVENT}', ${JSON.stringify(NAMES)}, '${ALL_EVENTS}') }}`;
