import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { outputCount, outputIndex } from '../form/outputs';
import {
	chosenEvents,
	DROP_FOR_GOOD,
	OUTPUT_PER_EVENT,
	readOptions,
	type Options,
} from '../form/parameters';
import { isNewAnywhere } from './duplicates';

/** What the trigger puts out for the event that `accept` started the execution with. */
export async function outputEvent(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const options = readOptions(context);
	if (await isDuplicate(context, options, items[0].json.id)) {
		context.addExecutionHints({
			message: 'Telnyx sent this event before, so the workflow ends here',
			location: 'outputPane',
		});
		return [[]];
	}
	if (options.outputs !== OUTPUT_PER_EVENT) return [items];
	const chosen = chosenEvents(context, options);
	const outputs = Array.from({ length: outputCount(chosen) }, (): INodeExecutionData[] => []);
	for (const item of items) outputs[outputIndex(String(item.json.event_type), chosen)]?.push(item);
	return outputs;
}

/** n8n's database can be asked only here, not in a webhook. */
const isDuplicate = async (
	context: IExecuteFunctions,
	{ duplicates }: Options,
	eventId: unknown,
): Promise<boolean> =>
	duplicates === DROP_FOR_GOOD &&
	context.getMode() === 'webhook' &&
	typeof eventId === 'string' &&
	!(await isNewAnywhere(context, eventId));

/** One flat object with everything that the event is about: what Telnyx adds to it later as well. */
export function simplified(event: TelnyxEvent): IDataObject {
	const { event_type, id, occurred_at, client_state } = event;
	// Fields of the payload must not replace those of the event itself.
	const own = { event_type, id, occurred_at };
	return { ...own, ...payloadOf(event), ...own, client_state };
}
