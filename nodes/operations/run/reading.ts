import { isExpression, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Field, Fields } from '../../catalogue/schema/field';
import { locatorValue } from '../../shared/locatorValue';
import { perObject } from '../../shared/perObject';
import { PREVIOUS_NODE } from '../../telnyx/account/previousNode';
import { flatten, parameterNames, type FormValues } from '../layout';
import { InputError, type Checks } from '../request/complaints';
import { valueFromItem } from './fromItem';

/** What an item's form holds: with expressions evaluated, and as the user wrote it. */
type ReadForm = Required<Pick<Checks, 'form' | 'written'>>;

/**
 * Reads only the parameters of the operation: reading those of all operations would be slow.
 * @throws InputError for an expression that n8n cannot read
 */
export function readForm(context: IExecuteFunctions, fields: Fields, itemIndex: number): ReadForm {
	const { shown, collections } = parameterNames(fields);
	const read = (name: string, unset: IDataObject | '') =>
		readParameter(context, fields, name, itemIndex, unset);
	const form = Object.fromEntries([
		...shown.map((name) => [name, found(context, fields[name], itemIndex, read(name, ''))]),
		...collections.map((name) => [name, read(name, {})]),
	]) as FormValues;
	return { form: flatten(form), written: flattenedParameters(context) };
}

/** As the user wrote them. Once for each run: n8n copies the whole node each time. */
const parametersOf = perObject((context: IExecuteFunctions) => context.getNode().parameters);

const flattenedParameters = perObject((context: IExecuteFunctions) =>
	flatten(parametersOf(context)),
);

/** The value as it is, or what it stands for in the item that comes in. */
function found(
	context: IExecuteFunctions,
	field: Field,
	itemIndex: number,
	value: unknown,
): unknown {
	const isInItem = 'fromItem' in field && field.fromItem && locatorValue(value) === PREVIOUS_NODE;
	return isInItem
		? valueFromItem(context.getInputData()[itemIndex]?.json ?? {}, field.fromItem)
		: value;
}

/** The node's own settings, with defaults for those that the form does not show. */
export function readSettings(
	context: IExecuteFunctions,
	fields: Fields,
	itemIndex: number,
): ReadForm {
	const form = Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [
			name,
			readParameter(context, fields, name, itemIndex, startOf(field)),
		]),
	);
	return { form, written: parametersOf(context) };
}

const startOf = (field: Field) => ('start' in field ? field.start : undefined);

/** The checks name everything that is wrong at once, n8n's own stop at the first. */
const UNCHECKED = { skipValidation: true };

function readParameter(
	context: IExecuteFunctions,
	fields: Fields,
	name: string,
	itemIndex: number,
	unset: unknown,
): unknown {
	const read: ReadPath = (path) => context.getNodeParameter(path, itemIndex, unset, UNCHECKED);
	const { value, error } = attempt(read, name);
	if (error === undefined) return value;
	// n8n says where other mistakes are, but not where a bracket is missing.
	const { [name]: written } = parametersOf(context);
	const found = parameterOf(error) === undefined && unreadableIn(fields, name, written, read);
	if (!found) throw error;
	throw new InputError([
		`'${found.label}' holds an expression that cannot be read: ${found.expression}. See if a bracket or a quotation mark is missing`,
	]);
}

type ReadPath = (path: string) => unknown;

function attempt(read: ReadPath, path: string): { value?: unknown; error?: unknown } {
	try {
		return { value: read(path) };
	} catch (error) {
		return { error };
	}
}

const parameterOf = (error: unknown): unknown =>
	(error as { context?: IDataObject }).context?.parameter;

/** The field with the expression, which may be inside collections, groups and lists. */
function unreadableIn(
	fields: Fields,
	path: string,
	written: unknown,
	read: ReadPath,
): { label: string; expression: string } | undefined {
	const text = locatorValue(written);
	if (isExpression(text)) {
		const name = path.split('.').find((part) => part in fields);
		if (name === undefined || attempt(read, path).error === undefined) return undefined;
		return { label: fields[name].label, expression: text.slice(1) };
	}
	for (const [inner, value] of Object.entries(isNested(written) ? written : {})) {
		const found = unreadableIn(fields, `${path}.${inner}`, value, read);
		if (found) return found;
	}
	return undefined;
}

const isNested = (written: unknown): written is object =>
	typeof written === 'object' && written !== null;
