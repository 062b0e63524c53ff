import type { IExecuteFunctions, INodeExecutionData, NodeError } from 'n8n-workflow';

import { inPool } from '../../shared/pool';
import type { Extension } from '../extension';
import { canceled, failedOutput, noteFailure, withSummary } from './failures';
import { carryOut } from './item';
import { startRun, type Run } from './start';

/** Carries out the chosen operation once for each item, and puts the results out in the same order. */
export async function executeOperations(
	context: IExecuteFunctions,
	extension: Extension,
): Promise<INodeExecutionData[][]> {
	const run = await startRun(context, extension);
	const { items, node, options, progress } = run;
	try {
		const results = await inPool(items, options.mostAtOnce, async (item, itemIndex) =>
			itemOutput(run, item, itemIndex),
		);
		if (!node.retryOnFail || progress.isComplete) progress.forget();
		return [results.flat()];
	} catch (error) {
		run.failTool();
		throw context.getExecutionCancelSignal()?.aborted
			? canceled(run)
			: withSummary(error as NodeError, progress);
	}
}

/** What comes out for an item: an item that an earlier try carried out is not sent again. */
async function itemOutput(
	run: Run,
	item: INodeExecutionData,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { progress } = run;
	try {
		const earlier = progress.outputOf(itemIndex);
		return earlier ?? progress.carriedOut(itemIndex, await carryOut(run, item, itemIndex));
	} catch (error) {
		noteFailure(progress, itemIndex, error);
		return failedOutput(run, item, itemIndex, error);
	}
}
