import type { IDataObject } from 'n8n-workflow';

/** Executions that are forgotten by n8n as well leave theirs behind. */
const MOST_KEPT = 5_000;

/** What this process knows of waits, by the hashes of their secrets: n8n has saved executions without it. */
class OfWaits {
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

/** What Telnyx answered to commands that were sent after their execution's pause was saved. */
export const answers = new OfWaits();

/** What has happened since, where a node leads a call through several commands. */
export const notes = new OfWaits();

const REFUSED = 'refused';

/** Telnyx has refused a command that makes a leg. */
export function noteRefused(wait: string, stage: string): void {
	const known = notes.get(wait) ?? {};
	notes.set(wait, { ...known, [REFUSED]: [...refusedIn(known), stage] });
}

/** The stages of such commands. */
export const refusedIn = ({ [REFUSED]: stages }: IDataObject): string[] =>
	(stages as string[] | undefined) ?? [];
