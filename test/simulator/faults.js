// @ts-check

/**
 * What is to go wrong.
 * @typedef {object} Faults
 * @property {number} latencyMs wait before every answer of the API
 * @property {(count: number, status?: number, how?: { after?: boolean }) => void} failNext
 * answers the next requests with this status (500); `after` the command was carried out, or instead
 * @property {(count: number, how?: { after?: boolean }) => void} dropNext
 * breaks the connection of the next requests off, `after` the command was carried out, or before
 * @property {(limit: { limit: number, windowMs: number } | null) => void} rateLimit
 * allows so many requests per window
 * @property {boolean} duplicateWebhooks every webhook comes twice
 * @property {boolean} reorderWebhooks two webhooks of a call that follow each other swap places
 * @property {number} delayWebhooksMs wait before every webhook
 * @property {() => void} reset everything goes well again
 * @property {() => FaultState} state
 */

/**
 * @typedef {object} FaultState
 * @property {number} latencyMs
 * @property {number} failing how many requests are still to fail
 * @property {number} dropping how many connections are still to break
 * @property {{ limit: number, windowMs: number } | null} rateLimit
 * @property {boolean} duplicateWebhooks
 * @property {boolean} reorderWebhooks
 * @property {number} delayWebhooksMs
 */

/** @typedef {{ kind: 'fail', status: number, after: boolean } | { kind: 'drop', after: boolean }} Mishap */

/**
 * @param {() => number} now milliseconds
 * @param {() => void} changed
 */
function makeFaults(now, changed) {
	const settings = {
		latencyMs: 0,
		duplicateWebhooks: false,
		reorderWebhooks: false,
		delayWebhooksMs: 0,
	};
	/** @type {Mishap[]} */
	let mishaps = [];
	/** @type {{ limit: number, windowMs: number, startedAt: number, used: number } | null} */
	let allowance = null;
	const count = (/** @type {Mishap['kind']} */ kind) =>
		mishaps.filter((mishap) => mishap.kind === kind).length;

	/** @type {Faults} */
	const faults = {
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

module.exports = { makeFaults };
