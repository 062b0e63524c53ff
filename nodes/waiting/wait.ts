import { createHash } from 'node:crypto';
import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	IRunExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

/** What an execution waits for. n8n saves it with the pause. */
export interface Wait extends IDataObject {
	/** In the client state of the command: tells its own events from those of others; empty without a command. */
	name: string;
	/** The hash of what proves that a request to the execution comes from its own node. Unique. */
	secret_hash: string;
	/** The leg that the command is for; empty if it dials. */
	call_control_id: string;
	/** Whether the command makes a leg: it dials or transfers. */
	makes_leg: boolean;
	/** That leg, as soon as it is known; empty until then. */
	new_leg: string;
	/** Legs whose end ends the wait as well. */
	other_legs: string[];
	/** Event types that end the wait well, and those that end it as a failure. */
	success: string[];
	failure: string[];
	/** The `status` or `result` that the former must have, if they have one; empty if any is fine. */
	good_statuses: string[];
	/** Fields that the payload must have as they are here, if it has them. */
	ties: IDataObject;
	/** Whether a key ends the wait. */
	stops_on_key: boolean;
	/** Keys that were pressed before this time count no more. ISO 8601. */
	keys_after: string;
	seconds: number;
	/** What to do if Telnyx reports a failure or the time is over, and if the call ends first. */
	on_failure: string;
	on_call_end: string;
	/** What is known of the command before Telnyx answers. */
	command: IDataObject;
}

/** What is saved of a secret: n8n shows what it saves to those who may see the execution. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** In the metadata of the node that waits, which n8n saves with the execution. */
const WAIT = 'telnyxWait';

type Metadata = NonNullable<IExecuteData['metadata']> & { [WAIT]?: Wait };

export const storeWait = (context: IExecuteFunctions, wait: Wait): void =>
	context.setMetadata({ [WAIT]: wait } as Metadata);

/** What n8n keeps of the execution. Its class has it, the interface for nodes does not. */
export const runOf = (context: IWebhookFunctions): IRunExecutionData | undefined =>
	(context as { runExecutionData?: IRunExecutionData | null }).runExecutionData ?? undefined;

/** The node of the execution that waits, with its input. */
export const entryOf = (context: IWebhookFunctions): IExecuteData | undefined =>
	runOf(context)?.executionData?.nodeExecutionStack[0];

/** Undefined if the execution waits for nothing of ours. */
export const storedWait = (context: IWebhookFunctions): Wait | undefined =>
	(entryOf(context)?.metadata as Metadata | undefined)?.[WAIT];

/** What an execution knows of a leg. */
export interface Leg extends IDataObject {
	/** The user's client state, as Telnyx has it. */
	client_state?: string;
	/** When the last key was pressed that a node used. ISO 8601. */
	key_used_at?: string;
	/** Whether the execution answered it: its caller is who the execution is for. */
	is_answered?: boolean;
}

const LEGS = 'telnyxLegs';

/** The legs that an execution owns, by call_control_id, in the order in which it got them. */
export type Legs = Record<string, Leg>;

/** n8n saves them with the execution; what is written here stays. */
export function legsOf(context: IExecuteFunctions): Legs {
	const memory = context.getContext('flow') as { [LEGS]?: Legs };
	return (memory[LEGS] ??= {});
}

/** The same for an execution that waits. */
export function waitingLegsOf(context: IWebhookFunctions): Legs {
	const data = runOf(context)?.executionData;
	if (!data) return {};
	const memory = (data.contextData.flow ??= {}) as { [LEGS]?: Legs };
	return (memory[LEGS] ??= {});
}
