import { pause, SLICE_MS, throwIfCanceled } from '../../shared/pause';
import { waitAsTold, type Headers } from './retryPolicy';

/** Milliseconds to keep away after a 429 that does not say how long. */
const REST_MS = 1000;

interface GateOptions {
	/** How many requests may be on their way at once. */
	readonly mostAtOnce: number;
	/** How many may start within a second; no limit unless given. */
	readonly perSecond?: number;
	/** For how long Telnyx may keep everybody waiting, in milliseconds. */
	readonly longestWaitMs: number;
	readonly signal?: AbortSignal;
}

/** Telnyx wants to be left alone for longer than anybody is to wait. */
export class ClosedError extends Error {
	constructor(readonly seconds: number) {
		super(`Telnyx asks to wait ${seconds} seconds`);
	}
}

/** Another item has failed, and what stands in line is not to be sent any more. */
export class StoppedError extends Error {}

/**
 * What every request of a node run passes, first come, first served. It lets no more through than
 * Telnyx has room for: a 429 closes it for all of them, not for the one request that met it.
 */
export class Gate {
	private room: number;
	private onTheirWay = 0;
	private closedUntil = 0;
	/** When Telnyx began to want nothing but to be left alone. */
	private closedSince: number | undefined;
	private isStopped = false;
	/** When the next one may start, if there is a limit per second. */
	private nextStart = 0;
	/** When the allowance that Telnyx speaks of is renewed, as far as known. */
	private renewal = 0;
	private line: Promise<void> = Promise.resolve();
	private onLeave: () => void = () => {};

	constructor(private readonly options: GateOptions) {
		this.room = options.mostAtOnce;
	}

	/**
	 * Sends a request when its turn has come, and learns from the answer.
	 * @param isOpen whether an earlier try may have been carried out: then it stands in line to the end,
	 * because another try may tell
	 * @throws ClosedError, StoppedError, CanceledError, and whatever `send` throws
	 */
	async through<R extends { statusCode: number; headers: Headers }>(
		send: () => Promise<R>,
		isOpen: boolean,
	): Promise<R> {
		await this.turn(isOpen);
		try {
			const answer = await send();
			this.learn(answer);
			return answer;
		} finally {
			this.onTheirWay -= 1;
			this.onLeave();
		}
	}

	/** Sends those home who stand in line. */
	stop(): void {
		this.isStopped = true;
		this.onLeave();
	}

	/** Waits behind all who came before, and then until the gate is open. */
	private async turn(isOpen: boolean): Promise<void> {
		const before = this.line;
		let passOn: () => void = () => {};
		this.line = new Promise((resolve) => (passOn = resolve));
		await before;
		try {
			await this.opening(isOpen);
		} finally {
			passOn();
		}
	}

	private async opening(isOpen: boolean): Promise<void> {
		const { perSecond, signal } = this.options;
		for (;;) {
			throwIfCanceled(signal);
			if (this.isStopped && !isOpen) throw new StoppedError();
			const now = Date.now();
			this.throwIfClosedTooLong(now);
			const wait = Math.max(this.closedUntil, this.nextStart) - now;
			// In slices, because the answers to others can change how long it is worth waiting.
			if (wait > 0) await pause(Math.min(wait, SLICE_MS), signal);
			else if (this.onTheirWay < this.room) break;
			// A cancellation ends the requests that are on their way, so this does not outlast one.
			else await new Promise<void>((resolve) => (this.onLeave = resolve));
		}
		this.onTheirWay += 1;
		if (perSecond) this.nextStart = Math.max(this.nextStart, Date.now()) + 1000 / perSecond;
	}

	private throwIfClosedTooLong(now: number): void {
		if (this.closedUntil <= now) return;
		const closedFor = this.closedUntil - (this.closedSince ?? now);
		if (closedFor > this.options.longestWaitMs) throw new ClosedError(Math.ceil(closedFor / 1000));
	}

	private learn({ statusCode, headers }: { statusCode: number; headers: Headers }): void {
		const { mostAtOnce } = this.options;
		const now = Date.now();
		this.noteRenewal(headers, now);
		if (statusCode === 429) {
			// Those who were on their way together count as one warning.
			if (this.closedUntil <= now) this.room = Math.max(1, Math.floor(this.room / 2));
			this.closedSince ??= now;
			this.closedUntil = Math.max(this.closedUntil, this.reopening(headers, now));
		} else {
			this.closedSince = undefined;
			this.room = Math.min(mostAtOnce, this.room + 1);
		}
	}

	/** Telnyx rounds the seconds up, so the earliest answer since the last renewal knows it best. */
	private noteRenewal(headers: Headers, now: number): void {
		const reset = waitAsTold({ 'x-ratelimit-reset': headers['x-ratelimit-reset'] }, now);
		if (reset === undefined) return;
		this.renewal = this.renewal > now ? Math.min(this.renewal, now + reset) : now + reset;
	}

	private reopening(headers: Headers, now: number): number {
		const told = waitAsTold({ 'retry-after': headers['retry-after'] }, now);
		if (told !== undefined) return now + told;
		return this.renewal > now ? this.renewal : now + REST_MS;
	}
}
