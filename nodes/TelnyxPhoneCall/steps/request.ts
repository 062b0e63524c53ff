import type { IDataObject } from 'n8n-workflow';

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
 */
export function requestInWords(message: string, { name, parameters }: ToolUse): string {
	const values = valuesInWords(parameters ?? {});
	if (!N8N_MESSAGE.test(message)) return message.replace(VALUES_AS_TEXT, () => values);
	const withValues = values === '' ? '' : `, with ${values}`;
	return `An AI agent asks for your approval. It wants to use: ${inWords(name)}${withValues}.`;
}

/** Such as `amount: 120, customer: Ada`. */
function valuesInWords(value: unknown): string {
	if (Array.isArray(value)) return value.map(valuesInWords).join(' and ');
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value as IDataObject)
			.map(([name, one]) => `${inWords(name)}: ${valuesInWords(one)}`)
			.join(', ');
	}
	const said = String(value ?? 'nothing');
	return said.length > LONGEST_VALUE ? `${said.slice(0, LONGEST_VALUE)} and so on` : said;
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
