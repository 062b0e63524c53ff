/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-explicit-any -- test code, never shipped */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long what a test does may take until it counts as hung. It is no measure: a machine that has much
 * else to do takes long for everything.
 */
export const PATIENCE_MS = 60_000;
/** At first what is asked for has often just happened; later it takes longer anyway. */
const SHORTEST_POLL_MS = 2;
const LONGEST_POLL_MS = 100;

/**
 * Asks again and again until the answer is something.
 * @param what for the message when time is up
 */
export async function eventually<T>(
	what: string,
	ask: () => T | Promise<T>,
	patienceMs: number = PATIENCE_MS,
): Promise<Exclude<T, undefined | null | false>> {
	const end = Date.now() + patienceMs;
	for (let ms = SHORTEST_POLL_MS; ; ms = Math.min(ms * 2, LONGEST_POLL_MS)) {
		const answer = await ask();
		if (answer) return answer as any;
		if (Date.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
		await sleep(ms);
	}
}

/** Lets the process do what is ready to be done, so many times. */
export async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
