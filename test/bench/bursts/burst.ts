/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
import { setTimeout as sleep } from 'node:timers/promises';

import { cpuMs } from '../../support/n8nProcesses';
import type { Behaviour, Carrier } from './carrier';
import { COMMANDS } from './flow';

const LONGEST_MS = 120_000;
const WARM_UP_CALLS = 10;

/** Calls that come, all at once or one after the other. */
export interface Case extends Behaviour {
	readonly name: string;
	readonly calls: number;
	/** Between one call and the next. */
	readonly everyMs: number;
}

export interface Took {
	readonly ms: number;
	/** Of n8n, which other programs hardly change. */
	readonly processorMs: number;
}

/** Starts at once; tells how long it took. */
export function stopwatch(): () => Took {
	const [startedAt, before] = [Date.now(), cpuMs()];
	return () => ({ ms: Date.now() - startedAt, processorMs: cpuMs() - before });
}

/** The first executions of a node take longer than all that follow. */
export async function warmUp(carrier: Carrier): Promise<void> {
	carrier.behaviour = { eventAfterMs: 0, sender: 'patient' };
	for (let index = 0; index < WARM_UP_CALLS; index += 1) carrier.ring();
	await through(carrier);
}

/** Waits until all calls have ended, or take too long. */
async function through(carrier: Carrier, longestMs: number = LONGEST_MS): Promise<void> {
	const until = Date.now() + longestMs;
	const areAll = () => [...carrier.calls.values()].every(({ endedAt }) => endedAt);
	while (!areAll() && Date.now() < until) await sleep(100);
	await carrier.settled();
}

/** What became of a burst. */
export interface Burst {
	readonly calls: number;
	/** How many were answered, and how many of these came to their end. */
	readonly began: number;
	readonly ended: number;
	/** Calls that were sent a command more than once, and those that were sent others than theirs. */
	readonly twice: number;
	readonly crossed: number;
	readonly lastMs: number;
	readonly processorMs: number;
}

/** Lets calls come, and waits until they have ended. */
export async function burst(
	carrier: Carrier,
	one: Case,
	longestMs: number = LONGEST_MS,
): Promise<Burst> {
	carrier.behaviour = one;
	carrier.calls.clear();
	carrier.attempts.length = 0;
	const startedAt = Date.now();
	const took = stopwatch();
	for (let index = 0; index < one.calls; index += 1) {
		carrier.ring();
		if (one.everyMs > 0) await sleep(one.everyMs);
	}
	await through(carrier, longestMs);
	const { processorMs } = took();
	const all = [...carrier.calls.values()];
	const ended = all.filter(({ endedAt }) => endedAt);
	if (process.env.DETAILS) console.error(carrier.summary());
	await sleep(5_000);
	return {
		calls: one.calls,
		began: all.filter(({ commands }) => commands.length > 0).length,
		ended: ended.length,
		twice: all.filter(({ commands }) => commands.length > COMMANDS.length).length,
		crossed: ended.filter(({ commands }) => commands.join() !== COMMANDS.join()).length,
		lastMs: Math.max(0, ...ended.map(({ endedAt }) => endedAt! - startedAt)),
		processorMs,
	};
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
