import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { withoutInvisible } from '../../shared/invisible';
import { isObject } from '../../shared/isObject';

/** Where n8n asks something of the trigger outside of a run. */
export type TriggerContext = IHookFunctions | IWebhookFunctions;

/** What the assistant asks n8n for. */
export type Request = 'toolCall' | 'variables' | 'languageModel';

/** How the workflow says which fields a tool call has. */
type Input = 'all' | 'fields' | 'example';

/** The kinds of values that a tool call's field may hold, by their names in a JSON schema. */
export type FieldType = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** A field that a tool call is to have. */
export interface ToolField {
	readonly name: string;
	/** Any kind if undefined. */
	readonly type?: FieldType;
	readonly required: boolean;
}

/** For how long Telnyx waits unless the assistant is set up otherwise, less the way there and back. */
export const WITHIN_MS: Record<Request, number> = {
	toolCall: 4_500,
	variables: 1_300,
	languageModel: 20_000,
};

/** What the user set under 'Options'. */
interface Options {
	/** In milliseconds. */
	readonly withinMs: number;
	/** Empty if the assistant is to hear of a failure by the status of the response. */
	readonly failureText: string;
}

/** What the assistant is told unless the user has written something else. */
export const FAILURE_TEXT: Record<Request, string> = {
	toolCall: 'This cannot be done at the moment.',
	variables: '',
	languageModel: '',
};

export const readRequest = (context: TriggerContext): Request =>
	context.getNodeParameter('request') as Request;

export function readOptions(context: TriggerContext): Options {
	const request = readRequest(context);
	const { within_ms, failure_text } = context.getNodeParameter('options', {}) as IDataObject;
	const withinMs = Number(within_ms);
	return {
		withinMs: withinMs > 0 ? withinMs : WITHIN_MS[request],
		failureText: String(failure_text ?? FAILURE_TEXT[request]).trim(),
	};
}

/**
 * The fields that a tool call is to have; undefined if all are taken as they are.
 * @throws Error if the example is not a JSON object
 */
export function readToolFields(context: TriggerContext): ToolField[] | undefined {
	switch (context.getNodeParameter('input', 'all') as Input) {
		case 'all':
			return undefined;
		case 'fields':
			return (context.getNodeParameter('fields.values', []) as ToolField[]).map((field) => ({
				...field,
				name: withoutInvisible(field.name).trim(),
			}));
		case 'example':
			return fieldsOf(exampleFrom(context.getNodeParameter('example', '{}')));
	}
}

/** n8n hands over what an expression yields as it is. */
function exampleFrom(written: unknown): IDataObject {
	const example: unknown = typeof written === 'string' ? JSON.parse(written) : written;
	if (!isObject(example)) throw new TypeError('The example is not an object.');
	return example;
}

const fieldsOf = (example: IDataObject): ToolField[] =>
	Object.entries(example).map(([name, value]) => ({
		name: withoutInvisible(name).trim(),
		type: typeOf(value),
		required: false,
	}));

/** The kind of a JSON value: undefined for null, which can stand for any. */
export function typeOf(value: unknown): FieldType | undefined {
	if (value === null) return undefined;
	if (Array.isArray(value)) return 'array';
	const type = typeof value;
	return type === 'number' || type === 'boolean' || type === 'object' ? type : 'string';
}
