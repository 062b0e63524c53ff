import * as n8nWorkflow from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../operations/request/complaints';
import { isTool } from '../operations/run/toolRetry';
import { CREDENTIAL } from '../telnyx/credential';
import type { NoKeyError } from '../telnyx/webhooks/accountKey';
import { keyForSetup } from '../telnyx/webhooks/verificationKey';
import { whyUnreachable } from '../telnyx/webhooks/reachable';
import { ownAddress } from './ownAddress';

/**
 * After a wait, n8n 1 uses only the first output of a node. It lacks the constant that is looked for here.
 * @param what subject and verb of the message, such as `'This step' needs`
 * @throws InputError
 */
export function assertSeveralOutputsWork(what: string): void {
	if ('WAIT_FOR_SUB_EXECUTION' in n8nWorkflow) return;
	throw new InputError([
		`${what} several outputs, which this version of n8n cannot use after a wait. Update n8n to version 2.41 or later, or use the Telnyx Advanced node with one output`,
	]);
}

/**
 * Makes sure that the node can wait. n8n pauses executions, not items, and an event that cannot be
 * verified is never accepted.
 * @throws InputError
 */
export async function assertCanWait(context: IExecuteFunctions): Promise<void> {
	const [item] = context.getInputData();
	if (isTool(context.getNode()) && item?.json.toolCallId === undefined) {
		throw new InputError([
			'As a tool, this node can wait only for an AI Agent node of version 3 or later. Add that node anew to get its latest version',
		]);
	}
	if (context.getInputData().length > 1) {
		throw new InputError([
			`A call takes one item at a time, and this node got ${context.getInputData().length}. To act on the first one only, switch on 'Execute Once' in the settings of this node. To go through them one after the other, put a Loop Over Items node with a batch size of 1 before it; several at the same time, call a sub-workflow for each`,
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
