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
	/** What the output has of it. */
	readonly json: IDataObject;
	readonly description?: string;
	/** For the error output: what a workflow could branch on. */
	readonly details?: IDataObject;
	/** The place of the output, from 0, for a node that has several. */
	readonly output?: number;
	readonly binary?: IBinaryKeyData;
}

/** The stage at which nothing has happened for as long as `wakeUp` was told. */
export const PAUSE = 'pause';

/** Something that ends the wait, unless the node has more to do. */
export interface Happened {
	readonly end: End;
	/** Undefined if the node itself says so: the time is over, or the command was refused. */
	readonly event?: TelnyxEvent;
	/** How far the call had come: what `nameOfStage` was given for the command that caused it. */
	readonly stage: string;
}

/** What comes out of the node, and the error with which it fails, if it does. */
export interface Output {
	readonly items: INodeExecutionData[][];
	readonly fails?: NodeOperationError;
}

/** What a node makes of its waits. */
export interface Behavior {
	/** What the node puts out if n8n itself ends the wait because its time is over. */
	readonly atTimeout: (input: IDataObject, known: IDataObject) => IDataObject;
	/** What the wait ends with; undefined if it goes on, because the node has sent another command. */
	readonly follow: (
		context: IWebhookFunctions,
		wait: Wait,
		happened: Happened,
	) => Promise<End | undefined>;
	/** @param input of the node, as `atTimeout` left it */
	readonly output: (node: INode, wait: Wait, end: End, input: IDataObject) => Output;
}
