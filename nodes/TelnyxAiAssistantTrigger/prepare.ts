import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../telnyx/credential';
import { whyNoSecret } from '../telnyx/webhooks/languageModelSecret';
import { whyUnreachable } from '../telnyx/webhooks/reachable';
import { whyUnverifiable } from '../telnyx/webhooks/whyUnverifiable';
import { readRequest, readToolFields } from './form/parameters';
import { NODE_KIND } from './log';

/**
 * Before the workflow is published or tested: sees that requests can be checked, and that the form can be
 * used.
 * @throws NodeOperationError
 */
export async function prepare(context: IHookFunctions): Promise<void> {
	const request = readRequest(context);
	if (request === 'languageModel') await assertSecret(context);
	else await assertVerifiable(context);
	if (request === 'toolCall') assertFields(context);
	await warnIfUnreachable(context);
}

async function assertSecret(context: IHookFunctions): Promise<void> {
	const reason = whyNoSecret(await context.getCredentials(CREDENTIAL));
	if (reason) throw problem(context, reason);
}

async function assertVerifiable(context: IHookFunctions): Promise<void> {
	const unverifiable = await whyUnverifiable(context);
	if (!unverifiable) return;
	if (!unverifiable.isBearable) throw problem(context, unverifiable.reason);
	warn(context, unverifiable.reason);
}

function assertFields(context: IHookFunctions): void {
	const names = fieldNames(context);
	if (names.includes('')) {
		throw problem(context, "A field under 'Fields' has no name. Give it one, or remove it.");
	}
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) {
		throw problem(context, `The field '${twice}' is there twice under 'Fields'. Remove one.`);
	}
}

function fieldNames(context: IHookFunctions): string[] {
	try {
		return readToolFields(context)?.map(({ name }) => name) ?? [];
	} catch {
		throw problem(
			context,
			`'JSON Example' is not a JSON object. It has to look like {"date":"2027-03-14","guests":4}.`,
		);
	}
}

/** Something in front of n8n may have an address of its own. */
async function warnIfUnreachable(context: IHookFunctions): Promise<void> {
	const credential = await context.getCredentials(CREDENTIAL);
	const reason = whyUnreachable(credential, context.getNodeWebhookUrl('default') ?? '');
	if (!reason) return;
	warn(context, `${reason}. If something on the internet passes requests on to it, all is well.`);
}

const problem = (context: IHookFunctions, message: string) =>
	new NodeOperationError(context.getNode(), message);

const warn = (context: IHookFunctions, what: string) =>
	context.logger.warn(
		`${NODE_KIND} "${context.getNode().name}" of workflow ${context.getWorkflow().id}: ${what}`,
	);
