/** What is to go wrong. */
export interface Faults {
	/** Wait before every answer of the API. */
	latencyMs: number;
	/** Answers the next requests with this status (500); `after` the command was carried out, or instead. */
	failNext: (count: number, status?: number, how?: { after?: boolean }) => void;
	/** Breaks the connection of the next requests off, `after` the command was carried out, or before. */
	dropNext: (count: number, how?: { after?: boolean }) => void;
	/** Allows so many requests per window. */
	rateLimit: (limit: { limit: number; windowMs: number } | null) => void;
	/** Every webhook comes twice. */
	duplicateWebhooks: boolean;
	/** Two webhooks of a call that follow each other swap places. */
	reorderWebhooks: boolean;
	/** Wait before every webhook. */
	delayWebhooksMs: number;
	/** Everything goes well again. */
	reset: () => void;
	state: () => FaultState;
}

export interface FaultState {
	latencyMs: number;
	/** How many requests are still to fail. */
	failing: number;
	/** How many connections are still to break. */
	dropping: number;
	rateLimit: { limit: number; windowMs: number } | null;
	duplicateWebhooks: boolean;
	reorderWebhooks: boolean;
	delayWebhooksMs: number;
}

export type Mishap =
	| { kind: 'fail'; status: number; after: boolean }
	| { kind: 'drop'; after: boolean };

/** @param now milliseconds */
export function makeFaults(now: () => number, changed: () => void) {
	const settings = {
		latencyMs: 0,
		duplicateWebhooks: false,
		reorderWebhooks: false,
		delayWebhooksMs: 0,
	};
	let mishaps: Mishap[] = [];
	let allowance: { limit: number; windowMs: number; startedAt: number; used: number } | null = null;
	const count = (kind: Mishap['kind']) => mishaps.filter((mishap) => mishap.kind === kind).length;

	const faults: Faults = {
		...settings,
		failNext(times, status = 500, { after = false } = {}) {
			mishaps.push(...Array(times).fill({ kind: 'fail', status, after }));
			changed();
		},
		dropNext(times, { after = false } = {}) {
			mishaps.push(...Array(times).fill({ kind: 'drop', after }));
			changed();
		},
		rateLimit(limit) {
			allowance = limit && { ...limit, startedAt: now(), used: 0 };
			changed();
		},
		reset() {
			Object.assign(faults, settings);
			mishaps = [];
			allowance = null;
			changed();
		},
		state: () => ({
			latencyMs: faults.latencyMs,
			failing: count('fail'),
			dropping: count('drop'),
			rateLimit: allowance && { limit: allowance.limit, windowMs: allowance.windowMs },
			duplicateWebhooks: faults.duplicateWebhooks,
			reorderWebhooks: faults.reorderWebhooks,
			delayWebhooksMs: faults.delayWebhooksMs,
		}),
	};

	/** What goes wrong with the request that came just now. */
	function takeMishap() {
		const mishap = mishaps.shift();
		if (mishap) changed();
		return mishap;
	}

	/** Counts a request, and says how many more are allowed; undefined without a limit. */
	function takeAllowance() {
		if (!allowance) return undefined;
		const { limit, windowMs } = allowance;
		if (now() >= allowance.startedAt + windowMs) {
			allowance.startedAt = now();
			allowance.used = 0;
		}
		allowance.used += 1;
		const resetMs = allowance.startedAt + windowMs - now();
		return {
			exceeded: allowance.used > limit,
			headers: {
				'x-ratelimit-limit': String(limit),
				'x-ratelimit-remaining': String(Math.max(0, limit - allowance.used)),
				'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
			},
		};
	}

	return { faults, takeAllowance, takeMishap };
}
