import type { Wait } from './wait';

const MOST_KEPT = 1_000;

/** Waits for dialed calls that ended because the caller left. */
const left = new Set<string>();

/** From now on, every call that becomes known for this wait has to be hung up. */
export function noteLeft({ secret_hash: wait }: Wait): void {
	if (left.size >= MOST_KEPT) left.clear();
	left.add(wait);
}

/** Whether the caller of a wait has left. */
export const hasLeft = ({ secret_hash: wait }: Wait): boolean => left.has(wait);

const over = new Map<string, unknown>();

/**
 * Notes that a wait has ended, perhaps while its commands were still being sent.
 * @param stays the leg that goes on, if one does
 */
export function noteOver({ secret_hash: wait }: Wait, stays: unknown): void {
	if (over.size >= MOST_KEPT) over.clear();
	over.set(wait, stays);
}

/** Whether a leg that a wait has just created is no longer needed. */
export const isTooLate = (wait: Wait, leg: unknown): leg is string =>
	typeof leg === 'string' &&
	(hasLeft(wait) || (over.has(wait.secret_hash) && over.get(wait.secret_hash) !== leg));
