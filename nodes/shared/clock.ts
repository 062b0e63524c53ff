import { sleep } from 'n8n-workflow';

/** The time and waiting for it to pass. Handed in, so that tests do not have to wait. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = { now: () => Date.now(), sleep };
