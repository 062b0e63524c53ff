import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../telnyx/credential';
import { whyNoSecret } from '../telnyx/webhooks/languageModelSecret';
import { whyUnreachable } from '../telnyx/webhooks/reachable';
import { whyUnverifiable } from '../telnyx/webhooks/whyUnverifiable';
import { readRequest, readToolFields } from './form/parameters';
import { NODE_KIND } from './log';

/**
 * Before the workflow is published or tested: makes sure that requests can be checked, and that the form can
 * be used.
 * @throws NodeOperationError
 */
export async function prepare(context: IHookFunctions): Promise<void> {
	const request = readRequest(context);
	const problems = [
		...(request === 'languageModel' ? await secretProblems(context) : await keyProblems(context)),
		...(request === 'toolCall' ? fieldProblems(context) : []),
	];
	if (problems.length > 0) throw new NodeOperationError(context.getNode(), problems.join(' '));
	await warnIfUnreachable(context);
}

async function secretProblems(context: IHookFunctions): Promise<string[]> {
	const reason = whyNoSecret(await context.getCredentials(CREDENTIAL));
	return reason ? [reason] : [];
}

async function keyProblems(context: IHookFunctions): Promise<string[]> {
	const unverifiable = await whyUnverifiable(context);
	if (!unverifiable) return [];
	if (!unverifiable.isBearable) return [unverifiable.reason];
	warn(context, unverifiable.reason);
	return [];
}

function fieldProblems(context: IHookFunctions): string[] {
	const names = fieldNames(context);
	if (names === undefined) {
		return [
			`'JSON Example' is not a JSON object. It has to look like {"date":"2027-03-14","guests":4}.`,
		];
	}
	const named = names.filter((name) => name !== '');
	const repeated = new Set(named.filter((name, index) => named.indexOf(name) !== index));
	return [
		...(named.length < names.length
			? ["A field under 'Fields' has no name. Give it one, or remove it."]
			: []),
		...(repeated.size > 0 ? [repetitionOf([...repeated])] : []),
	];
}

function repetitionOf(names: string[]): string {
	const quoted = names.map((name) => `'${name}'`).join(' and ');
	return names.length === 1
		? `The field ${quoted} is there more than once under 'Fields'. Remove all but one.`
		: `The fields ${quoted} are there more than once under 'Fields'. Remove all but one of each.`;
}

/** Undefined if they cannot be read. */
function fieldNames(context: IHookFunctions): string[] | undefined {
	try {
		return readToolFields(context)?.map(({ name }) => name) ?? [];
	} catch {
		return undefined;
	}
}

/** Something in front of n8n may have an address of its own. */
async function warnIfUnreachable(context: IHookFunctions): Promise<void> {
	const credential = await context.getCredentials(CREDENTIAL);
	const reason = whyUnreachable(credential, context.getNodeWebhookUrl('default') ?? '');
	if (!reason) return;
	warn(context, `${reason}. If something on the internet passes requests on to it, all is well.`);
}

const warn = (context: IHookFunctions, what: string) =>
	context.logger.warn(
		`${NODE_KIND} "${context.getNode().name}" of workflow ${context.getWorkflow().id}: ${what}`,
	);
