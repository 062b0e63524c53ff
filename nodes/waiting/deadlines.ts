import { sleep } from 'n8n-workflow';

/** How late a deadline may be noticed, in milliseconds. */
const STEP_MS = 250;

interface Deadline {
	readonly at: number;
	readonly act: () => void;
}

interface Clock {
	readonly now: () => number;
	readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Calls back at given times. n8n itself looks only once a minute for executions whose time is over. One
 * loop serves all of them, and ends when there is none left.
 */
export class Deadlines {
	private readonly deadlines = new Map<string, Deadline>();
	private isLooping = false;

	constructor(private readonly clock: Clock = { now: Date.now, sleep }) {}

	/**
	 * @param name takes the place of the deadline that has the same
	 * @param at milliseconds since 1970
	 */
	set(name: string, at: number, act: () => void): void {
		this.deadlines.set(name, { at, act });
		if (!this.isLooping) void this.loop();
	}

	/** Without a name: all. */
	clear(name?: string): void {
		if (name === undefined) this.deadlines.clear();
		else this.deadlines.delete(name);
	}

	private async loop(): Promise<void> {
		this.isLooping = true;
		while (this.deadlines.size > 0) {
			const now = this.clock.now();
			for (const [name, { at, act }] of this.deadlines) {
				if (at > now) continue;
				this.deadlines.delete(name);
				act();
			}
			if (this.deadlines.size > 0) await this.clock.sleep(STEP_MS);
		}
		this.isLooping = false;
	}
}

/** Of this process. */
export const deadlines = new Deadlines();
