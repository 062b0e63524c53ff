import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../operations/request/complaints';
import { isTool } from '../operations/run/toolRetry';
import { CREDENTIAL } from '../telnyx/credential';
import type { NoKeyError } from '../telnyx/webhooks/accountKey';
import { keyForSetup } from '../telnyx/webhooks/verificationKey';
import { whyUnreachable } from '../telnyx/webhooks/reachable';
import { ownAddress } from './ownAddress';

/**
 * Makes sure that the node can wait. n8n pauses executions, not items; and what cannot be verified is
 * never let in.
 * @throws InputError
 */
export async function assertCanWait(context: IExecuteFunctions): Promise<void> {
	if (isTool(context.getNode())) {
		throw new InputError(['As the tool of an AI agent this node cannot wait']);
	}
	if (context.getInputData().length > 1) {
		throw new InputError([
			'An execution can wait for one item at a time. Put a Loop Over Items node with a batch size of 1 before this node',
		]);
	}
	const problem = await keyForSetup(context).then(
		() => undefined,
		({ message }: NoKeyError) => message.replace(/\.$/, ''),
	);
	if (problem) throw new InputError([problem]);
	const reason = whyUnreachable(await context.getCredentials(CREDENTIAL), ownAddress(context).href);
	if (reason) throw new InputError([reason]);
}
