import {
	isExpression,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
	type NodeError,
} from 'n8n-workflow';

import { send, type Connection } from '../../telnyx/http/client';
import { BaseUrlError, baseUrlOf, CREDENTIAL } from '../../telnyx/credential';
import type { Delivery } from '../../telnyx/http/retrying';
import { hasEnded, NotSentFailure, TelnyxFailure, toNodeError } from '../../telnyx/http/failure';
import { Gate, StoppedError } from '../../telnyx/http/rateLimiter';
import { CanceledError } from '../../shared/pause';
import { inPool } from '../../shared/pool';
import { toItems } from './output';
import { findOperation } from '../../catalogue';
import type { Operation } from '../../catalogue/schema/operation';
import { deriveCommandId, executionOrigin, originOf } from '../request/commandId';
import { parameterNames } from '../form/property';
import { flatten } from '../request/objects';
import { Progress } from './progress';
import { InputError, toRequest } from '../request';
import { readRequestOptions, type RequestOptions } from './options';
import { readToolTry } from './toolRetry';
import { withUpload } from '../request/upload';
import type { Given } from '../request/values';
import {
	awaitedBy,
	pauseFor,
	readPlan,
	readSwitches,
	withAddress,
	type Switches,
} from '../../waiting/start';
import { WAIT_FOR_EVENT, waitForEvent, waitOnly } from '../../waiting/waitForEvent';

/** What all items of one node run share. */
interface Run {
	readonly context: IExecuteFunctions;
	readonly baseUrl: string;
	readonly options: RequestOptions;
	readonly delivery: Omit<Delivery, 'name' | 'onTry' | 'openSince'>;
	readonly operationFor: OperationReader;
	readonly origin: string;
	readonly progress: Progress;
}

/** The operation of an item; without one, the item waits only. */
type OperationReader = (itemIndex: number) => {
	readonly name: string;
	readonly operation?: Operation;
	readonly switches?: Switches;
};

/** Carries out the chosen operation once for each item, and puts the results out in the same order. */
export async function executeOperations(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const items = context.getInputData();
	const memory = context.getContext('node');
	const executionId = context.getExecutionId();
	const { $runIndex } = context.getWorkflowDataProxy(0);
	const toolTry = readToolTry(memory, node, { executionId, runIndex: $runIndex }, items);
	const { runIndex } = toolTry;
	const progress = new Progress(memory, { executionId, runIndex }, items.length);
	const run = startRun(context, node, runIndex, progress);
	const most = await run.then(
		({ options }) => options.mostAtOnce,
		() => 1,
	);
	try {
		const results = await inPool(items, most, async (item, itemIndex) => {
			try {
				const answer = progress.answerTo(itemIndex);
				if (answer) return answer;
				return progress.carriedOut(itemIndex, await carryOut(await run, item, itemIndex));
			} catch (error) {
				noteFailure(progress, itemIndex, error);
				// Another item's failure is what ends the run, and what is shown.
				if (error instanceof StoppedError) return [];
				if (error instanceof CanceledError || !context.continueOnFail()) {
					void run.then(
						({ delivery }) => delivery.gate.stop(),
						() => {},
					);
					throw explained(node, error, itemIndex, items.length);
				}
				return [failedItem(node, item, error, itemIndex, items.length)];
			}
		});
		if (!node.retryOnFail || progress.isComplete) progress.forget();
		return [results.flat()];
	} catch (error) {
		toolTry.fail();
		throw context.getExecutionCancelSignal()?.aborted
			? canceled(context, node, progress)
			: withSummary(error as NodeError, progress);
	}
}

function noteFailure(progress: Progress, itemIndex: number, error: unknown): void {
	if (error instanceof CanceledError) return;
	const isOpen = !(error instanceof TelnyxFailure) || error.isOpen;
	if (error instanceof StoppedError) progress.notSent(itemIndex, false);
	else if (error instanceof NotSentFailure) progress.notSent(itemIndex, isOpen);
	else progress.failed(itemIndex, !isOpen);
}

async function startRun(
	context: IExecuteFunctions,
	node: INode,
	runIndex: number,
	progress: Progress,
): Promise<Run> {
	const signal = context.getExecutionCancelSignal();
	const options = readRequestOptions(context);
	const { logger } = context;
	const { longestWaitMs } = options.patience;
	const gate = new Gate({ ...options, longestWaitMs, signal });
	return {
		context,
		baseUrl: baseUrlOf(await context.getCredentials(CREDENTIAL)),
		options,
		delivery: { gate, patience: options.patience, signal, logger },
		operationFor: operationReader(context, node),
		origin: originOf({
			instanceId: context.getInstanceId(),
			workflowId: context.getWorkflow().id,
			execution: executionOrigin(context),
			nodeId: node.id,
			runIndex,
		}),
		progress,
	};
}

/** @returns what throws InputError if there is no such operation */
function operationReader(context: IExecuteFunctions, { parameters }: INode): OperationReader {
	const read: OperationReader = (itemIndex) => {
		const resource = context.getNodeParameter('resource', itemIndex);
		const name = String(context.getNodeParameter('operation', itemIndex));
		const operation = findOperation(resource, name);
		if (operation) return { name, operation, switches: readSwitches(context, operation) };
		if (resource === WAIT_FOR_EVENT.resource && name === WAIT_FOR_EVENT.operation) return { name };
		throw new InputError([`There is no operation '${name}' in the resource '${resource}'`]);
	};
	// The editor allows no expressions here, but a workflow may be written by hand.
	const differs = [parameters.resource, parameters.operation].some(isExpression);
	let first: ReturnType<OperationReader> | undefined;
	return differs ? read : (itemIndex) => (first ??= read(itemIndex));
}

async function carryOut(
	{ context, baseUrl, delivery, operationFor, options, origin, progress }: Run,
	{ json: item }: INodeExecutionData,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { name, operation, switches } = operationFor(itemIndex);
	if (!operation) return await waitOnly(context, givenFields(context, waitForEvent, itemIndex));
	const given = givenFields(context, operation, itemIndex);
	const plan = switches && (await readPlan(context, operation, given, switches));
	const request = toRequest(operation, given, (target) =>
		deriveCommandId(origin, itemIndex, item, target),
	);
	const ready = plan ? withAddress(context, request, plan) : request;
	const connection: Connection<IExecuteFunctions> = {
		context,
		baseUrl,
		delivery: {
			...delivery,
			name: `${name}, item ${itemIndex}`,
			openSince: progress.openSince(itemIndex),
			onTry: () => progress.sent(itemIndex),
		},
	};
	const items = await toItems({
		connection,
		itemIndex,
		operation,
		request: await withUpload(context, itemIndex, ready),
		send: async (request) => {
			const answer = send(connection, request);
			return await (operation.endedIsFine ? answer.catch(alreadyEnded(options)) : answer);
		},
	});
	if (plan?.limit && !items[0].json.already_ended) {
		await pauseFor(context, items[0], awaitedBy(operation, given, request, items[0]), plan.limit);
	}
	return items;
}

/**
 * The answer to a hangup or a stop that came too late: for a user to whom that is fine, or because an
 * earlier try had its effect although its answer was lost.
 */
const alreadyEnded =
	({ endedIsSuccess }: RequestOptions) =>
	(error: unknown): IDataObject => {
		const isFine = error instanceof TelnyxFailure && (endedIsSuccess || error.wasOpen);
		if (isFine && hasEnded(error)) return { data: { already_ended: true } };
		throw error;
	};

/** Reads no other parameters than those of the operation: with many operations that would be slow. */
function givenFields(
	context: IExecuteFunctions,
	{ fields }: Pick<Operation, 'fields'>,
	itemIndex: number,
): Given {
	// The checks of request.ts name every wrong field at once, n8n's own stop at the first.
	const unchecked = { skipValidation: true };
	const read = (name: string, unset: IDataObject | '') => [
		name,
		context.getNodeParameter(name, itemIndex, unset, unchecked),
	];
	const { shown, collections } = parameterNames(fields);
	return flatten(
		Object.fromEntries([
			...shown.map((name) => read(name, '')),
			...collections.map((name) => read(name, {})),
		]) as Given,
	);
}

/**
 * n8n sends an item to the error output, and adds the input's fields to it, only if it holds nothing
 * but `error` and `details`. On the regular output it adds nothing, so the input goes in here.
 */
function failedItem(
	node: INode,
	item: INodeExecutionData,
	error: unknown,
	itemIndex: number,
	total: number,
): INodeExecutionData {
	const { message, description } = explained(node, error, itemIndex, total);
	const details = {
		description: description ?? null,
		...(error instanceof TelnyxFailure && error.details),
		...(error instanceof InputError && { complaints: [...error.complaints] }),
	} as JsonObject;
	const failed = { error: message, details };
	return {
		json: node.onError === 'continueErrorOutput' ? failed : { ...item.json, ...failed },
		...(item.binary && { binary: item.binary }),
		pairedItem: { item: itemIndex },
	};
}

function explained(node: INode, error: unknown, itemIndex: number, total: number) {
	if (error instanceof TelnyxFailure) return toNodeError(node, error, itemIndex);
	const explanation = new NodeOperationError(node, error as Error, { itemIndex });
	if (error instanceof InputError || error instanceof BaseUrlError) {
		explanation.description = `Nothing was sent to Telnyx${total > 1 ? ' for this item' : ''}.`;
		// n8n replaces whole messages in which it finds a code such as ENOENT, even inside of a word.
		explanation.message = error.message;
	}
	return explanation;
}

/** The failure of one item, saying what became of the others. */
function withSummary(error: NodeError, progress: Progress): NodeError {
	const summary = progress.summary();
	if (summary) error.description = [error.description, summary].filter(Boolean).join(' ');
	return error;
}

/** Goes to the log as well: n8n saves a canceled execution before its nodes have stopped. */
function canceled(context: IExecuteFunctions, node: INode, progress: Progress): NodeOperationError {
	// With this word in its message n8n takes the execution for canceled, not for failed.
	const message = `The execution was canceled after ${progress.sentCount} of ${progress.total} commands were sent`;
	const error = new NodeOperationError(node, message, { description: progress.summary() });
	context.logger.info(`${node.name}: ${message}. ${progress.summary()}`);
	return error;
}
