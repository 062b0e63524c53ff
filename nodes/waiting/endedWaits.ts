import { ByWait } from './byWait';
import type { Wait } from './wait';

/** What is known of a wait for dialed calls that has ended, perhaps while its commands were still being sent. */
interface EndedWait {
	/** The caller has left, so that nobody needs any of the calls. */
	readonly callerLeft?: boolean;
	/** The leg that goes on, if one does. */
	readonly stays?: unknown;
}

const endedWaits = new ByWait<EndedWait>();

/** From now on, every call that becomes known for this wait has to be hung up. */
export const noteCallerLeft = ({ secret_hash: wait }: Wait): void =>
	void endedWaits.set(wait, { callerLeft: true });

/** Whether the caller of a wait has left. */
export const hasCallerLeft = ({ secret_hash: wait }: Wait): boolean =>
	endedWaits.get(wait)?.callerLeft === true;

/** Notes that a wait has ended, and the leg that goes on, if one does. */
export const noteWaitEnded = ({ secret_hash: wait }: Wait, stays: unknown): void =>
	void endedWaits.set(wait, { ...endedWaits.get(wait), stays });

/** Whether a leg that a wait has just created is no longer needed. */
export function isNoLongerNeeded({ secret_hash: wait }: Wait, leg: unknown): leg is string {
	const known = endedWaits.get(wait);
	return (
		typeof leg === 'string' && known !== undefined && (known.callerLeft || known.stays !== leg)
	);
}
