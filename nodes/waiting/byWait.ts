/** Entries of executions that never go on would otherwise stay forever. */
const MOST_KEPT = 5_000;

/**
 * What this process knows about each wait, by the hash of the wait's secret. n8n has saved the execution
 * without it.
 */
export class ByWait<Known> {
	private readonly known = new Map<string, Known>();

	get(wait: string): Known | undefined {
		return this.known.get(wait);
	}

	set(wait: string, data: Known): void {
		this.known.delete(wait);
		this.known.set(wait, data);
		if (this.known.size > MOST_KEPT) this.known.delete(this.known.keys().next().value!);
	}

	delete(wait: string): void {
		this.known.delete(wait);
	}
}
