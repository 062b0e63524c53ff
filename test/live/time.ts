import { realClock, type Clock } from '../simulator/clock';

/** The time of a run. Against the simulator it is moved on by hand, so that nobody has to wait. */
export interface Time extends Pick<Clock, 'now' | 'after'> {
	/**
	 * Lets time pass.
	 * @throws Stopped
	 */
	pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Somebody has ended the run. */
class Stopped extends Error {
	constructor() {
		super('The run was stopped');
	}
}

/** The system's time. */
export function realTime(): Time {
	const { after, now } = realClock();
	return {
		after,
		now,
		async pause(ms, signal) {
			if (signal.aborted) throw new Stopped();
			await new Promise<void>((resolve, reject) => {
				const stop = () => {
					cancel();
					reject(new Stopped());
				};
				const cancel = after(ms, () => {
					signal.removeEventListener('abort', stop);
					resolve();
				});
				signal.addEventListener('abort', stop, { once: true });
			});
		},
	};
}

/** How far the time moves between two looks at what has happened, in milliseconds. */
const STEP_MS = 100;

/**
 * Time that passes only while somebody waits, and as fast as the machine allows.
 * @param settled resolves when everything that does not wait for time to pass has happened
 */
export function steppedTime(
	clock: Clock & { advance: (ms: number) => void },
	settled: () => Promise<void>,
): Time {
	return {
		after: clock.after,
		now: clock.now,
		async pause(ms, signal) {
			const end = clock.now() + ms;
			while (clock.now() < end) {
				await settled();
				if (signal.aborted) throw new Stopped();
				clock.advance(Math.min(STEP_MS, end - clock.now()));
			}
			await settled();
		},
	};
}
