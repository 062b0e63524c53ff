import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { IGNORED, receiveEvent, warn } from '../../telnyx/webhooks/receive';
import { NODE_KIND } from '../log';
import { answerInitialization, NO_VARIABLES } from '../reply/variablesReply';
import { repetitionOf } from './repetition';

/** Starts an execution when Telnyx asks for the variables of a conversation. */
export const acceptInitialization = async (
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> =>
	await receiveEvent(context, NODE_KIND, async (event) => {
		const { event_type, id, occurred_at } = event;
		if (event_type !== 'assistant.initialization') {
			warn(context, NODE_KIND, `ignored ${event_type}: it waits for assistant.initialization`);
			return IGNORED;
		}
		if (repetitionOf(context)) {
			warn(context, NODE_KIND, 'started nothing for a repeated question for variables');
			return { webhookResponse: NO_VARIABLES };
		}
		answerInitialization(context);
		return { workflowData: [[{ json: { ...payloadOf(event), event_type, id, occurred_at } }]] };
	});
