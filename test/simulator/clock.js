// @ts-check

/**
 * Where the simulator takes its time from, so that tests can hold it in their hands.
 * @typedef {object} Clock
 * @property {() => number} now milliseconds since 1970
 * @property {(ms: number, run: () => void) => () => void} after runs something later; returns how to
 * call it off
 * @property {() => void} clear calls off everything
 */

/** The time of day. @returns {Clock} */
function realClock() {
	/** @type {Set<NodeJS.Timeout>} */
	const timers = new Set();
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
 * A clock that stands still until it is told to move.
 * @param {number} [start] it begins now unless told otherwise: signatures have to be fresh
 * @returns {Clock & { advance: (ms: number) => void }} `advance` runs what is due, in order
 */
function manualClock(start = Date.now()) {
	let now = start;
	/** @type {Set<{ at: number, run: () => void }>} */
	const due = new Set();
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

module.exports = { manualClock, realClock };
