import { BoundedMap } from '../shared/boundedMap';
import { isLater, laterOf } from '../shared/isLater';
import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';

const MOST_LEGS = 5_000;

/** When the last key of a leg was pressed that an execution of this process used. ISO 8601. */
const usedAt = new BoundedMap<string, string>(MOST_LEGS);

/**
 * Notes a key as used. Events can overtake each other, and a key that was used stays used.
 * @param at when it was pressed. ISO 8601.
 */
export const noteKeyUsed = (leg: string, at: string): void =>
	void usedAt.set(leg, laterOf(at, usedAt.get(leg)));

/** Whether a key was used already, perhaps by another execution that owns the leg, such as a sub-workflow. */
export function wasKeyUsed(event: TelnyxEvent): boolean {
	const { occurred_at: at } = event;
	const used = usedAt.get(String(payloadOf(event).call_control_id));
	return typeof at === 'string' && used !== undefined && !isLater(at, used);
}
