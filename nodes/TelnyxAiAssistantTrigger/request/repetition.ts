import { createHash } from 'node:crypto';

import type { IWebhookFunctions } from 'n8n-workflow';

import { markStarted } from '../../telnyx/webhooks/seenInProcess';
import { signatureIn } from '../../telnyx/webhooks/signature';
import { callOf } from './call';

/** The same for a request that is sent again as it was, in every process: a hash of its signature. */
export const requestIdOf = (context: IWebhookFunctions): string =>
	createHash('sha256')
		.update(Object.values(signatureIn(context.getHeaderData())).join(' '))
		.digest('hex')
		.slice(0, 32);

/**
 * Whether a signed request has started this workflow before. Parameters of a tool are all that its
 * signature covers besides the second, so two calls can have the same one; a stranger could name another
 * call as well, so neither starts a second execution. During a test every request is the first.
 * @returns which call the first one came from, if there was one
 */
export function repetitionOf(context: IWebhookFunctions): 'sameCall' | 'otherCall' | undefined {
	if (context.getMode() === 'manual') return undefined;
	const receiver = `${context.getWorkflow().id} ${context.getNode().id}`;
	const call = String(callOf(context.getHeaderData()).call_control_id ?? '');
	const earlier = markStarted(receiver, requestIdOf(context), call);
	if (earlier === undefined) return undefined;
	return earlier === call ? 'sameCall' : 'otherCall';
}
