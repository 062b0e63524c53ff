/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { CanceledError, type Clock } from '../../nodes/shared/pause';

/** A clock that a test hands in and moves on. */
export interface HandClock extends Clock {
	/** Lets time pass, and ends the waits that are over by then, in their order. */
	passes(ms: number): Promise<void>;
	/** How long each wait still lasts, in milliseconds. */
	waitsMs(): number[];
	/** How far the clock has moved, in milliseconds. */
	readonly waited: number;
}

/**
 * A clock that starts at 0 and stands still.
 * @param options `skips`: a wait ends at once, and the clock has moved on by as much
 */
export function handClock({ skips = false } = {}): HandClock {
	let now = 0;
	const waits = new Set<{ until: number; end: () => void }>();
	const next = () => [...waits].sort((one, other) => one.until - other.until).at(0);
	return {
		now: () => now,
		async pause(ms, signal) {
			if (skips) {
				now += ms;
				return await Promise.resolve();
			}
			await new Promise<void>((end, fail) => {
				const wait = { until: now + ms, end };
				waits.add(wait);
				signal?.addEventListener('abort', () => {
					waits.delete(wait);
					fail(new CanceledError());
				});
			});
		},
		async passes(ms) {
			const until = now + ms;
			for (let wait = next(); wait && wait.until <= until; wait = next()) {
				waits.delete(wait);
				now = wait.until;
				wait.end();
				await settled();
			}
			now = until;
			await settled();
		},
		waitsMs: () => [...waits].map(({ until }) => until - now),
		get waited() {
			return now;
		},
	};
}

/** Lets everything go on that does not wait for time to pass. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));
