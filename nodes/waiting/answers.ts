import type { IDataObject } from 'n8n-workflow';

/** Executions that are forgotten by n8n as well leave theirs behind. */
const MOST_KEPT = 5_000;

/**
 * What Telnyx answered to commands that were sent after their execution's pause was saved, by the
 * hash of the wait's secret: n8n has saved the execution without it.
 */
class Answers {
	private readonly kept = new Map<string, IDataObject>();

	get(wait: string): IDataObject | undefined {
		return this.kept.get(wait);
	}

	set(wait: string, answer: IDataObject): void {
		this.kept.delete(wait);
		this.kept.set(wait, answer);
		if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
	}

	delete(wait: string): void {
		this.kept.delete(wait);
	}
}

/** Of this process. */
export const answers = new Answers();
