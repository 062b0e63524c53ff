import type { IDataObject } from 'n8n-workflow';

import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { ALL_EVENTS, commonPayload, events, findEvent, groups } from '../../telnyx/events';
import { eventsOf, OUTPUT_PER_EVENT } from '../form/parameters';

/** The choice that an event belongs to: itself, else the narrowest group; undefined if not wanted. */
export function choiceFor(type: string, chosen: readonly string[]): string | undefined {
	if (chosen.includes(type)) return type;
	return chosen
		.filter((choice) => choice.endsWith(ALL_EVENTS) && type.startsWith(choice.slice(0, -1)))
		.sort((a, b) => b.length - a.length)[0];
}

/** The choices that have an output of their own, in order. Everything else comes out of the last one. */
const ownOutputs = (chosen: readonly string[]) => chosen.filter((choice) => choice !== ALL_EVENTS);

/** The number of the output for an event. */
export const outputIndex = (type: string, chosen: readonly string[]): number => {
	const own = ownOutputs(chosen);
	const index = own.indexOf(choiceFor(type, chosen) ?? ALL_EVENTS);
	return index >= 0 ? index : own.length;
};

/** How many outputs a node with one per event has. */
export const outputCount = (chosen: readonly string[]): number =>
	ownOutputs(chosen).length + (chosen.includes(ALL_EVENTS) ? 1 : 0);

/**
 * The editor works this out by itself from the parameters, so it is text: a function that needs nothing
 * but its arguments.
 */
const namedOutputs = (
	chosen: string[],
	isSplit: boolean,
	names: Record<string, string>,
	all: string,
) => {
	if (!isSplit || chosen.length === 0) return ['main'];
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

/** One flat object with what most workflows need. Of an event that nobody knows yet, everything. */
export function simplified(event: TelnyxEvent): IDataObject {
	const { event_type, id, occurred_at, client_state } = event;
	const payload = payloadOf(event);
	const record = findEvent(event_type);
	const wanted = record
		? Object.keys({ ...commonPayload, ...record.payload })
		: Object.keys(payload);
	const fields = wanted.filter((name) => payload[name] !== undefined);
	// What the event itself is called must not give way to fields of its payload.
	const own = { event_type, id, occurred_at };
	return {
		...own,
		...Object.fromEntries(fields.map((name) => [name, payload[name]])),
		...own,
		client_state,
	};
}
