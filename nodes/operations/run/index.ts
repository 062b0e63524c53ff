import type { IExecuteFunctions, INode, INodeExecutionData, NodeError } from 'n8n-workflow';

import { inPool } from '../../shared/pool';
import type { Extension } from '../extension';
import { canceled, failedOutput, noteFailure, withSummary } from './failures';
import { carryOut } from './item';
import { byOutput, placed } from './placing';
import { startRun, type Run } from './start';

/** Carries out the selected operation once for each item, and returns the results in the same order. */
export const executeOperations = async (
	context: IExecuteFunctions,
	extension: Extension,
): Promise<INodeExecutionData[][]> =>
	await runItems(context, async (...item) => await carryOut(extension, ...item), extension.failed);

/** What a node does for one item. */
export type CarryOut = (
	run: Run,
	item: INodeExecutionData,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

/** Puts failed items into the output at which n8n is to go on with them. */
type Failed = (node: INode, items: INodeExecutionData[]) => INodeExecutionData[];

/**
 * Does something for each item, several at the same time, as the node's options and settings say.
 * @param failed puts failed items on the first output unless given
 * @returns the results in the order of the items, each in its output
 */
export async function runItems(
	context: IExecuteFunctions,
	carryOutItem: CarryOut,
	failed: Failed = (_, items) => items,
): Promise<INodeExecutionData[][]> {
	const run = await startRun(context);
	const { items, node, options, progress } = run;
	try {
		const results = await inPool(items, options.mostAtOnce, async (item, itemIndex) =>
			itemOutput(run, carryOutItem, failed, item, itemIndex),
		);
		if (!node.retryOnFail || progress.isComplete) progress.forget();
		return byOutput(results.flat());
	} catch (error) {
		run.failTool();
		throw context.getExecutionCancelSignal()?.aborted
			? canceled(run)
			: withSummary(error as NodeError, progress);
	}
}

/** The output for an item. An item that an earlier try carried out is not sent again. */
async function itemOutput(
	run: Run,
	carryOutItem: CarryOut,
	failed: Failed,
	item: INodeExecutionData,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { node, progress } = run;
	try {
		const earlier = progress.outputOf(itemIndex);
		return earlier ?? progress.carriedOut(itemIndex, await carryOutItem(run, item, itemIndex));
	} catch (error) {
		noteFailure(progress, itemIndex, error);
		const items = failedOutput(run, item, itemIndex, error);
		// n8n finds by itself what is for the error output.
		if (node.onError === 'continueErrorOutput') return items;
		const atItsOutput = failed(node, items);
		// n8n looks at the first output for whether to try again.
		return progress.isTriedAgain(node) ? placed([atItsOutput]) : atItsOutput;
	}
}
