import { ByWait } from './byWait';
import type { Wait } from './wait';

/** What is known of a wait for dialed calls that has ended, perhaps while its commands were still being sent. */
interface Over {
	/** The caller has left, so that nobody needs any of the calls. */
	readonly callerLeft?: boolean;
	/** The leg that goes on, if one does. */
	readonly stays?: unknown;
}

const over = new ByWait<Over>();

/** From now on, every call that becomes known for this wait has to be hung up. */
export const noteLeft = ({ secret_hash: wait }: Wait): void =>
	void over.set(wait, { callerLeft: true });

/** Whether the caller of a wait has left. */
export const hasLeft = ({ secret_hash: wait }: Wait): boolean =>
	over.get(wait)?.callerLeft === true;

/** Notes that a wait has ended, and the leg that goes on, if one does. */
export const noteOver = ({ secret_hash: wait }: Wait, stays: unknown): void =>
	void over.set(wait, { ...over.get(wait), stays });

/** Whether a leg that a wait has just created is no longer needed. */
export function isTooLate({ secret_hash: wait }: Wait, leg: unknown): leg is string {
	const known = over.get(wait);
	return (
		typeof leg === 'string' && known !== undefined && (known.callerLeft || known.stays !== leg)
	);
}
