import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { without } from '../../shared/without';
import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { areSeparate, outputCount, outputIndex, type SelectedBy } from '../form/outputs';
import {
	selectedEvents,
	DROP_FOR_GOOD,
	readOptions,
	wantsSeparateOutputs,
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
	const selected = selectedEvents(context, options);
	if (!areSeparate(wantsSeparateOutputs(context), selected)) return [items];
	const outputs = Array.from({ length: outputCount(selected) }, (): INodeExecutionData[] => []);
	for (const item of items) outputs[outputIndex(selectedBy(item.json), selected)]?.push(item);
	return outputs;
}

/** A simplified item has the fields of the payload itself. */
const selectedBy = (json: IDataObject): SelectedBy => ({
	event_type: String(json.event_type),
	payload: isObject(json.payload) ? json.payload : json,
});

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
	const beside = without(event, 'record_type', 'payload', 'meta');
	return { ...own, ...beside, ...payloadOf(event), ...own, client_state };
}
