import type { Faults } from '../simulator/faults';

/**
 * Lets a simulator answer late and go wrong now and then: one request in twenty breaks off before or
 * after its effect, one in twenty is answered 500 after its effect, and one in twenty 429.
 */
export function badWeather(
	faults: Faults,
	{ latencyMs, seed = 1 }: { latencyMs: number; seed?: number },
) {
	const random = randomNumbers(seed);
	let decided: number | undefined;
	// The simulator reads this twice for each request, and then decides what goes wrong.
	Object.defineProperty(faults, 'latencyMs', {
		get() {
			if (decided !== undefined) {
				const ms = decided;
				decided = undefined;
				return ms;
			}
			const fate = random();
			if (fate < 0.025) faults.dropNext(1);
			else if (fate < 0.05) faults.dropNext(1, { after: true });
			else if (fate < 0.1) faults.failNext(1, 500, { after: true });
			else if (fate < 0.15) faults.failNext(1, 429);
			return (decided = 1 + random() * latencyMs);
		},
	});
}

/** The same numbers from 0 to 1 for the same seed. Source: mulberry32. */
function randomNumbers(seed: number) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}
