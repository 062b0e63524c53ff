import type { Wait } from './wait';

const MOST_KEPT = 1_000;

/** Waits for a dialed call that ended because its caller left before Telnyx had said which call it is. */
const left = new Set<string>();

/** The call has to be hung up as soon as it is known. */
export function noteLeft({ secret_hash: wait }: Wait): void {
	if (left.size >= MOST_KEPT) left.clear();
	left.add(wait);
}

/** Whether that is so, once. */
export const hasLeft = ({ secret_hash: wait }: Wait): boolean => left.delete(wait);

const over = new Map<string, unknown>();

/**
 * A wait has ended while its commands were perhaps still being sent.
 * @param stays the leg that goes on, if one does
 */
export function noteOver({ secret_hash: wait }: Wait, stays: unknown): void {
	if (over.size >= MOST_KEPT) over.clear();
	over.set(wait, stays);
}

/** Whether a leg that a wait has just made is one that nobody needs any more. */
export const isTooLate = ({ secret_hash: wait }: Wait, leg: unknown): leg is string =>
	typeof leg === 'string' && over.has(wait) && over.get(wait) !== leg;
