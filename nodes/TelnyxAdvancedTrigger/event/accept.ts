import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { askToRepeat, IGNORED, receiveEvent, type Arrival } from '../../telnyx/webhooks/receive';
import { responded } from '../../telnyx/webhooks/seenInProcess';
import { workload } from '../../telnyx/webhooks/workload';
import { selectionFor } from '../form/outputs';
import {
	selectedEvents,
	LET_THROUGH,
	readFilters,
	readOptions,
	readRegistration,
	type Options,
	type Registration,
} from '../form/parameters';
import { handOver } from '../../waiting/handOver';
import { keepForLater } from '../../waiting/keptKeys';
import { readWebhookUrl } from '../../telnyx/account/previousUrl';
import { isNewHere } from './duplicates';
import { passes } from './filters';

/** Responds to a request to the webhook URL at once, and starts an execution if it is a wanted event. */
export const accept = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await receiveEvent(context, 'Telnyx trigger', async (received, arrival) => {
		const event = withPlainUrl(received);
		const handedOver = await handOver(context, event, arrival);
		if (handedOver === 'taken') return HANDED_OVER;
		if (handedOver === 'busy') return askToRepeat(context);
		const options = readOptions(context);
		if (!isWanted(context, options, event)) {
			if (handedOver === 'notWanted') keepForLater(context, event, arrival);
			return IGNORED;
		}
		if (!(await isNew(context, options, arrival))) return IGNORED;
		if (!(await hasTurn(context))) return askToRepeat(context);
		return { workflowData: [[{ json: event }]] };
	});

const HANDED_OVER: IWebhookResponseData = { webhookResponse: 'Handed over' };

/** Without what registration added to the URL that Telnyx called: the previous URL may hold secrets. */
function withPlainUrl(event: TelnyxEvent): TelnyxEvent {
	const { meta } = event;
	if (!isObject(meta) || typeof meta.delivered_to !== 'string') return event;
	const { address, previous } = readWebhookUrl(meta.delivered_to);
	if (!previous) return event;
	return { ...event, meta: { ...meta, delivered_to: address } };
}

const isWanted = (context: IWebhookFunctions, options: Options, event: TelnyxEvent): boolean =>
	isOfApplication(readRegistration(context), event) &&
	selectionFor(event, selectedEvents(context, options)) !== undefined &&
	passes(event, readFilters(context));

/** The URL of a trigger can be set in other applications of the account as well. */
function isOfApplication({ isAutomatic, connectionId }: Registration, event: TelnyxEvent): boolean {
	const { connection_id } = payloadOf(event);
	const isUnknown = connection_id === undefined || connection_id === null;
	return !isAutomatic || connectionId === '' || isUnknown || String(connection_id) === connectionId;
}

/** During a test somebody watches. */
const hasTurn = async (context: IWebhookFunctions): Promise<boolean> =>
	context.getMode() === 'manual' || (await workload.turn(responded(context.getResponseObject())));

/** During a test every event counts as new. */
const isNew = async (
	context: IWebhookFunctions,
	{ duplicates }: Options,
	{ eventId }: Arrival,
): Promise<boolean> =>
	context.getMode() === 'manual' ||
	duplicates === LET_THROUGH ||
	(await isNewHere(context, eventId));
