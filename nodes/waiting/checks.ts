import type { IExecuteFunctions } from 'n8n-workflow';

import { isTool } from '../operations/tool';
import { credentialOf } from '../telnyx/credential';
import type { NoKeyError } from '../telnyx/webhooks/accountKey';
import { whyUnreachable } from '../telnyx/webhooks/reachable';
import { keyForSetup } from '../telnyx/webhooks/verificationKey';
import { isN8n1 } from './n8nVersion';
import { ownAddress } from './ownAddress';

/**
 * Why an execution cannot wait here, in whole sentences without their periods: n8n pauses executions, not
 * items, and an event that cannot be verified is never accepted.
 * @param mayAsk whether Telnyx may be asked for the public key
 */
export async function whyCannotWait(
	context: IExecuteFunctions,
	mayAsk: boolean,
): Promise<readonly string[]> {
	const found = [
		whyNotInEngine2(context),
		whyNotAsTool(context),
		whyNotForItems(context.getInputData().length),
		await whyNotVerifiable(context, mayAsk),
		await whyNotReachable(context),
	];
	return found.filter((complaint) => complaint !== undefined);
}

/**
 * Why a node cannot have several outputs: after a wait, n8n 1 uses only the first one.
 * @param what subject and verb of the sentence, such as `'This step' needs`
 */
export const whyNotSeveralOutputs = (what: string): readonly string[] =>
	isN8n1
		? [
				`${what} several outputs, which this version of n8n cannot use after a wait. Update n8n to version 2.41 or later, or use the Telnyx Advanced node with one output`,
			]
		: [];

/** The IDs that n8n's Engine 2.0 gives to its executions are UUIDs; those of the other engine are numbers. */
const OF_ENGINE_2 = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Engine 2.0 takes a pause for the end of a node, so the workflow would go on at once. */
const whyNotInEngine2 = (context: IExecuteFunctions): string | undefined =>
	OF_ENGINE_2.test(context.getExecutionId())
		? "This workflow runs in n8n's Engine 2.0, which cannot go on with an execution that waits. Remove 'engineType' from the settings of the workflow"
		: undefined;

function whyNotAsTool(context: IExecuteFunctions): string | undefined {
	const [item] = context.getInputData();
	if (!isTool(context.getNode()) || item?.json.toolCallId !== undefined) return undefined;
	return 'As a tool, this node can wait only for an AI Agent node of version 3 or later. Add that node again to get its latest version';
}

const whyNotForItems = (count: number): string | undefined =>
	count > 1
		? `A call takes one item at a time, and this node got ${count}. To act on the first one only, switch on 'Execute Once' in the settings of this node. To go through them one after the other, put a Loop Over Items node with a batch size of 1 before it; several at the same time, call a sub-workflow for each`
		: undefined;

async function whyNotVerifiable(
	context: IExecuteFunctions,
	mayAsk: boolean,
): Promise<string | undefined> {
	const credential = await readableCredential(context);
	if (!mayAsk && !credential?.publicKey) return undefined;
	return await keyForSetup(context).then(
		() => undefined,
		({ message }: NoKeyError) => message.replace(/\.$/, ''),
	);
}

async function whyNotReachable(context: IExecuteFunctions): Promise<string | undefined> {
	const credential = await readableCredential(context);
	return credential && whyUnreachable(credential, ownAddress(context).href);
}

/** Undefined if it cannot be read: then there is no key either, and that is said. */
const readableCredential = async (context: IExecuteFunctions) =>
	await credentialOf(context).catch(() => undefined);
