import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { bridge } from '../catalogue/call/bridge';
import { sendsRequest } from '../catalogue/schema/operation';
import type { Command } from '../operations/extension';
import { ByWait } from './byWait';
import { memoryOf } from './savedExecution';
import type { Wait } from './wait';

/** What an execution knows about a leg. */
export interface Leg extends IDataObject {
	/** The user's client state, as Telnyx has it. */
	client_state?: string;
	/** Other executions that own it too, sealed. */
	other_owners?: string;
	/** When the last key was pressed that a node used. ISO 8601. */
	key_used_at?: string;
	/** Whether this execution or an earlier owner answered it, so that a caller is there. */
	is_answered?: boolean;
	/** Whether only other executions answered it, of which this one is no sub-workflow. */
	is_others_caller?: boolean;
	/** Whether it is known to be over. */
	has_ended?: boolean;
	/** The application that it runs under, and the numbers on this side of it and on the other. */
	connection_id?: string;
	own_number?: string;
	other_number?: string;
}

/** The legs that an execution owns, by call_control_id, in the order in which it got them. */
export type Legs = Record<string, Leg>;

const LEGS = 'telnyxLegs';
const CALL = 'telnyxCall';

/** What n8n saves of them with the execution, so changes to the objects last. */
interface Memory {
	[LEGS]?: Legs;
	[CALL]?: string;
}

const runningMemoryOf = (context: IExecuteFunctions): Memory => context.getContext('flow');
const waitingMemoryOf = (context: IWebhookFunctions): Memory => memoryOf(context);

/** The legs of an execution that runs. */
export const legsOf = (context: IExecuteFunctions): Legs => (runningMemoryOf(context)[LEGS] ??= {});

/** The same for an execution that waits. */
export const waitingLegsOf = (context: IWebhookFunctions): Legs =>
	(waitingMemoryOf(context)[LEGS] ??= {});

/** Fields by which a command also speaks of another call or of a conference. */
const OF_OTHERS = [
	'conference_config',
	'participant',
	'participants',
	'supervise_call_control_id',
] as const;

/**
 * The leg that is over if Telnyx says so in its answer to a command. Undefined where that is not known: of a
 * bridge, for example, it may be either of two.
 */
export function endedLegOf({
	operation,
	values,
}: Pick<Command, 'operation' | 'values'>): string | undefined {
	const isOfCall = !sendsRequest(operation) || operation.request.includes('/calls');
	const mayBeAnother = operation === bridge || OF_OTHERS.some((name) => values[name] !== undefined);
	const leg = values.call_control_id ?? values.link_to;
	return isOfCall && !mayBeAnother && typeof leg === 'string' ? leg : undefined;
}

/** Whether the execution is about whoever called there. */
export const isCaller = ({ is_answered: isAnswered, is_others_caller: isOthers }: Leg): boolean =>
	isAnswered === true && !isOthers;

/** The execution has hung up, or Telnyx has said that the call is over. */
export function noteEnded(context: IExecuteFunctions, id = ''): void {
	const { [id]: leg } = legsOf(context);
	if (leg) leg.has_ended = true;
}

/** The same for an execution that waits. The report of a hangup that is known is no news for later waits. */
export function noteEndedWhileWaiting(context: IWebhookFunctions, id: string): void {
	if (id === '') return;
	(waitingLegsOf(context)[id] ??= {}).has_ended = true;
}

/** The call that the execution answered or dialed last. */
export const currentCallOf = (context: IExecuteFunctions): string | undefined =>
	runningMemoryOf(context)[CALL];

/** From now on, this is that call. */
export const noteCall = (context: IExecuteFunctions, id: string): void => {
	runningMemoryOf(context)[CALL] = id;
};

/** The same for a waiting execution. */
export function noteCallWhileWaiting(context: IWebhookFunctions, wait: Wait, id: string): void {
	waitingMemoryOf(context)[CALL] = id;
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
	const memory = waitingMemoryOf(context);
	memory[LEGS] = known.legs;
	if (known.call !== undefined) memory[CALL] = known.call;
}

/** To be called when the wait is over: what other events have told until now is saved with the last one. */
export function endLearning(context: IWebhookFunctions, wait: Wait): void {
	shareLearned(context, wait);
	learned.delete(wait.secret_hash);
}
