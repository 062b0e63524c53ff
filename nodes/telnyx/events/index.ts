import { assistantEvents } from './assistant';
import { callEvents } from './call';
import { conferenceEvents } from './conference';
import type { EventKind, EventNames, VoiceEvent } from './event';
import { siprecEvents } from './siprec';
import { streamingEvents } from './streaming';

export { commonPayload, type VoiceEvent } from './event';

/** A group of events, including those that Telnyx adds later. */
interface EventGroup extends EventNames {
	/** A pattern for `event_type`, with `*` at its end. */
	readonly type: string;
}

/** Selects every event. */
export const ALL_EVENTS = '*';

/** The groups that the trigger offers. */
export const groups: readonly EventGroup[] = [
	{
		type: 'call.*',
		name: 'All Call Events',
		when: 'anything happens on a call',
		short: 'Call Events',
		description: 'Everything that happens on a call, mostly 3 to 10 events',
	},
	{
		type: 'conference.*',
		name: 'All Conference Events',
		when: 'anything happens in a conference',
		short: 'Conferences',
		description: 'Everything that happens in a conference',
	},
	{
		type: 'siprec.*',
		name: 'All SIPREC Events',
		when: 'anything happens to a SIPREC session',
		short: 'SIPREC',
		description: 'Everything that happens to a SIPREC session',
	},
	{
		type: 'streaming.*',
		name: 'All Streaming Events',
		when: 'anything happens to a media stream',
		short: 'Streaming',
		description: 'Everything that happens to a media stream',
	},
	{
		type: ALL_EVENTS,
		name: 'All Events',
		when: 'anything happens',
		short: 'Other',
		description: 'Every event of the application, also those that are not listed here',
	},
];

const all = [
	...callEvents,
	...conferenceEvents,
	...assistantEvents,
	...siprecEvents,
	...streamingEvents,
] as const;

/** The `event_type` of an event that the catalogue has. */
export type VoiceEventType = (typeof all)[number]['type'];

/** All events, the commonest ones first. */
export const events: readonly VoiceEvent[] = all;

const byType: ReadonlyMap<string, VoiceEvent> = new Map(events.map((event) => [event.type, event]));

/** The record of an event type, if the catalogue has it. */
const findEvent = (type: string): VoiceEvent | undefined => byType.get(type);

/** What can be chosen: an event, a kind of one, or a group. */
interface EventChoice extends EventNames {
	/** An event type, one followed by the key of a kind, or the pattern of a group. */
	readonly value: string;
	/** Telnyx' `event_type`, or the pattern of a group. */
	readonly type: string;
}

const kindValue = (type: string, { key }: EventKind) => `${type}:${key}`;

const choicesOf = (event: VoiceEvent): EventChoice[] => [
	{ ...event, value: event.type },
	...(event.kinds ?? []).map((kind) => ({
		...kind,
		type: event.type,
		value: kindValue(event.type, kind),
	})),
];

/** Everything that can be chosen, whether the trigger offers it or not. */
export const everyChoice: readonly EventChoice[] = [
	...events.flatMap(choicesOf),
	...groups.map((group) => ({ ...group, value: group.type })),
];

/** What the trigger offers, the commonest first. */
export const offeredChoices: readonly EventChoice[] = everyChoice.filter(
	({ value }) => findEvent(value)?.kinds === undefined,
);

/**
 * The choices that are an event or a kind of it, the narrowest first.
 * @param payload of the event
 */
export const ownChoices = (type: string, payload: Readonly<Record<string, unknown>>): string[] => [
	...(findEvent(type)?.kinds ?? [])
		.filter(({ where }) => Object.entries(where).every(([name, value]) => payload[name] === value))
		.map((kind) => kindValue(type, kind)),
	type,
];
