import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { shortened } from '../../shared/shortened';
import type { FieldType, ToolField } from '../form/parameters';
import { parseJson } from './body';

/**
 * The fields of a tool call as the workflow wants them: what a language model has written as text becomes
 * what it is, and fields that were left out are null.
 * @param wanted all fields are taken as they are if undefined
 * @returns a complaint that names everything that is wrong, for the language model to read
 */
export function readFields(
	body: IDataObject,
	wanted: readonly ToolField[] | undefined,
): IDataObject | string {
	if (!wanted) return body;
	const complaints: string[] = [];
	const fields = wanted.map(({ name, type, required }) => {
		const value = Object.hasOwn(body, name) ? body[name] : undefined;
		if (isEmpty(value)) {
			if (required) complaints.push(`The field '${name}' is missing.`);
			return [name, null];
		}
		if (type === undefined) return [name, value];
		const converted = CONVERT[type](value);
		if (converted === undefined) {
			complaints.push(`The field '${name}' has to be ${KINDS[type]}, not ${shortly(value)}.`);
		}
		return [name, converted];
	});
	return complaints.length > 0 ? complaints.join(' ') : (Object.fromEntries(fields) as IDataObject);
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** The value as that type, or undefined. */
const CONVERT: Record<FieldType, (value: unknown) => unknown> = {
	string: (value) => (typeof value === 'object' ? undefined : String(value)),
	number: (value) => (Number.isFinite(numberOf(value)) ? exactly(value) : undefined),
	boolean: (value) => [value, parsed(lowerCase(value))].find((one) => typeof one === 'boolean'),
	array: (value) => [value, parsed(value)].find(Array.isArray),
	object: (value) => [value, parsed(value)].find(isObject),
};

const parsed = (value: unknown): unknown =>
	typeof value === 'string' ? parseJson(Buffer.from(value)) : undefined;

/** Models write `True` as well. */
const lowerCase = (value: unknown): unknown =>
	typeof value === 'string' ? value.toLowerCase() : value;

/** JavaScript would take `0x10` as well, which is rather an ID. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

const numberOf = (value: unknown) =>
	typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value.trim()))
		? Number(value)
		: NaN;

/** A number such as a long ID would lose digits, and be that of something else: it stays text. */
const exactly = (value: unknown) => {
	const number = numberOf(value);
	const isExact =
		typeof value === 'number' || !Number.isInteger(number) || Number.isSafeInteger(number);
	return isExact ? number : String(value).trim();
};

const KINDS: Record<FieldType, string> = {
	string: 'text',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
};

const shortly = (value: unknown) =>
	typeof value === 'string'
		? JSON.stringify(shortened(value, MOST_QUOTED))
		: shortened(JSON.stringify(value), MOST_QUOTED);

/** In characters. */
const MOST_QUOTED = 50;
