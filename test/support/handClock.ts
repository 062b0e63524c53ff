import type { Clock } from '../../nodes/shared/pause';

/** A clock that stands still until somebody waits: then it is later at once. */
export function handClock(start = 1_000_000): Clock & { readonly waited: number } {
	let now = start;
	return {
		now: () => now,
		async pause(ms) {
			now += ms;
			await Promise.resolve();
		},
		get waited() {
			return now - start;
		},
	};
}
