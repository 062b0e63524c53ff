import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { parseExactly } from '../../shared/parseExactly';
import { warn } from '../../telnyx/webhooks/receive';
import { readOptions } from '../form/parameters';
import { NODE_KIND } from '../log';
import { OwnResponse, type WorkflowReply } from './ownResponse';

/** With it the conversation starts with the assistant's default values. */
export const NO_VARIABLES = { dynamic_variables: {} };

/** Thrown for what Telnyx would ignore. The message is written for the user. */
class VariablesError extends Error {}

/**
 * Lets the workflow answer `assistant.initialization`. Whatever goes wrong, Telnyx gets an answer in time
 * that it can use; n8n's log says what was wrong, and in a test the answer too.
 */
export function answerInitialization(context: IWebhookFunctions): void {
	const { withinMs } = readOptions(context);
	const fail = (reason: string) => {
		warn(context, NODE_KIND, `gave the assistant no variables: ${reason}`);
		const isTest = context.getMode() === 'manual';
		response.json(200, { ...NO_VARIABLES, ...(isTest && { error: reason }) });
	};
	const response = new OwnResponse(context.getResponseObject(), (reply) => {
		try {
			response.json(200, contractOf(reply));
		} catch (error) {
			fail((error as Error).message);
		}
	});
	response.unlessWithin(withinMs, () => fail(`the workflow took longer than ${withinMs} ms.`));
}

/**
 * What Telnyx expects, from what n8n was about to respond. Numbers with more digits than JavaScript keeps,
 * such as long IDs, become text: a variable is one for the assistant anyway.
 * @throws VariablesError
 */
export function contractOf({ status, body }: WorkflowReply): IDataObject {
	if (status >= 400) throw new VariablesError('the workflow failed, or its last node had no item.');
	return toContract(parse(body));
}

function parse(body: string): unknown {
	try {
		return parseExactly(body);
	} catch {
		return undefined;
	}
}

/** The parts of an answer to `assistant.initialization`. */
const PARTS: Record<string, (part: IDataObject) => void> = {
	dynamic_variables: (variables) => Object.keys(variables).forEach(assertUsableName),
	memory: (memory) => {
		for (const [name, value] of Object.entries(memory)) {
			if (typeof value === 'string') continue;
			throw new VariablesError(`'${name}' of 'memory' has to be text, such as a query.`);
		}
	},
	conversation: ({ metadata, ...others }) => {
		const [other] = Object.keys(others);
		if (other !== undefined) {
			throw new VariablesError(`'conversation' has the field '${other}'; Telnyx knows 'metadata'.`);
		}
		if (!isObject(metadata)) {
			throw new VariablesError("'metadata' of 'conversation' has to be an object.");
		}
	},
};

const isPart = (name: string): boolean => Object.hasOwn(PARTS, name);

/**
 * What Telnyx expects, from the item of the last node: either the variables themselves, or an object with
 * `dynamic_variables`, `memory` or `conversation`.
 * @throws VariablesError
 */
export function toContract(item: unknown): IDataObject {
	if (!isObject(item)) throw new VariablesError('the answer is not a JSON object with fields.');
	const names = Object.keys(item);
	if (!names.some(isPart)) return toContract({ dynamic_variables: item });
	const unknown = names.find((name) => !isPart(name));
	if (unknown !== undefined) {
		throw new VariablesError(
			`the field '${unknown}' stands beside '${names.find(isPart)}'. Put it into 'dynamic_variables'.`,
		);
	}
	for (const [name, check] of Object.entries(PARTS)) {
		const part = item[name];
		if (part === undefined) continue;
		if (!isObject(part)) throw new VariablesError(`'${name}' has to be an object.`);
		check(part);
	}
	return { ...NO_VARIABLES, ...item };
}

function assertUsableName(name: string): void {
	if (/^[^\s{}]+$/.test(name)) return;
	throw new VariablesError(
		`the variable '${name}' cannot be used at Telnyx. Take a name without blanks and braces, such as customer_name.`,
	);
}
