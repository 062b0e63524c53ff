import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import type { FieldType, ToolField } from '../form/parameters';

/**
 * The fields of a tool call as the workflow wants them: numbers that are written as text become numbers,
 * and fields that were left out are null.
 * @param wanted all fields are taken as they are if undefined
 * @returns a complaint that names everything that is wrong, for the language model to read
 */
export function readFields(
	body: IDataObject,
	wanted: readonly ToolField[] | undefined,
): IDataObject | string {
	if (!wanted) return body;
	const complaints: string[] = [];
	const fields: IDataObject = {};
	for (const { name, type, required } of wanted) {
		const value = body[name];
		if (isEmpty(value)) {
			fields[name] = null;
			if (required) complaints.push(`The field '${name}' is missing.`);
			continue;
		}
		fields[name] = CONVERT[type](value) as IDataObject[string];
		if (fields[name] === undefined) {
			complaints.push(`The field '${name}' has to be ${KINDS[type]}, not ${shortly(value)}.`);
		}
	}
	return complaints.length > 0 ? complaints.join(' ') : fields;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** The value as that type, or undefined. */
const CONVERT: Record<FieldType, (value: unknown) => unknown> = {
	string: (value) => (typeof value === 'object' ? undefined : String(value)),
	number: (value) => (Number.isFinite(numberOf(value)) ? numberOf(value) : undefined),
	boolean: (value) => ({ true: true, false: false })[String(value)],
	array: (value) => (Array.isArray(value) ? value : undefined),
	object: (value) => (isObject(value) ? value : undefined),
};

const numberOf = (value: unknown) =>
	typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
		? Number(value)
		: NaN;

const KINDS: Record<FieldType, string> = {
	string: 'text',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
};

const shortly = (value: unknown) => {
	const text = JSON.stringify(value);
	return text.length > 50 ? `${text.slice(0, 50)}…` : text;
};
