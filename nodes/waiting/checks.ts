import * as n8nWorkflow from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../operations/request/complaints';
import { isTool } from '../operations/tool';
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
 * @throws InputError with everything that is in the way
 */
export async function assertCanWait(context: IExecuteFunctions): Promise<void> {
	const found = [
		whyNotAsTool(context),
		whyNotForItems(context.getInputData().length),
		await whyNotVerifiable(context),
		await whyNotReachable(context),
	];
	const complaints = found.filter((complaint) => complaint !== undefined);
	if (complaints.length > 0) throw new InputError(complaints);
}

function whyNotAsTool(context: IExecuteFunctions): string | undefined {
	const [item] = context.getInputData();
	if (!isTool(context.getNode()) || item?.json.toolCallId !== undefined) return undefined;
	return 'As a tool, this node can wait only for an AI Agent node of version 3 or later. Add that node anew to get its latest version';
}

const whyNotForItems = (count: number): string | undefined =>
	count > 1
		? `A call takes one item at a time, and this node got ${count}. To act on the first one only, switch on 'Execute Once' in the settings of this node. To go through them one after the other, put a Loop Over Items node with a batch size of 1 before it; several at the same time, call a sub-workflow for each`
		: undefined;

const whyNotVerifiable = async (context: IExecuteFunctions): Promise<string | undefined> =>
	await keyForSetup(context).then(
		() => undefined,
		({ message }: NoKeyError) => message.replace(/\.$/, ''),
	);

async function whyNotReachable(context: IExecuteFunctions): Promise<string | undefined> {
	// If it cannot be read, there is no key either, and that is said.
	const credential = await context.getCredentials(CREDENTIAL).catch(() => undefined);
	return credential && whyUnreachable(credential, ownAddress(context).href);
}
