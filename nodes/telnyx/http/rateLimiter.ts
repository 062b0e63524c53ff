import { SLICE_MS, systemClock, throwIfCanceled, type Clock } from '../../shared/pause';
import { backoff, retryAfter, untilRenewal, type Headers } from './retryPolicy';

interface Limits {
	/** How many requests may be in flight at once. */
	readonly mostAtOnce: number;
	/** How many may start within a second; no limit if undefined. */
	readonly perSecond?: number;
	/** For how long Telnyx may keep all requests waiting, in milliseconds. */
	readonly longestWaitMs: number;
	readonly signal?: AbortSignal;
}

/** Telnyx asks to wait for longer than the limit allows. */
export class RateLimitError extends Error {
	constructor(readonly seconds: number) {
		super(`Telnyx asks to wait ${seconds} seconds`);
	}
}

/** Another item has failed, so queued requests are no longer sent. */
export class StoppedError extends Error {}

/**
 * Queues all requests of a node run, first in, first out, and sends no more than Telnyx allows: a 429
 * blocks all requests, not only the one that received it, and halves the number that may be in flight.
 */
export class RateLimiter {
	private concurrency: number;
	private inFlight = 0;
	private blockedUntil = 0;
	/** Since when Telnyx has answered nothing but 429. */
	private blockedSince: number | undefined;
	/** How often in succession Telnyx has blocked all requests. */
	private blocks = 0;
	private isStopped = false;
	/** When the next request may start, if there is a limit per second. */
	private nextStart = 0;
	/** When Telnyx renews the allowance that it reports, as far as known. */
	private renewal = 0;
	private queue: Promise<void> = Promise.resolve();
	/** Wakes the first in the queue. */
	private wake: () => void = () => {};

	constructor(
		private readonly limits: Limits,
		private readonly clock: Clock = systemClock,
	) {
		this.concurrency = limits.mostAtOnce;
	}

	/**
	 * Sends a request when its turn has come, and adapts to the reply.
	 * @param outcomeUnknown whether an earlier try may have been carried out: then a stop does not hold it
	 * back, because another try may tell
	 * @throws RateLimitError, StoppedError, CanceledError, and whatever `send` throws
	 */
	async run<R extends { statusCode: number; headers: Headers }>(
		send: () => Promise<R>,
		outcomeUnknown: boolean,
	): Promise<R> {
		await this.turn(outcomeUnknown);
		try {
			const reply = await send();
			this.adaptTo(reply);
			return reply;
		} finally {
			this.inFlight -= 1;
			this.wake();
		}
	}

	/** Stops all queued requests, except those that may have been carried out before. */
	stop(): void {
		this.isStopped = true;
		this.wake();
	}

	/** Waits for all requests queued earlier, and then until it may start. */
	private async turn(outcomeUnknown: boolean): Promise<void> {
		const before = this.queue;
		let letNext: () => void = () => {};
		this.queue = new Promise((resolve) => (letNext = resolve));
		await before;
		try {
			await this.slot(outcomeUnknown);
		} finally {
			letNext();
		}
	}

	private async slot(outcomeUnknown: boolean): Promise<void> {
		const { perSecond, signal } = this.limits;
		for (;;) {
			throwIfCanceled(signal);
			if (this.isStopped && !outcomeUnknown) throw new StoppedError();
			const now = this.clock.now();
			this.throwIfBlockedTooLong(now);
			const wait = Math.max(this.blockedUntil, this.nextStart) - now;
			// In slices, because the replies to others can change how long it is worth waiting.
			if (wait > 0) await this.clock.pause(Math.min(wait, SLICE_MS), signal);
			else if (this.inFlight < this.concurrency) break;
			// A cancellation ends the requests that are in flight, so this does not outlast one.
			else await new Promise<void>((resolve) => (this.wake = resolve));
		}
		this.inFlight += 1;
		if (perSecond) this.nextStart = Math.max(this.nextStart, this.clock.now()) + 1000 / perSecond;
	}

	private throwIfBlockedTooLong(now: number): void {
		if (this.blockedUntil <= now) return;
		const blockedFor = this.blockedUntil - (this.blockedSince ?? now);
		if (blockedFor > this.limits.longestWaitMs) {
			throw new RateLimitError(Math.ceil(blockedFor / 1000));
		}
	}

	private adaptTo({ statusCode, headers }: { statusCode: number; headers: Headers }): void {
		const { mostAtOnce } = this.limits;
		const now = this.clock.now();
		this.noteRenewal(headers, now);
		if (statusCode === 429) {
			// Several 429 to requests that were in flight together count once.
			if (this.blockedUntil <= now) {
				this.concurrency = Math.max(1, Math.floor(this.concurrency / 2));
				this.blocks += 1;
			}
			this.blockedSince ??= now;
			this.blockedUntil = Math.max(this.blockedUntil, this.endOfBlock(headers, now));
		} else {
			this.blockedSince = undefined;
			this.blocks = 0;
			this.concurrency = Math.min(mostAtOnce, this.concurrency + 1);
		}
	}

	/** Telnyx rounds the seconds up, so the earliest reply since the last renewal is the most exact. */
	private noteRenewal(headers: Headers, now: number): void {
		const reset = untilRenewal(headers, now);
		if (reset === undefined) return;
		this.renewal = this.renewal > now ? Math.min(this.renewal, now + reset) : now + reset;
	}

	private endOfBlock(headers: Headers, now: number): number {
		const told = retryAfter(headers, now);
		if (told !== undefined) return now + told;
		return this.renewal > now ? this.renewal : now + backoff(this.blocks, Math.random);
	}
}
