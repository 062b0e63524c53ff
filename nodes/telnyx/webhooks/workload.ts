import { pause } from '../../shared/pause';

/** How many executions run well at once: n8n runs all of them in turn, so with more of them all are late. */
const MOST_AT_ONCE = 10;
/** How many more may be about to start. Callers who are further behind would wait too long. */
const MOST_WAITING = 16;
/**
 * The longest that something counts, in milliseconds. Executions that run here are counted themselves,
 * and may be waiting for something else, such as an API. Of those that workers run, nothing is seen here but
 * how long n8n takes to respond.
 */
const LONGEST_MS = { here: 1_000, elsewhere: 30_000 };

/**
 * How busy this process is with executions. What an execution waits for goes first; new ones start in the
 * order in which they came, when there is room. So calls that began are not made late by new ones, and
 * most of the new ones are answered in time.
 */
export class Workload {
	private count = 0;
	/** Whether workers run the executions, as far as this process knows. */
	private isElsewhere = false;
	private readonly waiting: Array<() => void> = [];

	constructor(
		private readonly mostAtOnce = MOST_AT_ONCE,
		private readonly mostWaiting = MOST_WAITING,
		private readonly wait: (ms: number, stop: AbortSignal) => Promise<void> = pause,
	) {}

	/** Counts an execution that goes on in any case, until `done`. */
	add(done: Promise<unknown>): void {
		this.count += 1;
		const stop = new AbortController();
		const longestMs = LONGEST_MS[this.isElsewhere ? 'elsewhere' : 'here'];
		const longest = this.wait(longestMs, stop.signal).catch(() => {});
		void Promise.race([done.catch(() => {}), longest]).then(() => {
			stop.abort();
			this.count -= 1;
			this.next();
		});
	}

	/** Counts a run in this process until `done`. */
	addRun(done: Promise<unknown>): void {
		this.isElsewhere = false;
		this.add(done);
	}

	/** An execution goes on that did not pause in this process. */
	noteElsewhere(): void {
		this.isElsewhere = true;
	}

	/**
	 * Waits until a new execution may start; it then counts until `done`.
	 * @returns false if too many are waiting already
	 */
	async turn(done: Promise<unknown>): Promise<boolean> {
		if (this.count >= this.mostAtOnce || this.waiting.length > 0) {
			if (this.waiting.length >= this.mostWaiting) return false;
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		}
		this.add(done);
		return true;
	}

	private next(): void {
		if (this.count < this.mostAtOnce) this.waiting.shift()?.();
	}
}

/** Of this process. */
export const workload = new Workload();
