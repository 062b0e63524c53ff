import type { IDataObject } from 'n8n-workflow';

import { beginningOf } from '../../shared/shortened';

/** A tool that an agent wants to use, and with which values. */
export interface ToolUse {
	readonly name: string;
	readonly parameters: unknown;
}

/** How n8n writes the values of a tool into the message, unless the user has changed that. */
const VALUES_AS_TEXT = /\[object Object\]/g;
const N8N_MESSAGE = /^The agent wants to run this tool:/;

const LONGEST_VALUE = 300;

/**
 * What is read out to somebody who is to approve that an agent uses a tool.
 * @param message as the user or n8n wrote it
 * @param most the number of characters that can be read out
 */
export function requestInWords(
	message: string,
	{ name, parameters }: ToolUse,
	most: number,
): string {
	const values = valuesInWords(parameters ?? {});
	if (!N8N_MESSAGE.test(message)) {
		return andSoOn(
			message.replace(VALUES_AS_TEXT, () => values),
			most,
		);
	}
	const withValues = values === '' ? '' : `, with ${values}`;
	const asks = `An AI agent asks for your approval. It wants to use: ${inWords(name)}${withValues}`;
	return `${andSoOn(asks, most - 1)}.`;
}

const AND_SO_ON = ' and so on';

const andSoOn = (said: string, most: number): string =>
	said.length > most ? `${beginningOf(said, most - AND_SO_ON.length)}${AND_SO_ON}` : said;

/** Such as `amount: 120, customer: Ada`. */
function valuesInWords(value: unknown): string {
	if (Array.isArray(value)) return value.map(valuesInWords).join(' and ');
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value as IDataObject)
			.map(([name, one]) => `${inWords(name)}: ${valuesInWords(one)}`)
			.join(', ');
	}
	return andSoOn(String(value ?? 'nothing'), LONGEST_VALUE + AND_SO_ON.length);
}

/** `refundAmount` and `refund_amount` are read as two words. */
const inWords = (name: string): string =>
	name
		.replace(
			/([a-z\d])([A-Z])/g,
			(_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
		)
		.replace(/[_-]+/g, ' ')
		.trim();
