import type {
	IContextObject,
	IExecuteData,
	IExecuteFunctions,
	IRunExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import type { Wait } from './wait';

/** In the metadata of the node that waits, which n8n saves with the execution. */
const WAIT = 'telnyxWait';

type Metadata = NonNullable<IExecuteData['metadata']> & { [WAIT]?: Wait };

/** Saves a wait with the pause of its execution. */
export const storeWait = (context: IExecuteFunctions, wait: Wait): void =>
	context.setMetadata({ [WAIT]: wait } as Metadata);

/** n8n's data of the execution. Its class has it, the interface for nodes does not. */
const runOf = (context: IWebhookFunctions): IRunExecutionData | undefined =>
	(context as { runExecutionData?: IRunExecutionData | null }).runExecutionData ?? undefined;

/** The node of the execution that waits, with its input. */
export const entryOf = (context: IWebhookFunctions): IExecuteData | undefined =>
	runOf(context)?.executionData?.nodeExecutionStack[0];

/**
 * An agent may use the same tool several times in a turn, and n8n keeps one object for all these uses. It
 * disables the node to go on, and so would pass over the others.
 */
export function separateOtherUses(context: IWebhookFunctions): void {
	const [own, ...others] = runOf(context)?.executionData?.nodeExecutionStack ?? [];
	for (const entry of others) {
		if (entry.node.name === own.node.name) entry.node = { ...entry.node, disabled: false };
	}
}

/** The wait that was saved; undefined if the execution waits for nothing of ours. */
export const storedWait = (context: IWebhookFunctions): Wait | undefined =>
	(entryOf(context)?.metadata as Metadata | undefined)?.[WAIT];

/**
 * n8n mistakes the index of an output for that of the input that an item comes from, and so loses the
 * item's link. A node with several outputs therefore names the same source for each of them.
 */
export function linkAllOutputs(entry: IExecuteData | undefined, count: number): void {
	const [source] = entry?.source?.main ?? [];
	if (entry?.source && source) entry.source.main = Array.from({ length: count }, () => source);
}

const USED = 'telnyxEvents';

/** The IDs of the events that a waiting execution has gone on with, the latest last. */
export const usedEventsOf = (context: IWebhookFunctions): string[] =>
	((memoryOf(context) as { [USED]?: string[] })[USED] ??= []);

/** The data of a waiting execution that n8n saves when it goes on. */
export const memoryOf = (context: IWebhookFunctions): IContextObject => {
	const data = runOf(context)?.executionData;
	return data ? (data.contextData.flow ??= {}) : {};
};
