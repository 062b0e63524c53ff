import type { IDataObject } from 'n8n-workflow';

import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import { waitForEvent } from '../catalogue/call/waitForEvent';
import type { Operation } from '../catalogue/schema/operation';

/** The end of a leg. */
export const HANGUP = 'call.hangup';

/** How a wait ended: as the command meant it, as Telnyx reports a failure, with the call, or in vain. */
export type Outcome = 'success' | 'failure' | 'ended' | 'timeout';

/** What an execution waits for. */
export interface Awaited extends IDataObject {
	/** Event types that end the wait well. */
	success: string[];
	failure: string[];
	/** A `status` or `result` of the former that is a failure all the same. */
	failed_with: string[];
	/** The leg. */
	call_control_id: string;
	/** In the address that a command gave to Telnyx: tells its own events from those of other legs. */
	mark: string;
}

/**
 * Whether Telnyx reports the outcome of an operation to an address that a call can carry. That a call has
 * been hung up is reported at once, before n8n could wait for it, and its answer says as much.
 */
export const canWait = ({ request, events }: Operation): boolean =>
	events.success.some((type) => type !== HANGUP) &&
	/^POST \/calls(?:$|\/\{call_control_id\})/.test(request);

/** Whether an operation can say where the events of a call go. */
export const takesEvents = ({ fields }: Operation): boolean => 'webhook_urls' in fields;

/** Every event that a node of this package can wait for. */
export const awaitable: readonly string[] = Object.keys(waitForEvent.fields.events.choices);

/** The events that end a wait for a command, given its fields. */
export function awaitedEvents({ events }: Operation, values: IDataObject) {
	const { answering_machine_detection: detection = 'disabled' } = values;
	const detected = events.detected ?? [];
	const success = detection !== 'disabled' && detected.length > 0 ? detected : events.success;
	return {
		success: [...success],
		failure: [...events.failure],
		failed_with: [...(events.failedWith ?? [])],
	};
}

/**
 * What an event says about what is awaited; undefined if it says nothing.
 * @param mark the one in the address to which the event came
 */
export function outcomeOf(
	event: TelnyxEvent,
	{ success, failure, failed_with, call_control_id: leg, mark: own }: Awaited,
	mark: unknown,
): Outcome | undefined {
	const { call_control_id: about, status, result } = payloadOf(event);
	// Some events, such as call.recording.saved, do not name the leg. The address is this execution's.
	const isOurs = about === undefined || about === null || about === leg || mark === own;
	if (!isOurs) return undefined;
	const { event_type: type } = event;
	if (failure.includes(type)) return 'failure';
	if (success.includes(type)) {
		if (status === 'call_hangup') return 'ended';
		return failed_with.some((one) => one === status || one === result) ? 'failure' : 'success';
	}
	return type === HANGUP ? 'ended' : undefined;
}
