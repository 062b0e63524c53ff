/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as realTimeout } from 'node:timers';

/** The channels that report requests and replies in transit. */
const TRAFFIC = [
	'http.client.request.start',
	'http.client.response.finish',
	'http.server.request.start',
	'http.server.response.finish',
];

/** The number of quiet milliseconds after which the clock moves on. */
const QUIET_TURNS = 3;

/**
 * Keeps the tests of the file, or of the `describe` block, from waiting for real: whenever nothing is going on but
 * waiting, the clock moves on to when the next wait ends. `Date.now()` moves with it and stands still
 * otherwise, so whoever measures a time sees what it would have been.
 */
export function skipWaits(): void {
	let stop: () => void;
	beforeEach(() => (stop = startSkipping()));
	afterEach(() => stop());
}

/** Moves the clock on by so many milliseconds, in a test that skips waits, without ending any wait. */
export const passes = (ms: number): void => void jest.setSystemTime(Date.now() + ms);

function startSkipping(): () => void {
	jest.useFakeTimers({
		doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'],
	});
	let quietTurns = 0;
	let isOver = false;
	const onTraffic = () => void (quietTurns = 0);
	for (const channel of TRAFFIC) subscribe(channel, onTraffic);
	const turn = () => {
		if (isOver) return;
		quietTurns += 1;
		if (quietTurns > QUIET_TURNS) {
			quietTurns = 0;
			jest.advanceTimersToNextTimer();
			// The fake clock counts whole milliseconds, so a wait of less than one would never end.
			jest.advanceTimersByTime(1);
		}
		// What has arrived meanwhile is seen to first.
		realTimeout(() => setImmediate(turn), 1);
	};
	turn();
	return () => {
		isOver = true;
		for (const channel of TRAFFIC) unsubscribe(channel, onTraffic);
		jest.useRealTimers();
	};
}
