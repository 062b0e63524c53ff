/* eslint-disable @n8n/community-nodes/no-restricted-imports, @typescript-eslint/no-explicit-any -- test code, never shipped */
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 30_000;
const POLL_MS = 100;

/**
 * Asks again and again until the answer is something.
 * @param what for the message when time is up
 */
export async function eventually<T>(
	what: string,
	ask: () => T | Promise<T>,
	patienceMs: number = WAIT_MS,
): Promise<Exclude<T, undefined | null | false>> {
	const end = Date.now() + patienceMs;
	for (;;) {
		const answer = await ask();
		if (answer) return answer as any;
		if (Date.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
		await sleep(POLL_MS);
	}
}
