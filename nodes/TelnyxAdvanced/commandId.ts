import { createHash, randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What makes one command of one run different from every other. */
export interface CommandOrigin {
	readonly instanceId: string;
	readonly workflowId: string | undefined;
	/** As `executionOrigin` gives it. */
	readonly execution: string | undefined;
	readonly nodeId: string;
	readonly runIndex: number;
	readonly itemIndex: number;
	/** The item's own data: two executions may begin in the same millisecond. */
	readonly item: IDataObject;
}

/**
 * A UUID (version 8) that is the same when n8n sends the same item of the same node run again: by Retry
 * On Fail, or because the execution is retried. A loop's next run and another item get another one.
 */
export function deriveCommandId({ execution = randomUUID(), ...origin }: CommandOrigin): string {
	const { instanceId, workflowId, nodeId, runIndex, itemIndex, item } = origin;
	const bytes = createHash('sha256')
		.update(JSON.stringify([instanceId, workflowId, execution, nodeId, runIndex, itemIndex, item]))
		.digest()
		.subarray(0, 16);
	bytes[6] = (bytes[6] & 0x0f) | 0x80;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * What an execution and its retries have in common. A retry has an ID of its own and does not know that
 * of the first, but n8n saves with an execution when it began, and keeps that. A sub-workflow's
 * execution begins anew with each retry of its parent, so there its ID is as good.
 */
export function executionOrigin(context: IExecuteFunctions): string | undefined {
	// Older versions of n8n do not have it.
	const { establishedAt, parentExecutionId } = context.getExecutionContext?.() ?? {};
	return establishedAt !== undefined && parentExecutionId === undefined
		? `begun ${establishedAt}`
		: context.getExecutionId();
}
