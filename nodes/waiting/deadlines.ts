import { BoundedMap } from '../shared/boundedMap';
import { systemClock, type Clock } from '../shared/pause';

/** The longest time between two checks, in milliseconds: a deadline that is set for sooner is late by this much at most. */
const STEP_MS = 250;
/** The shortest time between two checks, in milliseconds, however many deadlines there are. */
const SHORTEST_MS = 10;
/** Those that are beyond it are left to n8n, which ends the wait within a minute. */
const MOST_DEADLINES = 10_000;

/**
 * Calls back at the times that it is given. n8n itself looks only once a minute for executions whose time
 * is over. One loop serves all deadlines, and ends when none is left.
 */
export class Deadlines {
	private readonly deadlines = new BoundedMap<string, { at: number; act: () => void }>(
		MOST_DEADLINES,
	);
	private isLooping = false;

	constructor(private readonly clock: Clock = systemClock) {}

	/**
	 * @param name replaces a deadline of the same name
	 * @param at milliseconds since 1970
	 */
	set(name: string, at: number, act: () => void): void {
		this.deadlines.set(name, { at, act });
		if (!this.isLooping) void this.loop();
	}

	/** Clears all deadlines if no name is given. */
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
			if (this.deadlines.size > 0) await this.clock.pause(this.untilNext(now));
		}
		this.isLooping = false;
	}

	private untilNext(now: number): number {
		let next = now + STEP_MS;
		for (const { at } of this.deadlines.values()) next = Math.min(next, at);
		return Math.max(next - now, SHORTEST_MS);
	}
}

/** The deadlines of this process. */
export const deadlines = new Deadlines();
