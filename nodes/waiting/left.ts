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
