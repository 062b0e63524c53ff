/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
/** The simulator's source of time, so that tests can control it. */
export interface Clock {
	/** Milliseconds since 1970. */
	now: () => number;
	/** Runs something later; returns a function that cancels it. */
	after: (ms: number, run: () => void) => () => void;
	/** Cancels everything. */
	clear: () => void;
}

/** The system clock. */
export function realClock(): Clock {
	const timers = new Set<NodeJS.Timeout>();
	return {
		now: () => Date.now(),
		after(ms, run) {
			const timer = setTimeout(() => {
				timers.delete(timer);
				run();
			}, ms);
			timers.add(timer);
			return () => {
				timers.delete(timer);
				clearTimeout(timer);
			};
		},
		clear() {
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
		},
	};
}

/**
 * A clock that only moves when told to.
 * @param start defaults to the current time, because signatures have to be recent
 * @returns `advance` runs what is due, in order
 */
export function manualClock(start = Date.now()): Clock & { advance: (ms: number) => void } {
	let now = start;
	const due: Set<{ at: number; run: () => void }> = new Set();
	const next = () => [...due].sort((a, b) => a.at - b.at).at(0);
	return {
		now: () => now,
		after(ms, run) {
			const entry = { at: now + ms, run };
			due.add(entry);
			return () => due.delete(entry);
		},
		clear: () => due.clear(),
		advance(ms) {
			const end = now + ms;
			for (let entry = next(); entry && entry.at <= end; entry = next()) {
				due.delete(entry);
				now = entry.at;
				entry.run();
			}
			now = end;
		},
	};
}
