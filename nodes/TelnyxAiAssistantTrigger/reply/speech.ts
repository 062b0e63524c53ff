import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** What to do with a piece of text that an agent has just said, by the item that started its execution. */
const listeners = new WeakMap<IDataObject, (text: string) => void>();

/** Hears what the agents say in the execution that starts with this item, if it runs in this process. */
export const expectSpeech = (json: IDataObject, listener: (text: string) => void): void => {
	listeners.set(json, listener);
};

interface Chunk {
	readonly type: string;
	readonly content?: unknown;
}

/** The members of n8n's context class that its interface does not declare. */
interface Inner {
	readonly additionalData?: {
		streamingEnabled?: boolean;
		readonly hooks?: { addHandler?: (name: 'sendChunk', handler: (chunk: Chunk) => void) => void };
	};
}

/**
 * Lets the agents of this execution say their answers piece by piece. Not documented by n8n: where it is
 * missing, and in queue mode, where an execution runs in another process, the answer comes in one piece.
 */
export function speakWhileRunning(context: IExecuteFunctions): void {
	const [item] = context.getInputData();
	const listener = item && listeners.get(item.json);
	const { additionalData } = context as Inner;
	if (!listener || typeof additionalData?.hooks?.addHandler !== 'function') return;
	additionalData.hooks.addHandler('sendChunk', ({ type, content }) => {
		if (type === 'item' && typeof content === 'string' && content !== '') listener(content);
	});
	additionalData.streamingEnabled = true;
}
