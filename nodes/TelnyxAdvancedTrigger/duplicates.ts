import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { acceptance, SeenEvents } from '../telnyx/seenEvents';

/** Some hours of a busy account; 1 to 2 MB. */
const MOST_IN_MEMORY = 10_000;
/** n8n reads and writes all of them for every event. */
const MOST_IN_DATABASE = 1_000;

const seen = new SeenEvents(MOST_IN_MEMORY);

type Context = IExecuteFunctions | IWebhookFunctions;

const nameOf = (context: Context, eventId: string) =>
	`${context.getWorkflow().id} ${context.getNode().id} ${eventId}`;

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
	const { processed } = await oneAfterTheOther(
		async () =>
			await context.helpers.checkProcessedAndRecord([eventId], 'node', {
				mode: 'entries',
				maxEntries: MOST_IN_DATABASE,
			}),
	);
	return processed.length === 0;
}

let last: Promise<unknown> = Promise.resolve();

/** n8n reads the list, adds to it and writes it: two at the same time would lose an entry. */
async function oneAfterTheOther<T>(act: () => Promise<T>): Promise<T> {
	const result = last.then(act);
	last = result.catch(() => undefined);
	return await result;
}
