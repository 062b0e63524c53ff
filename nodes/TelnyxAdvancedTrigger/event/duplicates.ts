import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isNewInProcess, wasAcceptedInProcess } from '../../telnyx/webhooks/seenInProcess';
import { isNewInDatabase } from './seenInDatabase';

const triggerOf = (context: IExecuteFunctions | IWebhookFunctions) =>
	`${context.getWorkflow().id} ${context.getNode().id}`;

/** Whether this process has not accepted the event before. From now on it counts as being handled. */
export const isNewHere = async (context: IWebhookFunctions, eventId: string): Promise<boolean> =>
	await isNewInProcess(context, triggerOf(context), eventId);

/**
 * Whether no process of this n8n has accepted the event before, according to n8n's database. One that
 * was not accepted in the end is new as well, and is not recorded.
 */
export async function isNewAnywhere(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const wasAccepted = await wasAcceptedInProcess(triggerOf(context), eventId);
	if (wasAccepted === false) return true;
	// In queue mode other processes receive the webhooks, and several run workflows.
	const isOnlyProcess = wasAccepted !== undefined;
	return await isNewInDatabase(context, triggerOf(context), eventId, isOnlyProcess);
}
