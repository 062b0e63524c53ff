import type { IWebhookFunctions } from 'n8n-workflow';

import { warn } from '../../telnyx/webhooks/receive';
import { readOptions } from '../form/parameters';
import { NODE_KIND } from '../log';
import { OwnResponse } from './ownResponse';

/**
 * Lets the workflow answer a tool call. If it fails or takes too long, the assistant is told so, with
 * status 200: only then is it sure that the language model gets to read it.
 */
export function answerToolCall(context: IWebhookFunctions): void {
	const { withinMs, failureText } = readOptions(context);
	const failure = { error: failureText };
	const response = new OwnResponse(context.getResponseObject(), (reply) => {
		if (reply.status < 500) response.pass(reply);
		else response.json(200, failure);
	});
	response.unlessWithin(withinMs, () => {
		warn(context, NODE_KIND, `took longer than ${withinMs} ms, so the assistant got no result`);
		response.json(200, failure);
	});
}
