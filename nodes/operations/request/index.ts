import type { IDataObject } from 'n8n-workflow';

import type { TelnyxRequest } from '../../telnyx/http/client';
import { perObject } from '../../shared/perObject';
import { encodePathPart, isPathPart } from '../../telnyx/http/path';
import type { Fields } from '../../catalogue/schema/field';
import type { Operation } from '../../catalogue/schema/operation';
import type { Target } from './commandId';
import { complain, type Checks } from './complaints';
import { labelsOf } from './labels';
import { requestLine } from './requestLine';
import { wireValues } from './values';

/** The request of one item, checked and ready to be sent. */
export interface CommandRequest extends TelnyxRequest {
	/** What names the thing that was acted on, and the command: what the next node needs. */
	readonly ids: IDataObject;
	/** Binary fields of the item whose files go with it, by the API's names. */
	readonly files: Readonly<Record<string, string>>;
}

/**
 * Checks what an item's form holds for an operation.
 * @returns what Telnyx takes, by the API's names; only what the user set
 */
export function checkedValues(
	operation: Operation,
	read: Pick<Checks, 'form' | 'written' | 'whyPrivate'>,
	complaints: string[],
): IDataObject {
	const { fields } = operation;
	const checks: Checks = { ...read, within: [], complaints };
	const values = wireValues(fields, checks);
	for (const name of requestLine(operation).pathNames) {
		const { [name]: value } = values;
		if (typeof value === 'string' && !isPathPart(value)) {
			complain(checks, fields[name], 'is not an ID that Telnyx gives out');
		}
	}
	return values;
}

/**
 * Checks the node's own settings.
 * @param read what the form starts with where the user set nothing
 */
export const checkedSettings = (
	fields: Fields,
	read: Pick<Checks, 'form' | 'written'>,
	complaints: string[],
): IDataObject => wireValues(demanded(fields), { ...read, within: [], complaints });

/** Fields that may not be emptied: a setting has a value to start with. */
const demanded = perObject(
	(fields: Fields): Fields =>
		Object.fromEntries(
			Object.entries(fields).map(([name, field]) => [name, { ...field, required: true }]),
		),
);

/**
 * The request of an operation that sends one.
 * @param set as checked
 * @param derivedCommandId gives the command_id for operations that have one, unless the user set it
 */
export function toRequest(
	operation: Operation,
	set: IDataObject,
	derivedCommandId: (target: Target) => string,
): CommandRequest {
	const { fields } = operation;
	const { method, path: template, pathNames } = requestLine(operation);
	const path = pathNames.reduce(
		(filled, name) => filled.replace(`{${name}}`, () => encodePathPart(String(set[name]))),
		template,
	);
	const ids: IDataObject = {};
	const files: Record<string, string> = {};
	const sent: IDataObject = {};
	let repeatable = false;
	for (const [name, field] of Object.entries(fields)) {
		const isCommandId = field.kind === 'commandId';
		const isInPath = pathNames.includes(name);
		const value = set[name] ?? (isCommandId ? derivedCommandId({ path, to: set.to }) : undefined);
		if (value === undefined) continue;
		if (isInPath || isCommandId) ids[name] = value;
		if (field.kind === 'file') files[name] = String(value);
		else if (!isInPath) sent[field.wire ?? name] = value;
		repeatable ||= isCommandId;
	}
	const hasBody = method !== 'GET' && method !== 'DELETE';
	return {
		method,
		path,
		...(hasBody ? { body: sent } : Object.keys(sent).length > 0 && { query: toQuery(sent) }),
		ids,
		files,
		repeatable,
		anyReply: Object.keys(operation.answer).length === 0,
		// Only a refusal asks for them.
		get labels() {
			return labelsOf(fields, Object.keys(set));
		},
	};
}

/** Nested values by their names in a query, such as `filter[name][contains]`; lists joined by commas. */
function toQuery(values: IDataObject, within = ''): Record<string, string> {
	return Object.fromEntries(
		Object.entries(values).flatMap(([name, value]) => {
			const full = within ? `${within}[${name}]` : name;
			return typeof value === 'object' && value !== null && !Array.isArray(value)
				? Object.entries(toQuery(value as IDataObject, full))
				: [[full, String(value)]];
		}),
	);
}
