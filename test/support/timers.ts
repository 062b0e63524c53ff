/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */

/**
 * Clears the timers that the tests of a file leave behind, such as those between the tries to reach an
 * execution that is gone. They would keep jest's process alive, and act during the tests of another file.
 */
const left = new Set<NodeJS.Timeout>();
let isOver = false;
const { setTimeout: begin, clearTimeout: end } = globalThis;

const noted = (act: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) => {
	const timer = begin(() => {
		left.delete(timer);
		act(...values);
	}, ms);
	left.add(timer);
	// What is still on its way when the tests are over may set more of them.
	if (isOver) timer.unref();
	return timer;
};

globalThis.setTimeout = Object.assign(noted, begin) as typeof setTimeout;
globalThis.clearTimeout = (timer) => {
	left.delete(timer as NodeJS.Timeout);
	end(timer);
};

afterAll(() => {
	isOver = true;
	for (const timer of left) end(timer);
});
