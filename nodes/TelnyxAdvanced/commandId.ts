import { createHash, randomUUID } from 'node:crypto';

/** What makes one command of one run different from every other. */
export interface CommandOrigin {
	readonly instanceId: string;
	readonly workflowId: string | undefined;
	readonly executionId: string | undefined;
	readonly nodeId: string;
	readonly runIndex: number;
	readonly itemIndex: number;
}

/**
 * A UUID (version 8) that is the same when n8n's Retry On Fail sends the same item of the same node run
 * again. A loop's next run and another item get another one.
 */
export function deriveCommandId({ executionId = randomUUID(), ...origin }: CommandOrigin): string {
	const { instanceId, workflowId, nodeId, runIndex, itemIndex } = origin;
	const bytes = createHash('sha256')
		.update(JSON.stringify([instanceId, workflowId, executionId, nodeId, runIndex, itemIndex]))
		.digest()
		.subarray(0, 16);
	bytes[6] = (bytes[6] & 0x0f) | 0x80;
	bytes[8] = (bytes[8] & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
