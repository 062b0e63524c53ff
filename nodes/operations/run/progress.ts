import type { IContextObject, INode, INodeExecutionData } from 'n8n-workflow';

import { mostTries } from './mostTries';

/** Which run of a node in which execution. */
interface RunKey {
	readonly executionId: string | undefined;
	readonly runIndex: number;
}

/** What a node run stores in n8n's context of the node, in case n8n runs it again after a failure. */
interface SavedProgress {
	runIndex?: number;
	executionId?: string;
	/** The output, by the index of the item that came in. */
	carriedOut?: Record<string, INodeExecutionData[]>;
	/** When items were first sent whose outcome is unknown (see TelnyxFailure), in milliseconds since 1970. */
	outcomeUnknownSince?: Record<string, number>;
	/** How often the run was begun. */
	tries?: number;
}

/**
 * What became of the items of a node run. n8n keeps it with the execution and returns it when Retry On
 * Fail or the user runs the same node run again: by then Telnyx may have forgotten the command_id.
 */
export class Progress {
	private readonly outputs: Record<string, INodeExecutionData[]>;
	private readonly unknownSince: Record<string, number>;
	private readonly sentItems = new Set<number>();
	private readonly failedItems = new Set<number>();
	private readonly notSentItems = new Set<number>();

	constructor(
		private readonly memory: IContextObject & SavedProgress,
		{ executionId, runIndex }: RunKey,
		readonly total: number,
	) {
		if (memory.runIndex !== runIndex) this.forget();
		// A user who retries an execution has seen what is unknown, and wants it sent.
		if (memory.executionId !== executionId) delete memory.outcomeUnknownSince;
		if (memory.executionId !== executionId) delete memory.tries;
		Object.assign(memory, { runIndex, executionId, tries: (memory.tries ?? 0) + 1 });
		this.outputs = memory.carriedOut ??= {};
		this.unknownSince = memory.outcomeUnknownSince ??= {};
	}

	/** The output for an item, if an earlier try of this run carried it out. */
	outputOf(itemIndex: number): INodeExecutionData[] | undefined {
		return this.outputs[itemIndex];
	}

	/** When an item was first sent, if its outcome is unknown. */
	outcomeUnknownSince(itemIndex: number): number | undefined {
		return this.unknownSince[itemIndex];
	}

	/** Marks an item that is about to be sent: its outcome is unknown until it is reported. */
	sent(itemIndex: number): void {
		this.sentItems.add(itemIndex);
		this.unknownSince[itemIndex] ??= Date.now();
	}

	/** @returns the output, which is put out again when n8n runs the node again */
	carriedOut(itemIndex: number, output: INodeExecutionData[]): INodeExecutionData[] {
		this.outputs[itemIndex] = output;
		delete this.unknownSince[itemIndex];
		return output;
	}

	failed(itemIndex: number, outcomeUnknown: boolean): void {
		this.failedItems.add(itemIndex);
		if (!outcomeUnknown) delete this.unknownSince[itemIndex];
	}

	/**
	 * There is nothing wrong with it, but it was not sent.
	 * @param outcomeUnknown whether Telnyx may have carried it out before
	 */
	notSent(itemIndex: number, outcomeUnknown: boolean): void {
		this.notSentItems.add(itemIndex);
		if (!outcomeUnknown) delete this.unknownSince[itemIndex];
	}

	/** Whether every item so far was carried out. */
	get isComplete(): boolean {
		return this.failedItems.size + this.notSentItems.size === 0;
	}

	/** Whether Retry On Fail runs the node once more if this run fails. */
	isTriedAgain(node: Pick<INode, 'retryOnFail' | 'maxTries'>): boolean {
		return node.retryOnFail === true && (this.memory.tries ?? 1) < mostTries(node);
	}

	/** Clears the record when the run will not be repeated, so that it is not saved with the execution. */
	forget(): void {
		const { memory } = this;
		delete memory.runIndex;
		delete memory.executionId;
		delete memory.carriedOut;
		delete memory.outcomeUnknownSince;
		delete memory.tries;
	}

	/** How many items were sent in this run. */
	get sentCount(): number {
		return this.sentItems.size;
	}

	/** How far the run got, in sentences; empty if there is only one item. */
	summary(): string {
		if (this.total === 1) return '';
		const done = Object.keys(this.outputs).map(Number);
		const failed = [...this.failedItems];
		const unknown = [...this.sentItems].filter(
			(index) =>
				!this.failedItems.has(index) && !this.notSentItems.has(index) && !(index in this.outputs),
		);
		const left = this.total - done.length - failed.length - unknown.length;
		return [
			`Carried out: ${done.length} of ${this.total} commands${listed(done)}.`,
			failed.length > 0 && `Failed: ${failed.length}${listed(failed)}.`,
			unknown.length > 0 && `Sent, and perhaps carried out: ${unknown.length}${listed(unknown)}.`,
			left > 0 && `Not sent: ${left}.`,
		]
			.filter(Boolean)
			.join(' ');
	}
}

/** Ranges in brackets, such as ` (items 0-3, 7)`, as n8n counts items. */
function listed(indexes: number[]): string {
	if (indexes.length === 0) return '';
	const ranges: Array<{ from: number; to: number }> = [];
	for (const index of indexes.sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last?.to === index - 1) last.to = index;
		else ranges.push({ from: index, to: index });
	}
	const shown = ranges
		.slice(0, MOST_RANGES)
		.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
	const more = ranges.length > MOST_RANGES ? ' and more' : '';
	return ` (item${indexes.length === 1 ? '' : 's'} ${shown.join(', ')}${more})`;
}

const MOST_RANGES = 20;
