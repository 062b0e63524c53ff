import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { acceptance, SeenEvents } from '../telnyx/seenEvents';
import { isAddition } from './remembered';

/** Some hours of a busy account; 1 to 2 MB. */
const MOST_IN_MEMORY = 10_000;

const seen = new SeenEvents(MOST_IN_MEMORY);

type Context = IExecuteFunctions | IWebhookFunctions;

const triggerOf = (context: Context) => `${context.getWorkflow().id} ${context.getNode().id}`;

const nameOf = (context: Context, eventId: string) => `${triggerOf(context)} ${eventId}`;

/** Whether this process has not accepted the event before. From now on it is under way. */
export const isNewHere = async (context: IWebhookFunctions, eventId: string): Promise<boolean> =>
	await seen.isNew(nameOf(context, eventId), acceptance(context.getResponseObject()));

/**
 * Whether no process of this n8n has accepted the event before, by what n8n's database remembers. One
 * whose answer got lost is new as well, and is not remembered.
 */
export async function isNewAnywhere(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const isAccepted = await seen.outcomeOf(nameOf(context, eventId));
	if (isAccepted === false) return true;
	// In queue mode other processes receive webhooks, and several run workflows.
	const isAlone = isAccepted !== undefined;
	return await isAddition(context, triggerOf(context), eventId, isAlone);
}
