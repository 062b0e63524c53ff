import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { events as voiceEvents } from '../telnyx/events';
import { choices, type Fields } from '../catalogue/schema/field';
import { callControlId } from '../catalogue/shared/commandFields';
import { toProperties } from '../operations/form/property';
import { InputError } from '../operations/request';
import { wireValues, type Checks, type Given } from '../operations/request/values';
import { limit } from './form';
import { awaitable } from './outcome';
import { assertPossible, pauseFor, readLimit } from './start';

/** The resource and the name of the one operation that is no endpoint: it sends nothing. */
export const WAIT_FOR_EVENT = { resource: 'call', operation: 'waitForEvent' } as const;

const fields = {
	call_control_id: callControlId,
	events: choices({
		label: 'Events',
		description: 'What to wait for: whichever comes first ends the waiting',
		required: true,
		choices: Object.fromEntries(
			voiceEvents
				.filter(({ type }) => awaitable.includes(type))
				.map(({ type, name, description }) => [type, { name, description }]),
		),
	}),
} as const satisfies Fields;

/** How the operation is offered in the editor. */
export const waitForEvent = {
	name: 'Wait for Event',
	action: 'Wait for an event of a call',
	description:
		'Go on when something happens on the call that no command caused, such as a key or the hangup. The node that dialed or answered has to send its events to this execution.',
	fields,
} as const;

/** Its form. */
export const waitForEventFields = (): INodeProperties[] => [...toProperties(fields), ...limit];

/**
 * Pauses the execution until one of the chosen events comes.
 * @throws InputError
 */
export async function waitOnly(
	context: IExecuteFunctions,
	given: Given,
): Promise<INodeExecutionData[]> {
	const checks: Checks = { given, within: [], complaints: [] };
	const { call_control_id, events: success } = wireValues(fields, checks);
	if (checks.complaints.length > 0) throw new InputError(checks.complaints);
	await assertPossible(context);
	const item = { json: { call_control_id }, pairedItem: { item: 0 } };
	const awaited = {
		success: success as string[],
		failure: [],
		failed_with: [],
		call_control_id: String(call_control_id),
		mark: '',
	};
	await pauseFor(context, item, awaited, readLimit(context));
	return [item];
}
