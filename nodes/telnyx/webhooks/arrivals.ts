import { BoundedMap } from '../../shared/boundedMap';

const MOST_ARRIVALS = 10_000;

const arrivals = new BoundedMap<string, number>(MOST_ARRIVALS);

/**
 * When this process first received an event: Telnyx may have repeated it, or the trigger have handed it on.
 * @param now what counts if it is the first time, in milliseconds since 1970 like the result
 */
export function firstArrivalOf(eventId: string, now: number): number {
	const known = arrivals.get(eventId);
	if (known !== undefined) return known;
	arrivals.set(eventId, now);
	return now;
}
