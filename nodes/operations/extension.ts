import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Fields } from '../catalogue/schema/field';
import type { Operation } from '../catalogue/schema/operation';
import type { Delivery } from '../telnyx/http/retrying';
import type { CommandRequest } from './request';

/** One item's command, with everything that the user set checked. */
export interface Command {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly operation: Operation;
	/** The operation's fields by the API's names, as Telnyx takes them; without those that are not set. */
	readonly values: IDataObject;
	/** The node's own settings for the operation, the extension's among them; as the form starts if not set. */
	readonly settings: IDataObject;
	/** Undefined if the operation sends none. */
	readonly request?: CommandRequest;
}

/**
 * Sends a command's request, as it is or changed, with retries, and gives the items to put out. It may be
 * called after the node's run has ended.
 * @param isStillWanted asked before each further try
 * @throws TelnyxFailure, InputError
 */
export type SendCommand = (
	request: CommandRequest,
	isStillWanted?: Delivery['isStillWanted'],
) => Promise<INodeExecutionData[]>;

/** What a node does besides sending its commands, such as waiting for their outcome. */
export interface Extension {
	/** Its own settings for an operation: read and checked with the operation's fields. */
	readonly fields: (operation: Operation) => Fields;
	/** How the form shows them, before the operation's options. */
	readonly properties: (operation: Operation) => INodeProperties[];
	/**
	 * What else is in the way of a command, in whole sentences without their periods. What is wrong by itself
	 * is not among the values and settings.
	 * @param mayAsk whether Telnyx may be asked: not if something is wrong in any case
	 */
	readonly check: (
		command: Omit<Command, 'request'>,
		mayAsk: boolean,
	) => Promise<readonly string[]>;
	/**
	 * Carries out a command: sends it, and does its own part before, after or instead.
	 * @throws what `send` throws
	 */
	readonly carryOut: (command: Command, send: SendCommand) => Promise<INodeExecutionData[]>;
	/** Puts failed items into the output at which n8n is to go on with them, where that is not the first. */
	readonly failed?: (node: INode, items: INodeExecutionData[]) => INodeExecutionData[];
}
