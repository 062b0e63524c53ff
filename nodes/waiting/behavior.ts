import type {
	IBinaryKeyData,
	IDataObject,
	INode,
	INodeExecutionData,
	IWebhookFunctions,
	NodeOperationError,
} from 'n8n-workflow';

import type { TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import type { Outcome } from './outcome';
import type { Wait } from './wait';

/** How a wait ended, and why. */
export interface End {
	readonly outcome: Outcome;
	/** A sentence without its period, for what is no success. */
	readonly reason: string;
	/** The fields that it adds to the output. */
	readonly json: IDataObject;
	readonly description?: string;
	/** For the error output: data that a workflow could branch on. */
	readonly details?: IDataObject;
	/** The index of the output, for a node that has several. */
	readonly output?: number;
	readonly binary?: IBinaryKeyData;
}

/** The stage of a wake-up: nothing has happened for the time that `wakeUp` was given. */
export const PAUSE = 'pause';

/** Something that ends the wait unless the node has more to do. */
export interface Happened {
	readonly end: End;
	/** Undefined if it comes from the node itself: the time is over, or the command was refused. */
	readonly event?: TelnyxEvent;
	/** The stage of the call: the one that `nameOfStage` was given for the command that caused it. */
	readonly stage: string;
	/** When this process learned of it, in milliseconds since 1970. */
	readonly at: number;
}

/** The items of each output of the node, and the error with which it fails, if it does. */
export interface Output {
	readonly items: INodeExecutionData[][];
	readonly fails?: NodeOperationError;
}

/** How a node ends its waits. */
export interface Behavior {
	/** The output if n8n itself ends the wait because its time is over. */
	readonly atTimeout: (input: IDataObject, known: IDataObject, wait: Wait) => IDataObject;
	/** How the wait ends; undefined if it goes on because the node has sent another command. */
	readonly follow: (
		context: IWebhookFunctions,
		wait: Wait,
		happened: Happened,
	) => Promise<End | undefined>;
	/** @param input of the node, as `atTimeout` left it */
	readonly output: (node: INode, wait: Wait, end: End, input: IDataObject) => Output;
}
