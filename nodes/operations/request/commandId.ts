import { hash, randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What identifies a run of a node. */
export interface RunOrigin {
	readonly instanceId: string;
	readonly workflowId: string | undefined;
	/** From `executionOrigin`. */
	readonly execution: string | undefined;
	readonly nodeId: string;
	readonly runIndex: number;
}

/** The same text for the same run of a node; never the same where n8n does not say which one it is. */
export function originOf({ execution = randomUUID(), ...origin }: RunOrigin): string {
	const { instanceId, workflowId, nodeId, runIndex } = origin;
	return JSON.stringify([instanceId, workflowId, execution, nodeId, runIndex]);
}

/** What a command acts on. Everything else in its request is a setting. */
export interface Target {
	/** With the operation and the IDs in it, such as that of the call. */
	readonly path: string;
	/** Whom to call. */
	readonly to?: unknown;
}

/**
 * A UUID (version 8) that is the same when n8n sends the same item of the same node run again: by Retry
 * On Fail, or because the execution is retried. A loop's next run and another item get another one.
 * @param item its own data, and `target`, because two executions may begin in the same millisecond
 */
export function deriveCommandId(
	origin: string,
	itemIndex: number,
	item: IDataObject,
	{ path, to }: Target,
): string {
	const hex = hash('sha256', `${origin}${JSON.stringify([itemIndex, item, path, to])}`);
	const variant = ((parseInt(hex[16], 16) & 0x3) | 0x8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * What an execution and its retries have in common. A retry has an ID of its own and does not know that
 * of the first, but n8n saves with an execution when it began, and keeps that. A sub-workflow's
 * execution begins again with each retry of its parent, so there its ID is as good.
 */
export function executionOrigin(context: IExecuteFunctions): string | undefined {
	// Older versions of n8n do not have it.
	const { establishedAt, parentExecutionId } = context.getExecutionContext?.() ?? {};
	return establishedAt !== undefined && parentExecutionId === undefined
		? `begun ${establishedAt}`
		: context.getExecutionId();
}
