import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { keepKey } from '../../telnyx/webhooks/storedKey';
import { NoKeyError, verificationKey } from '../../telnyx/webhooks/accountKey';
import { answerEvent, IGNORED } from '../../telnyx/webhooks/receive';
import { isNewHere } from './duplicates';
import { passes } from './filters';
import { choiceFor, simplified } from './output';
import {
	chosenEvents,
	LET_THROUGH,
	readFilters,
	readOptions,
	type Options,
} from '../form/parameters';

/** Answers one request to the webhook URL, at once, and starts an execution if it is a wanted event. */
export const answer = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await answerEvent(context, 'Telnyx trigger', async (event) => {
		const options = readOptions(context);
		const isWanted =
			choiceFor(event.event_type, chosenEvents(context, options)) !== undefined &&
			passes(event, readFilters(context));
		if (!isWanted || !(await isNew(context, options, event.id))) return IGNORED;
		const json: IDataObject = options.simple ? simplified(event) : event;
		return { webhookResponse: 'Accepted', workflowData: [[{ json }]] };
	});

/** While testing, every event is welcome. */
const isNew = async (
	context: IWebhookFunctions,
	{ duplicates }: Options,
	eventId: unknown,
): Promise<boolean> =>
	typeof eventId !== 'string' ||
	context.getMode() === 'manual' ||
	duplicates === LET_THROUGH ||
	(await isNewHere(context, eventId));

/**
 * Makes sure before activation that events can be verified and that some are chosen.
 * @throws NodeOperationError that says what is missing
 */
export async function assertReady(context: IHookFunctions): Promise<void> {
	const node = context.getNode();
	// Where publishing fails, n8n shows the message alone, so what to do is in it.
	if (chosenEvents(context, readOptions(context)).length === 0) {
		throw new NodeOperationError(
			node,
			"'Events' is empty. Choose at least one event in the Telnyx Advanced Trigger, or 'All Events'.",
		);
	}
	try {
		const { given } = await verificationKey(context, { asksAnyway: true });
		if (given) keepKey(context, given);
	} catch (error) {
		const { message, isTemporary } = error as NoKeyError;
		const problem = `Webhooks cannot be verified. ${message}`;
		// Out of service, the trigger would answer 404, which Telnyx does not repeat. In service it answers
		// 503 until there is a key.
		if (!isTemporary || !STARTS.has(context.getActivationMode())) {
			throw new NodeOperationError(node, problem);
		}
		const { id } = context.getWorkflow();
		context.logger.warn(`Telnyx trigger "${node.name}" of workflow ${id}: ${problem}`);
	}
}

/** n8n starts workflows that were published before. */
const STARTS: ReadonlySet<string> = new Set(['init', 'leadershipChange']);
