import { createHash } from 'node:crypto';
import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	IRunExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';

import { ByWait } from './byWait';

/** One of a node's outputs, from 0, and how many there are. */
export interface Place extends IDataObject {
	readonly output: number;
	readonly of: number;
}

/** What an execution waits for. n8n saves it with the pause. */
export interface Wait extends IDataObject {
	/** Sent in the client state of the command, to tell its events from those of others; empty without a command. */
	name: string;
	/** Random. */
	id: string;
	/** The hash of the secret that proves that a request comes from the execution's own node. Unique. */
	secret_hash: string;
	/** The leg that the command is for; empty if it dials. */
	call_control_id: string;
	/** Whether the command creates a leg: it dials or transfers. */
	makes_leg: boolean;
	/** Whether a leg that it creates is to stop ringing when one of the others ends. */
	stops_ringing: boolean;
	/** The legs that it created, as soon as they are known. */
	new_legs: string[];
	/** Other legs whose end ends the wait. */
	other_legs: string[];
	/** Event types that end the wait with success, and those that end it with a failure. */
	success: string[];
	failure: string[];
	/** Event types that Telnyx sends straight to the execution; the others go to a published trigger. */
	straight: string[];
	/** The `status` or `result` that the former must have, if they have one; empty if any is fine. */
	good_statuses: string[];
	/** Fields whose values must be the same in the payload if it has them. */
	ties: IDataObject;
	/** Whether a key ends the wait. */
	stops_on_key: boolean;
	/** Keys that were pressed before this time no longer count. ISO 8601. */
	keys_after: string;
	seconds: number;
	/** What to do if Telnyx reports a failure or the time is over, and if the call ends first. */
	on_failure: string;
	on_call_end: string;
	/** The output for when the time is over; undefined if the node then fails. */
	at_timeout?: Place;
	/** The output for when it fails and n8n is to go on; the first one if undefined. */
	at_failure?: Place;
	/** What is known about the command before Telnyx replies. */
	command: IDataObject;
	/** The executions that the leg belongs to, sealed, for commands that are sent while this one waits. */
	owner: string;
	/** The public address at which n8n receives webhooks. */
	origin: string;
	/** Data that a node which leads a call through several commands needs later; empty for others. */
	plan: IDataObject;
}

/**
 * The name in the client state of a later command of the same wait. It tells the stage that the call has
 * reached with the events of that command, so the stage need not be saved.
 */
export const nameOfStage = ({ name }: Wait, stage: string): string => `${name}${STAGE}${stage}`;

const STAGE = '~';

/** The wait that an event names, and its stage: that of the first command is ''. */
export function stageIn(named: string | undefined): { wait: string | undefined; stage: string } {
	const [wait, stage = ''] = named?.split(STAGE) ?? [];
	return { wait, stage };
}

/** The form in which a secret is saved: n8n shows saved data to everybody who may see the execution. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** In the metadata of the node that waits, which n8n saves with the execution. */
const WAIT = 'telnyxWait';

type Metadata = NonNullable<IExecuteData['metadata']> & { [WAIT]?: Wait };

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

/** Undefined if the execution waits for nothing of ours. */
export const storedWait = (context: IWebhookFunctions): Wait | undefined =>
	(entryOf(context)?.metadata as Metadata | undefined)?.[WAIT];

/** The wait with Telnyx's reply to its command. */
export function withAnswer(wait: Wait, answer: IDataObject = {}): Wait {
	const { call_control_id: id, [LEGS_MADE]: legs = [id] } = answer;
	const known = withLegs(wait, legs as unknown[]);
	return { ...known, command: { ...wait.command, ...answer } };
}

/** The wait with legs that its command has made. */
export function withLegs(wait: Wait, legs: readonly unknown[]): Wait {
	const made = legs.filter(
		(leg): leg is string => typeof leg === 'string' && leg !== wait.call_control_id,
	);
	return { ...wait, new_legs: wait.makes_leg ? [...new Set([...wait.new_legs, ...made])] : [] };
}

/** The field for the IDs of all legs, in the reply to a command that creates several. */
export const LEGS_MADE = 'call_control_ids';

/**
 * n8n mistakes the index of an output for that of the input that an item comes from, and so loses the
 * item's link. A node with several outputs therefore names the same source for each of them.
 */
export function linkAllOutputs(entry: IExecuteData | undefined, count: number): void {
	const [source] = entry?.source?.main ?? [];
	if (entry?.source && source) entry.source.main = Array.from({ length: count }, () => source);
}

/** What an execution knows about a leg. */
export interface Leg extends IDataObject {
	/** The user's client state, as Telnyx has it. */
	client_state?: string;
	/** Other executions that own it too, sealed. */
	other_owners?: string;
	/** When the last key was pressed that a node used. ISO 8601. */
	key_used_at?: string;
	/** Whether the execution answered it, so that the execution is about its caller. */
	is_answered?: boolean;
	/** Whether it is known to be over. */
	has_ended?: boolean;
	/** The application that it runs under, and the numbers on this side of it and on the other. */
	connection_id?: string;
	own_number?: string;
	other_number?: string;
}

const LEGS = 'telnyxLegs';

/** The legs that an execution owns, by call_control_id, in the order in which it got them. */
export type Legs = Record<string, Leg>;

/** n8n saves them with the execution, so changes to the object last. */
export function legsOf(context: IExecuteFunctions): Legs {
	const memory = context.getContext('flow') as { [LEGS]?: Legs };
	return (memory[LEGS] ??= {});
}

/** The execution has hung up. */
export function noteEnded(context: IExecuteFunctions, id: string): void {
	const { [id]: leg } = legsOf(context);
	if (leg) leg.has_ended = true;
}

/** The same for an execution that waits. */
export function noteEndedWhileWaiting(context: IWebhookFunctions, id: string): void {
	(waitingLegsOf(context)[id] ??= {}).has_ended = true;
}

const CALL = 'telnyxCall';

/** The call that the execution answered or dialed last. */
export const currentCallOf = (context: IExecuteFunctions): string | undefined =>
	(context.getContext('flow') as { [CALL]?: string })[CALL];

export const noteCall = (context: IExecuteFunctions, id: string): void => {
	(context.getContext('flow') as { [CALL]?: string })[CALL] = id;
};

/** The same for a waiting execution. */
export function noteCallWhileWaiting(context: IWebhookFunctions, wait: Wait, id: string): void {
	memoryOf(context)[CALL] = id;
	const known = learned.get(wait.secret_hash);
	if (known) known.call = id;
}

/** What was learned of the legs of executions since they began to wait. */
const learned = new ByWait<{ readonly legs: Legs; call?: string }>();

/**
 * Shares what is known of the legs between the events of a wait: several may be handled at once, and n8n saves
 * only what the last one knows.
 */
export function shareLearned(context: IWebhookFunctions, { secret_hash: wait }: Wait): void {
	const known = learned.get(wait) ?? { legs: waitingLegsOf(context) };
	learned.set(wait, known);
	const memory = memoryOf(context);
	memory[LEGS] = known.legs;
	if (known.call !== undefined) memory[CALL] = known.call;
}

/** To be called when the wait is over: what other events have told until now is saved with the last one. */
export function endLearning(context: IWebhookFunctions, wait: Wait): void {
	shareLearned(context, wait);
	learned.delete(wait.secret_hash);
}

/** The legs that a waiting execution owns. */
export const waitingLegsOf = (context: IWebhookFunctions): Legs => (memoryOf(context)[LEGS] ??= {});

const USED = 'telnyxEvents';

/** The IDs of the events that a waiting execution has gone on with, the latest last. */
export const usedEventsOf = (context: IWebhookFunctions): string[] =>
	(memoryOf(context)[USED] ??= []);

interface Memory {
	[LEGS]?: Legs;
	[CALL]?: string;
	[USED]?: string[];
}

/** The data of a waiting execution that n8n saves when it goes on. */
const memoryOf = (context: IWebhookFunctions): Memory => {
	const data = runOf(context)?.executionData;
	return data ? ((data.contextData.flow ??= {}) as Memory) : {};
};
