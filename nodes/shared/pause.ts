import { sleep } from 'n8n-workflow';

/** How long a cancellation may go unnoticed. */
export const SLICE_MS = 250;

/** The user, a timeout or a shutdown ended the execution. */
export class CanceledError extends Error {
	constructor() {
		super('The execution was canceled');
	}
}

/**
 * Waits, and stops waiting when the execution is canceled. In slices, because n8n's `sleep` cannot be
 * called off in every version of n8n.
 * @throws CanceledError
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	const end = Date.now() + ms;
	for (let left = ms; left > 0; left = end - Date.now()) {
		throwIfCanceled(signal);
		await sleep(Math.min(left, SLICE_MS));
	}
	throwIfCanceled(signal);
}

/** @throws CanceledError */
export function throwIfCanceled(signal?: AbortSignal): void {
	if (signal?.aborted) throw new CanceledError();
}

/** The time and waiting for it to pass. Handed in, so that tests do not have to wait. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** @throws CanceledError */
	pause(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = { now: () => Date.now(), pause };
