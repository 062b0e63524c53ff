import type { Wait } from './wait';

const MOST_KEPT = 1_000;

/** Waits for dialed calls that ended because the caller left. */
const left = new Set<string>();

/** Calls of which it is learned from now on have to be hung up. */
export function noteLeft({ secret_hash: wait }: Wait): void {
	if (left.size >= MOST_KEPT) left.clear();
	left.add(wait);
}

/** Whether that is so. */
export const hasLeft = ({ secret_hash: wait }: Wait): boolean => left.has(wait);

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
export const isTooLate = (wait: Wait, leg: unknown): leg is string =>
	typeof leg === 'string' &&
	(hasLeft(wait) || (over.has(wait.secret_hash) && over.get(wait.secret_hash) !== leg));
