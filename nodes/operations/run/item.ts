import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Fields } from '../../catalogue/schema/field';
import { sendsRequest, type Operation } from '../../catalogue/schema/operation';
import { perObject } from '../../shared/perObject';
import { send, type Connection } from '../../telnyx/http/client';
import { hasEnded, TelnyxFailure } from '../../telnyx/http/failure';
import type { Delivery } from '../../telnyx/http/retrying';
import { trailed } from '../../telnyx/http/trailing';
import type { Command, Extension, SendCommand } from '../extension';
import { outputFields, type OutputSettings } from '../form/output';
import { checkedSettings, checkedValues, toRequest, type CommandRequest } from '../request';
import { deriveCommandId } from '../request/commandId';
import { InputError } from '../request/complaints';
import { withUpload } from '../request/upload';
import { toItems } from './output';
import { readForm, readSettings } from './reading';
import type { Run } from './start';

/**
 * Carries out the operation for one item.
 * @throws InputError, TelnyxFailure, StoppedError, CanceledError
 */
export async function carryOut(
	extension: Extension,
	run: Run,
	item: INodeExecutionData,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	if (run.failure) throw run.failure;
	const { name, operation } = run.operationFor(itemIndex);
	const command = await readCommand(extension, run, operation, item, itemIndex);
	return await extension.carryOut(command, senderFor(run, name, command));
}

/** How a command of a run gets to Telnyx, and what comes of it. */
export function senderFor(run: Run, name: string, command: Command): SendCommand {
	return async (request, isStillWanted) => {
		const connection = connectionFor(run, command.itemIndex, name, isStillWanted);
		await trailed(command.values.call_control_id);
		return await sendCommand(connection, command, request);
	};
}

/** Reads and checks everything that the user set for an item. */
async function readCommand(
	extension: Extension,
	{ complaints: optionComplaints, context, origin, whyPrivate }: Run,
	operation: Operation,
	{ json }: INodeExecutionData,
	itemIndex: number,
): Promise<Command> {
	const complaints: string[] = [];
	const values = checkedValues(
		operation,
		{ ...readForm(context, operation.fields, itemIndex), whyPrivate },
		complaints,
	);
	const own = ownFields(extension)(operation);
	const settings = checkedSettings(own, readSettings(context, own, itemIndex), complaints);
	const command = { context, itemIndex, operation, values, settings };
	complaints.push(...optionComplaints);
	complaints.push(...(await extension.check(command, complaints.length === 0)));
	if (complaints.length > 0) throw new InputError(complaints);
	return {
		...command,
		...(sendsRequest(operation) && {
			request: toRequest(operation, values, (target) =>
				deriveCommandId(origin, itemIndex, json, target),
			),
		}),
	};
}

/** The node's own settings for an operation. */
const ownFields = perObject((extension: Extension) =>
	perObject(
		(operation: Operation): Fields => ({
			...extension.fields(operation),
			...outputFields(operation),
		}),
	),
);

function connectionFor(
	{ context, baseUrl, delivery, progress }: Run,
	itemIndex: number,
	name: string,
	isStillWanted: Delivery['isStillWanted'],
): Connection<IExecuteFunctions> {
	return {
		context,
		baseUrl,
		delivery: {
			...delivery,
			name: `${name}, item ${itemIndex}`,
			outcomeUnknownSince: progress.outcomeUnknownSince(itemIndex),
			onTry: () => progress.sent(itemIndex),
			isStillWanted,
		},
	};
}

async function sendCommand(
	connection: Connection<IExecuteFunctions>,
	{ context, itemIndex, operation, settings }: Command,
	request: CommandRequest,
): Promise<INodeExecutionData[]> {
	return await toItems({
		connection,
		itemIndex,
		operation,
		settings,
		request: await withUpload(context, itemIndex, request, operation.fields),
		send: async (one) => {
			const reply = send(connection, one);
			return await (operation.endedIsFine ? reply.catch(alreadyEnded(settings)) : reply);
		},
	});
}

/**
 * A hangup or a stop that was too late is a success for users who said so, and if an earlier try took
 * effect although its reply was lost.
 */
const alreadyEnded =
	({ already_ended_is_success: isSuccess }: OutputSettings) =>
	(error: unknown): IDataObject => {
		if (!(error instanceof TelnyxFailure && hasEnded(error))) throw error;
		if (isSuccess || error.earlierOutcomeUnknown) return { data: { already_ended: true } };
		throw new TelnyxFailure({
			...error,
			happened: error.message,
			description: `To let that pass, switch on 'Treat Already Ended as Success'. ${error.description}`,
		});
	};
