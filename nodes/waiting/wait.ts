import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** One of a node's outputs, from 0, and how many there are. */
export interface OutputPlace extends IDataObject {
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
	at_timeout?: OutputPlace;
	/** The output for when it fails and n8n is to go on; the first one if undefined. */
	at_failure?: OutputPlace;
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
