import type { IDataObject } from 'n8n-workflow';

import { isLater } from '../shared/isLater';
import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import type { Wait } from './wait';

/** The events for the end of a leg, and for a key that was pressed on it. */
export const HANGUP = 'call.hangup' as const;
export const KEY = 'call.dtmf.received' as const;

/** The status of an announcement or a question that the end of the call cut off. */
export const CUT_OFF = 'call_hangup';

/**
 * How a wait ended: with the success of the command, with a key, with a failure or refusal by Telnyx, with
 * the end of the call, or because its time was over.
 */
export type Outcome = 'success' | 'key' | 'failure' | 'ended' | 'timeout';

/** The leg that an event is about: that of the wait, one that its command created, or another of the execution. */
type About = 'leg' | 'newLeg' | 'otherLeg' | 'none';

/** @param wait the name in the event's client state, if it has one */
function about(event: TelnyxEvent, awaited: Wait, wait: string | undefined): About {
	const { call_control_id: leg } = payloadOf(event);
	const isOfCommand = awaited.name !== '' && wait === awaited.name;
	if (typeof leg !== 'string' || leg === '') {
		return isOfCommand || wait === undefined || awaited.name === '' ? 'leg' : 'none';
	}
	if (leg === awaited.call_control_id) return 'leg';
	if (awaited.makes_leg && (isOfCommand || awaited.new_legs.includes(leg))) return 'newLeg';
	return awaited.other_legs.includes(leg) ? 'otherLeg' : 'none';
}

/** The leg that the command of a wait made, as an event names it, perhaps before the command's answer. */
export function newLegIn(event: TelnyxEvent, awaited: Wait, wait: string | undefined): string[] {
	const { call_control_id: leg } = payloadOf(event);
	return typeof leg === 'string' && about(event, awaited, wait) === 'newLeg' ? [leg] : [];
}

/**
 * The outcome that an event means for a wait; undefined if it means none.
 * @param wait the name of a wait in the event's client state, if it has one
 */
export function outcomeOf(
	event: TelnyxEvent,
	awaited: Wait,
	wait: string | undefined,
): Outcome | undefined {
	const which = about(event, awaited, wait);
	if (which === 'none') return undefined;
	const { event_type: type } = event;
	const isAwaited = awaited.success.includes(type);
	if (type === HANGUP) return hangupOutcome(which, isAwaited);
	if (which === 'otherLeg') return undefined;
	if (type === KEY) return keyOutcome(event, awaited, isAwaited);
	if (!isAwaited && !awaited.failure.includes(type)) return undefined;
	if (isOfAnotherCommand(event, awaited, wait)) return undefined;
	return isAwaited ? statusOutcome(event, awaited, which) : 'failure';
}

/** What a hangup means depends on whose leg it was: either the called party did not answer, or the call itself is over. */
function hangupOutcome(which: About, isAwaited: boolean): Outcome {
	if (which === 'otherLeg') return 'ended';
	if (isAwaited) return 'success';
	return which === 'newLeg' ? 'failure' : 'ended';
}

/**
 * Whether the ringing of a transfer was stopped. Telnyx does that when the caller leaves, and its report of
 * it may come before the one of the caller's own leg. A phone that nobody answers has another cause.
 */
export const isGivenUp = (
	event: TelnyxEvent,
	{ makes_leg, stops_ringing: isDialed }: Wait,
): boolean =>
	event.event_type === HANGUP &&
	makes_leg &&
	!isDialed &&
	payloadOf(event).hangup_cause === 'originator_cancel';

function keyOutcome(event: TelnyxEvent, awaited: Wait, isAwaited: boolean): Outcome | undefined {
	const { occurred_at: pressedAt } = event;
	if (typeof pressedAt === 'string' && !isLater(pressedAt, awaited.keys_after)) return undefined;
	if (awaited.stops_on_key) return 'key';
	return isAwaited ? 'success' : undefined;
}

/** The end of an earlier announcement or of another recording says nothing about this one. */
function isOfAnotherCommand(
	event: TelnyxEvent,
	{ name, ties }: Wait,
	wait: string | undefined,
): boolean {
	const payload = payloadOf(event);
	const differs = Object.entries(ties).some(
		([field, value]) => names(payload, field) && payload[field] !== value,
	);
	return (
		differs ||
		isOfAnotherSource(payload, ties) ||
		(name !== '' && wait !== undefined && wait !== name)
	);
}

/** Telnyx names what a playback was started with: an address or a stored file. */
const SOURCES = ['media_url', 'media_name'];

const isOfAnotherSource = (payload: IDataObject, ties: IDataObject): boolean => {
	const named = SOURCES.filter((field) => names(payload, field));
	const isFromSource = SOURCES.some((field) => field in ties);
	return isFromSource && named.length > 0 && !named.some((field) => field in ties);
};

/** A field that is there may be empty. */
const names = (payload: IDataObject, field: string): boolean =>
	payload[field] !== undefined && payload[field] !== null && payload[field] !== '';

function statusOutcome(event: TelnyxEvent, { good_statuses: good }: Wait, which: About): Outcome {
	const { status, result } = payloadOf(event);
	if (status === CUT_OFF) return which === 'newLeg' ? 'failure' : 'ended';
	// The result of a conversation is what was gathered, and no status.
	const said = status ?? (typeof result === 'string' ? result : undefined);
	const isGood = good.length === 0 || said === undefined || good.some((one) => one === said);
	return isGood ? 'success' : 'failure';
}

/** What happened, in a sentence without its period. */
export function whatHappened(outcome: Outcome, event: TelnyxEvent, awaited: Wait): string {
	const { event_type: type } = event;
	const { call_control_id: leg, status } = payloadOf(event);
	if (outcome === 'ended') {
		return typeof leg === 'string' && awaited.other_legs.includes(leg)
			? 'The other leg of the call hung up first'
			: 'The call ended before this was finished';
	}
	if (type === HANGUP) {
		if (awaited.success.includes('call.answered')) return 'The call was not answered';
		return awaited.success.includes('call.bridged')
			? 'The call was not connected'
			: 'The call ended before the detection had a result';
	}
	return typeof status === 'string'
		? `Telnyx reports ${type} with the status '${status}'`
		: `Telnyx reports ${type}`;
}
