import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isNewHere as isNewInProcess, outcomeHere } from '../../telnyx/webhooks/seenInProcess';
import { isAddition } from './seenInDatabase';

type Context = IExecuteFunctions | IWebhookFunctions;

const triggerOf = (context: Context) => `${context.getWorkflow().id} ${context.getNode().id}`;

/** Whether this process has not accepted the event before. From now on it is under way. */
export const isNewHere = async (context: IWebhookFunctions, eventId: string): Promise<boolean> =>
	await isNewInProcess(context, triggerOf(context), eventId);

/**
 * Whether no process of this n8n has accepted the event before, by what n8n's database remembers. One
 * whose answer got lost is new as well, and is not remembered.
 */
export async function isNewAnywhere(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const isAccepted = await outcomeHere(triggerOf(context), eventId);
	if (isAccepted === false) return true;
	// In queue mode other processes receive webhooks, and several run workflows.
	const isAlone = isAccepted !== undefined;
	return await isAddition(context, triggerOf(context), eventId, isAlone);
}
