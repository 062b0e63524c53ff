import type { IContextObject, INodeExecutionData } from 'n8n-workflow';

/** Which run of a node in which execution. */
interface RunKey {
	readonly executionId: string | undefined;
	readonly runIndex: number;
}

/** What a node run leaves in n8n's context of the node, for when n8n runs it again after a failure. */
interface Remembered {
	runIndex?: number;
	executionId?: string;
	/** What came out, by the index of the item that came in. */
	carriedOut?: Record<string, INodeExecutionData[]>;
	/** When items were first sent of which nobody knows what came, in milliseconds since 1970. */
	openSince?: Record<string, number>;
}

/**
 * What became of the items of a node run. n8n keeps it with the execution and hands it back when Retry On
 * Fail or the user runs the same node run again: by then Telnyx may have forgotten the command_id.
 */
export class Progress {
	private readonly answers: Record<string, INodeExecutionData[]>;
	private readonly openItems: Record<string, number>;
	private readonly sentItems = new Set<number>();
	private readonly failedItems = new Set<number>();
	private readonly leftItems = new Set<number>();

	constructor(
		private readonly memory: IContextObject & Remembered,
		{ executionId, runIndex }: RunKey,
		readonly total: number,
	) {
		if (memory.runIndex !== runIndex) this.forget();
		// A user who retries an execution has seen what is open, and wants it sent.
		if (memory.executionId !== executionId) delete memory.openSince;
		Object.assign(memory, { runIndex, executionId });
		this.answers = memory.carriedOut ??= {};
		this.openItems = memory.openSince ??= {};
	}

	/** What came out for an item, if an earlier try of this run carried it out. */
	outputOf(itemIndex: number): INodeExecutionData[] | undefined {
		return this.answers[itemIndex];
	}

	/** When an item was first sent, if nobody knows what came of it. */
	openSince(itemIndex: number): number | undefined {
		return this.openItems[itemIndex];
	}

	/** It is about to be sent, and open until something else is said of it. */
	sent(itemIndex: number): void {
		this.sentItems.add(itemIndex);
		this.openItems[itemIndex] ??= Date.now();
	}

	/** @returns the answer, which is what comes out when n8n runs the node again */
	carriedOut(itemIndex: number, answer: INodeExecutionData[]): INodeExecutionData[] {
		this.answers[itemIndex] = answer;
		delete this.openItems[itemIndex];
		return answer;
	}

	/** @param isRefused whether Telnyx said that it was not carried out */
	failed(itemIndex: number, isRefused: boolean): void {
		this.failedItems.add(itemIndex);
		if (isRefused) delete this.openItems[itemIndex];
	}

	/**
	 * There is nothing wrong with it, but it is left for another time.
	 * @param isOpen whether Telnyx may have carried it out before
	 */
	notSent(itemIndex: number, isOpen: boolean): void {
		this.leftItems.add(itemIndex);
		if (!isOpen) delete this.openItems[itemIndex];
	}

	/** Whether every item so far was carried out. */
	get isComplete(): boolean {
		return this.failedItems.size + this.leftItems.size === 0;
	}

	/** Nobody runs this again: what was carried out need not be saved with the execution. */
	forget(): void {
		const { memory } = this;
		delete memory.runIndex;
		delete memory.executionId;
		delete memory.carriedOut;
		delete memory.openSince;
	}

	/** How many items were sent in this run. */
	get sentCount(): number {
		return this.sentItems.size;
	}

	/** How far the run came, in sentences; empty if there is but one item. */
	summary(): string {
		if (this.total === 1) return '';
		const done = Object.keys(this.answers).map(Number);
		const failed = [...this.failedItems];
		const open = [...this.sentItems].filter(
			(index) =>
				!this.failedItems.has(index) && !this.leftItems.has(index) && !(index in this.answers),
		);
		const left = this.total - done.length - failed.length - open.length;
		return [
			`Carried out: ${done.length} of ${this.total} commands${listed(done)}.`,
			failed.length > 0 && `Failed: ${failed.length}${listed(failed)}.`,
			open.length > 0 && `Sent, and perhaps carried out: ${open.length}${listed(open)}.`,
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
