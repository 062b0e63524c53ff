import type { CallRefusal } from './refusals';

/** Faults that tests and the phone can switch on. */
export interface Faults {
	/** Delay before every API response. */
	latencyMs: number;
	/** Fails the next requests with this status (default 500): instead of the command, or `after` it was carried out. */
	failNext: (count: number, status?: number, how?: { after?: boolean }) => void;
	/** Closes the connection of the next requests: before the command, or `after` it was carried out. */
	dropNext: (count: number, how?: { after?: boolean }) => void;
	/** Limits requests per time window. */
	rateLimit: (limit: { limit: number; windowMs: number } | null) => void;
	/** Every webhook is delivered twice. */
	duplicateWebhooks: boolean;
	/** Consecutive webhooks of a call are delivered in the wrong order. */
	reorderWebhooks: boolean;
	/** Delay before every webhook. */
	delayWebhooksMs: number;
	/**
	 * When the events of a command are sent, in milliseconds after its response, or before it if
	 * negative. By default they are sent while the command is carried out.
	 */
	eventOffsetMs: number | null;
	/** Whether webhooks that were not accepted are repeated. */
	webhookRetries: boolean;
	/** Webhooks of a call do not wait for each other. */
	concurrentWebhooks: boolean;
	/** Refuses to place calls with 403 and this code until it is set to null. */
	refuseCalls: (code: CallRefusal | null) => void;
	/** Switches all faults off. */
	reset: () => void;
	state: () => FaultState;
}

export interface FaultState {
	latencyMs: number;
	/** How many more requests will fail. */
	failing: number;
	/** How many more connections will be closed. */
	dropping: number;
	rateLimit: { limit: number; windowMs: number } | null;
	duplicateWebhooks: boolean;
	reorderWebhooks: boolean;
	delayWebhooksMs: number;
	eventOffsetMs: number | null;
	webhookRetries: boolean;
	concurrentWebhooks: boolean;
	callRefusal: CallRefusal | null;
}

export type Failure =
	| { kind: 'fail'; status: number; after: boolean }
	| { kind: 'drop'; after: boolean };

/** @param now milliseconds */
export function makeFaults(now: () => number, changed: () => void) {
	const settings = {
		latencyMs: 0,
		duplicateWebhooks: false,
		reorderWebhooks: false,
		delayWebhooksMs: 0,
		eventOffsetMs: null,
		webhookRetries: true,
		concurrentWebhooks: false,
	};
	let failures: Failure[] = [];
	let usage: { limit: number; windowMs: number; startedAt: number; used: number } | null = null;
	let callRefusal: CallRefusal | null = null;
	const count = (kind: Failure['kind']) =>
		failures.filter((failure) => failure.kind === kind).length;

	const faults: Faults = {
		...settings,
		failNext(times, status = 500, { after = false } = {}) {
			failures.push(...Array(times).fill({ kind: 'fail', status, after }));
			changed();
		},
		dropNext(times, { after = false } = {}) {
			failures.push(...Array(times).fill({ kind: 'drop', after }));
			changed();
		},
		rateLimit(limit) {
			usage = limit && { ...limit, startedAt: now(), used: 0 };
			changed();
		},
		refuseCalls(code) {
			callRefusal = code;
			changed();
		},
		reset() {
			Object.assign(faults, settings);
			failures = [];
			usage = null;
			callRefusal = null;
			changed();
		},
		state: () => ({
			latencyMs: faults.latencyMs,
			failing: count('fail'),
			dropping: count('drop'),
			rateLimit: usage && { limit: usage.limit, windowMs: usage.windowMs },
			duplicateWebhooks: faults.duplicateWebhooks,
			reorderWebhooks: faults.reorderWebhooks,
			delayWebhooksMs: faults.delayWebhooksMs,
			eventOffsetMs: faults.eventOffsetMs,
			webhookRetries: faults.webhookRetries,
			concurrentWebhooks: faults.concurrentWebhooks,
			callRefusal,
		}),
	};

	/** The fault for the current request, if any. */
	function nextFailure() {
		const failure = failures.shift();
		if (failure) changed();
		return failure;
	}

	/** Counts a request against the rate limit; undefined without a limit. */
	function countAgainstLimit() {
		if (!usage) return undefined;
		const { limit, windowMs } = usage;
		if (now() >= usage.startedAt + windowMs) {
			usage.startedAt = now();
			usage.used = 0;
		}
		usage.used += 1;
		const resetMs = usage.startedAt + windowMs - now();
		return {
			exceeded: usage.used > limit,
			headers: {
				'x-ratelimit-limit': String(limit),
				'x-ratelimit-remaining': String(Math.max(0, limit - usage.used)),
				'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
			},
		};
	}

	return { faults, countAgainstLimit, nextFailure };
}
