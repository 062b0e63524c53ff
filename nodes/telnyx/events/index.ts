import { assistantEvents } from './assistant';
import { callEvents } from './call';
import { conferenceEvents } from './conference';
import type { VoiceEvent } from './event';
import { siprecEvents } from './siprec';
import { streamingEvents } from './streaming';

export { commonPayload, type VoiceEvent } from './event';

/** A group of events, including those that Telnyx adds later. */
export interface EventGroup {
	/** A pattern for `event_type`, with `*` at its end. */
	readonly type: string;
	readonly name: string;
	readonly description: string;
}

/** Selects every event. */
export const ALL_EVENTS = '*';

/** The groups that the trigger offers, in alphabetical order of their names. */
export const groups: readonly EventGroup[] = [
	{
		type: 'call.*',
		name: 'All Call Events',
		description: 'Everything that happens on a leg. A call has 3 to 10 of these.',
	},
	{
		type: 'conference.*',
		name: 'All Conference Events',
		description: 'Everything that happens in a conference',
	},
	{
		type: ALL_EVENTS,
		name: 'All Events',
		description: 'Every event of the application, also those that are not listed here',
	},
	{
		type: 'siprec.*',
		name: 'All SIPREC Events',
		description: 'Everything that happens to a SIPREC session',
	},
	{
		type: 'streaming.*',
		name: 'All Streaming Events',
		description: 'Everything that happens to a media stream',
	},
];

const all = [
	...assistantEvents,
	...callEvents,
	...conferenceEvents,
	...siprecEvents,
	...streamingEvents,
] as const;

/** The `event_type` of an event that the catalogue has. */
export type VoiceEventType = (typeof all)[number]['type'];

/** The events that the trigger offers, in alphabetical order of their names. */
export const events: readonly VoiceEvent[] = [...all].sort((a, b) =>
	a.name.localeCompare(b.name, 'en'),
);

const byType: ReadonlyMap<string, VoiceEvent> = new Map(events.map((event) => [event.type, event]));

/** The record of an event type, if the catalogue has it. */
export const findEvent = (type: string): VoiceEvent | undefined => byType.get(type);
