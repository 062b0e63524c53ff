import type { IContextObject, INode, INodeExecutionData } from 'n8n-workflow';

import { isTool } from '../tool';
import { mostTries } from './mostTries';

/** A failed try of a tool, as stored in n8n's context of the node. */
interface FailedTry {
	readonly runIndex: number;
	readonly firstRunIndex: number;
	readonly tries: number;
	/** The execution and the arguments the tool was called with. */
	readonly use: string;
}

/** One try of Retry On Fail. */
interface ToolTry {
	/** The run index of the first try. */
	readonly runIndex: number;
	/** Records for the next try that this one failed. */
	fail(): void;
}

/**
 * Recognizes Retry On Fail of an AI agent's tool, where n8n counts every try as a run of its own. A run
 * is another try if the previous run failed, had the same arguments, and was not the last one that n8n
 * allows. If the agent calls the tool again, that is a new command.
 */
export function readToolTry(
	memory: IContextObject & { failedTry?: FailedTry },
	{ type, retryOnFail, maxTries }: INode,
	{ executionId, runIndex }: { executionId: string; runIndex: number },
	items: INodeExecutionData[],
): ToolTry {
	if (!isTool({ type }) || !retryOnFail) return { runIndex, fail() {} };
	const use = JSON.stringify([executionId, items.map(({ json }) => json)]);
	const { failedTry: last } = memory;
	delete memory.failedTry;
	// Where the engine itself runs the tools of an agent, the index stays the same.
	const isNext = last && (last.runIndex === runIndex || last.runIndex + 1 === runIndex);
	const isFurther = isNext && last.use === use && last.tries < mostTries({ maxTries });
	const firstRunIndex = isFurther ? last.firstRunIndex : runIndex;
	const tries = isFurther ? last.tries + 1 : 1;
	return {
		runIndex: firstRunIndex,
		fail() {
			memory.failedTry = { runIndex, firstRunIndex, tries, use };
		},
	};
}
