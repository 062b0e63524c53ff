import {
	NodeOperationError,
	type INode,
	type INodeExecutionData,
	type JsonObject,
	type NodeError,
} from 'n8n-workflow';

import { BaseUrlError } from '../../telnyx/credential';
import { NotSentFailure, TelnyxFailure, toNodeError } from '../../telnyx/http/failure';
import { StoppedError } from '../../telnyx/http/rateLimiter';
import { CanceledError } from '../../shared/pause';
import { InputError } from '../request/complaints';
import type { Progress } from './progress';
import type { Run } from './start';

/** Records that an item failed, and whether Telnyx may have carried it out nevertheless. */
export function noteFailure(progress: Progress, itemIndex: number, error: unknown): void {
	if (error instanceof CanceledError) return;
	const outcomeUnknown = !(error instanceof TelnyxFailure) || error.outcomeUnknown;
	if (error instanceof StoppedError) progress.notSent(itemIndex, false);
	else if (error instanceof NotSentFailure) progress.notSent(itemIndex, outcomeUnknown);
	else progress.failed(itemIndex, outcomeUnknown);
}

/**
 * The output for a failed item, if the run continues.
 * @throws the error that ends the run, and stops all items that have not been sent
 */
export function failedOutput(
	{ context, delivery, items, node }: Run,
	item: INodeExecutionData,
	itemIndex: number,
	error: unknown,
): INodeExecutionData[] {
	// The run ends with another item's failure, which is the one to show.
	if (error instanceof StoppedError) return [];
	const explanation = explained(node, error, itemIndex, items.length);
	if (error instanceof CanceledError || !context.continueOnFail()) {
		delivery.rateLimiter.stop();
		throw explanation;
	}
	return [failedItem(node, item, itemIndex, error, explanation)];
}

/**
 * n8n sends an item to the error output, and adds the input's fields to it, only if it holds nothing
 * but `error` and `details`. On the regular output it adds nothing, so the input goes in here.
 */
function failedItem(
	{ onError }: INode,
	{ json, binary }: INodeExecutionData,
	itemIndex: number,
	error: unknown,
	{ message, description }: NodeError,
): INodeExecutionData {
	const details = {
		description: description ?? null,
		...(error instanceof TelnyxFailure && error.details),
		...(error instanceof InputError && { complaints: [...error.complaints] }),
	} as JsonObject;
	const failed = { error: message, details };
	return {
		json: onError === 'continueErrorOutput' ? failed : { ...json, ...failed },
		...(binary && { binary }),
		pairedItem: { item: itemIndex },
	};
}

function explained(node: INode, error: unknown, itemIndex: number, total: number): NodeError {
	if (error instanceof TelnyxFailure) return toNodeError(node, error, itemIndex);
	const explanation = new NodeOperationError(node, error as Error, { itemIndex });
	if (error instanceof InputError || error instanceof BaseUrlError) {
		explanation.description = `Nothing was sent to Telnyx${total > 1 ? ' for this item' : ''}.`;
		// n8n replaces whole messages in which it finds a code such as ENOENT, even inside a word.
		explanation.message = error.message;
	}
	return explanation;
}

/** The failure of one item, saying what became of the others. */
export function withSummary(error: NodeError, progress: Progress): NodeError {
	const summary = progress.summary();
	if (summary) error.description = [error.description, summary].filter(Boolean).join(' ');
	return error;
}

/** Goes to the log as well: n8n saves a canceled execution before its nodes have stopped. */
export function canceled({ context, node, progress }: Run): NodeOperationError {
	// With this word in its message n8n takes the execution for canceled, not for failed.
	const message = `The execution was canceled after ${progress.sentCount} of ${progress.total} commands were sent`;
	const error = new NodeOperationError(node, message, { description: progress.summary() });
	context.logger.info(`${node.name}: ${message}. ${progress.summary()}`);
	return error;
}
