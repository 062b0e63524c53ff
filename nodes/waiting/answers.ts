import type { IDataObject } from 'n8n-workflow';

/** Entries of executions that never go on would otherwise stay forever. */
const MOST_KEPT = 5_000;

/**
 * What this process knows about each wait, by the hash of the wait's secret. n8n has saved the execution
 * without it.
 */
class ByWait {
	private readonly known = new Map<string, IDataObject>();

	get(wait: string): IDataObject | undefined {
		return this.known.get(wait);
	}

	set(wait: string, data: IDataObject): void {
		this.known.delete(wait);
		this.known.set(wait, data);
		if (this.known.size > MOST_KEPT) this.known.delete(this.known.keys().next().value!);
	}

	delete(wait: string): void {
		this.known.delete(wait);
	}
}

/** Telnyx's replies to commands that were sent after the pause of their execution was saved. */
export const answers = new ByWait();

/** What has happened since, for nodes that lead a call through several commands. */
export const notes = new ByWait();

const REFUSED = 'refused';

/** Notes that Telnyx has refused a command that creates a leg. */
export function noteRefused(wait: string, stage: string): void {
	const known = notes.get(wait) ?? {};
	notes.set(wait, { ...known, [REFUSED]: [...refusedIn(known), stage] });
}

/** The stages of the refused commands. */
export const refusedIn = ({ [REFUSED]: stages }: IDataObject): string[] =>
	(stages as string[] | undefined) ?? [];
