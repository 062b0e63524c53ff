import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { without } from '../../shared/without';
import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { eventIdOf } from '../../telnyx/webhooks/receive';
import { areSeparate, outputCount, outputIndex } from '../form/outputs';
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
	if (await isDuplicate(context, options, eventOf(items[0]))) {
		context.addExecutionHints({
			message: 'Telnyx sent this event before, so the workflow ends here',
			location: 'outputPane',
		});
		return [[]];
	}
	const toOutput = (item: INodeExecutionData) =>
		options.simple ? { ...item, json: simplified(eventOf(item)) } : item;
	const selected = selectedEvents(context, options);
	if (!areSeparate(wantsSeparateOutputs(context), selected)) return [items.map(toOutput)];
	const outputs = Array.from({ length: outputCount(selected) }, (): INodeExecutionData[] => []);
	for (const item of items) {
		outputs[outputIndex(eventOf(item), selected)]?.push(toOutput(item));
	}
	return outputs;
}

const eventOf = ({ json }: INodeExecutionData) => json as TelnyxEvent;

/** n8n's database can be asked only here, not in a webhook. */
const isDuplicate = async (
	context: IExecuteFunctions,
	{ duplicates }: Options,
	event: TelnyxEvent,
): Promise<boolean> =>
	duplicates === DROP_FOR_GOOD &&
	context.getMode() === 'webhook' &&
	!(await isNewAnywhere(context, eventIdOf(event)));

/** One flat object with everything that the event is about: what Telnyx adds to it later as well. */
function simplified(event: TelnyxEvent): IDataObject {
	const { event_type, id, occurred_at, client_state, payload } = event;
	// Fields of the payload must not replace those of the event itself.
	const own = { event_type, id, occurred_at };
	const beside = without(event, 'record_type', 'payload', 'meta');
	const whole = isObject(payload) || isNothing(payload) ? {} : { payload };
	return { ...own, ...beside, ...payloadOf(event), ...whole, ...own, client_state };
}

const isNothing = (value: unknown) => value === undefined || value === null;
