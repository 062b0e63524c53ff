import type { IDataObject, IExecuteFunctions, ITaskData } from 'n8n-workflow';

/** Hears the agents of an execution. */
interface Listener {
	/** An agent is about to speak. */
	begin(): void;
	/** A piece of text has been said. */
	say(text: string): void;
	/** An agent has said what it had to say for now. Its tools may run, or what comes after it. */
	rest(): void;
	/** The agent that has spoken last needs no more tools: what it has said is its whole answer. */
	finish(): void;
}

/** By the item that starts the execution. */
const listeners = new WeakMap<IDataObject, Listener>();

/** Hears what the agents say in the execution that starts with this item, if it runs in this process. */
export const expectSpeech = (json: IDataObject, listener: Listener): void => {
	listeners.set(json, listener);
};

interface Chunk {
	readonly type: string;
	readonly content?: unknown;
	readonly metadata?: { readonly nodeName?: string };
}

/** What n8n tells of an execution, by the names of its hooks. */
interface Handlers {
	sendChunk: (chunk: Chunk) => void;
	/** Not called for an agent that wants its tools to run. */
	nodeExecuteAfter: (node: string, run: NodeRun) => void;
}

type NodeRun = Pick<ITaskData, 'data' | 'executionStatus'>;

/** The members of n8n's context class that its interface does not declare. */
interface StreamingContext {
	readonly additionalData?: {
		streamingEnabled?: boolean;
		readonly hooks?: {
			addHandler?: <Name extends keyof Handlers>(name: Name, handler: Handlers[Name]) => void;
		};
	};
}

/**
 * Lets the agents of this execution say their answers piece by piece. Not documented by n8n: where it is
 * missing, and in queue mode, where an execution runs in another process, the answer comes in one piece.
 */
export function speakWhileRunning(context: IExecuteFunctions): void {
	const [item] = context.getInputData();
	const listener = item && listeners.get(item.json);
	const { additionalData } = context as StreamingContext;
	if (!listener || typeof additionalData?.hooks?.addHandler !== 'function') return;
	let speaker: string | undefined;
	additionalData.hooks.addHandler('sendChunk', ({ type, content, metadata }) => {
		if (type === 'begin') listener.begin();
		if (type === 'begin' || type === 'item') speaker = metadata?.nodeName;
		if (type === 'item' && typeof content === 'string' && content !== '') listener.say(content);
		if (type === 'end') listener.rest();
	});
	additionalData.hooks.addHandler('nodeExecuteAfter', (node, run) => {
		if (node === speaker && !hasFailed(run)) listener.finish();
	});
	additionalData.streamingEnabled = true;
}

/** An agent that is to go on after an error puts the error out. */
const hasFailed = ({ data, executionStatus }: NodeRun): boolean =>
	executionStatus !== 'success' ||
	(data?.main ?? []).flat().some((item) => item?.error ?? item?.json.error);
