/** Something that was made at Telnyx and has to be removed. */
interface Trace {
	/** Without IDs or numbers, for the report. */
	what: string;
	remove: () => Promise<void>;
}

const TRIES = 3;

/** Removes what a run has made, the latest first. What fails does not keep the rest from being removed. */
export class CleanUp {
	private readonly traces: Trace[] = [];

	/** @param what without IDs or numbers, for the report */
	push(what: string, remove: Trace['remove']) {
		this.traces.push({ what, remove });
	}

	/**
	 * @param betweenTries waits before something is tried again
	 * @returns what could not be removed, and why
	 */
	async run(betweenTries: () => Promise<void>): Promise<string[]> {
		const remaining: string[] = [];
		for (const { what, remove } of this.traces.splice(0).reverse()) {
			const problem = await tryToRemove(remove, betweenTries);
			if (problem) remaining.push(`${what}: ${problem}`);
		}
		return remaining;
	}
}

async function tryToRemove(remove: Trace['remove'], betweenTries: () => Promise<void>) {
	for (let tries = 1; ; tries += 1) {
		try {
			await remove();
			return undefined;
		} catch (error) {
			if (tries === TRIES) return (error as Error).message;
			await betweenTries();
		}
	}
}
