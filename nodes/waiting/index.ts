import type { INodeExecutionData } from 'n8n-workflow';

import type { Command, Extension, SendCommand } from '../operations/extension';
import { TAKE_EVENTS, WAIT, waitFields, waitProperties } from './form';
import { assertPossible, awaitedBy, limitOf, pauseFor, readPlan, withAddress } from './start';

/** Waiting for the outcome of commands and for the events of a call. */
export const waiting: Extension = {
	fields: waitFields,
	properties: waitProperties,
	carryOut,
};

async function carryOut(command: Command, send: SendCommand): Promise<INodeExecutionData[]> {
	const { context, operation, request, settings, values } = command;
	if (!request) return await waitForEvent(command);
	if (!settings[WAIT] && !settings[TAKE_EVENTS]) return await send(request);
	const plan = await readPlan(command);
	const items = await send(withAddress(context, request, plan));
	const [item] = items;
	if (plan.limit && !item.json.already_ended) {
		await pauseFor(context, item, awaitedBy(operation, values, request, item), plan.limit);
	}
	return items;
}

/** Pauses the execution until one of the chosen events comes. */
async function waitForEvent({
	context,
	itemIndex,
	settings,
	values,
}: Command): Promise<INodeExecutionData[]> {
	await assertPossible(context);
	const { call_control_id, events } = values;
	const item = { json: { call_control_id }, pairedItem: { item: itemIndex } };
	const awaited = {
		success: events as string[],
		failure: [],
		failed_with: [],
		call_control_id: String(call_control_id),
		mark: '',
	};
	await pauseFor(context, item, awaited, limitOf(settings));
	return [item];
}
