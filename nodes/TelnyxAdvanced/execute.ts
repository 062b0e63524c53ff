import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import { send } from '../telnyx/client';
import { BaseUrlError, baseUrlOf, CREDENTIAL } from '../telnyx/credential';
import { TelnyxFailure, toNodeError } from '../telnyx/errors';
import { toItems } from './answer';
import { findOperation } from './catalogue';
import type { Operation } from './catalogue/operation';
import { deriveCommandId, type CommandOrigin } from './commandId';
import { addedFields, isShown, sectionOf } from './form/property';
import { flatten } from './objects';
import { inPool } from './pool';
import { InputError, toRequest } from './request';
import { withUpload } from './upload';
import type { Given } from './values';

/** How many commands of one node are on their way at once. */
const MOST_AT_ONCE = 25;

/** What all items of one node run share. */
interface Run {
	readonly context: IExecuteFunctions;
	readonly baseUrl: string;
	readonly origin: Omit<CommandOrigin, 'itemIndex'>;
}

/** Carries out the chosen operation once for each item, and puts the results out in the same order. */
export async function executeOperations(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const run = startRun(context, node);
	const results = await inPool(context.getInputData(), MOST_AT_ONCE, async (item, itemIndex) => {
		try {
			return await carryOut(await run, itemIndex);
		} catch (error) {
			if (!context.continueOnFail()) throw explained(node, error, itemIndex);
			return [failedItem(node, item, error, itemIndex)];
		}
	});
	return [results.flat()];
}

async function startRun(context: IExecuteFunctions, node: INode): Promise<Run> {
	return {
		context,
		baseUrl: baseUrlOf(await context.getCredentials(CREDENTIAL)),
		origin: {
			instanceId: context.getInstanceId(),
			workflowId: context.getWorkflow().id,
			executionId: context.getExecutionId(),
			nodeId: node.id,
			runIndex: context.getWorkflowDataProxy(0).$runIndex as number,
		},
	};
}

async function carryOut(
	{ context, baseUrl, origin }: Run,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const resource = context.getNodeParameter('resource', itemIndex);
	const name = context.getNodeParameter('operation', itemIndex);
	const operation = findOperation(resource, name);
	if (!operation) {
		throw new InputError([`There is no operation '${name}' in the resource '${resource}'`]);
	}
	const given = givenFields(context, operation, itemIndex);
	const request = toRequest(operation, given, () => deriveCommandId({ ...origin, itemIndex }));
	return await toItems({
		context,
		baseUrl,
		itemIndex,
		operation,
		request: await withUpload(context, itemIndex, request),
		send: async (ready) => await send(context, baseUrl, ready),
	});
}

/** Reads no other parameters than those of the operation: with many operations that would be slow. */
function givenFields(context: IExecuteFunctions, { fields }: Operation, itemIndex: number): Given {
	// The checks of request.ts name every wrong field at once, n8n's own stop at the first.
	const unchecked = { skipValidation: true };
	const read = (name: string, unset: IDataObject | '') => [
		name,
		context.getNodeParameter(name, itemIndex, unset, unchecked),
	];
	const shown = Object.keys(fields).filter((name) => isShown(fields[name]));
	const collections = new Set(addedFields(fields).map(([, field]) => sectionOf(field).name));
	return flatten(
		Object.fromEntries([
			...shown.map((name) => read(name, '')),
			...[...collections].map((name) => read(name, {})),
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
): INodeExecutionData {
	const { message, description } = explained(node, error, itemIndex);
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

function explained(node: INode, error: unknown, itemIndex: number) {
	if (error instanceof TelnyxFailure) return toNodeError(node, error, itemIndex);
	const explanation = new NodeOperationError(node, error as Error, { itemIndex });
	if (error instanceof InputError || error instanceof BaseUrlError) {
		explanation.description = 'Nothing was sent to Telnyx.';
		// n8n replaces whole messages in which it finds a code such as ENOENT, even inside of a word.
		explanation.message = error.message;
	}
	return explanation;
}
