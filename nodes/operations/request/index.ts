import type { IDataObject } from 'n8n-workflow';

import type { TelnyxRequest } from '../../telnyx/http/client';
import type { Labels } from '../../telnyx/http/failure';
import type { Fields } from '../../catalogue/schema/field';
import { requestLine, type Operation } from '../../catalogue/schema/operation';
import type { Target } from './commandId';
import { complain, wireValues, type Checks, type Given } from './values';

export type { Given } from './values';

/** Everything that is wrong with an item's fields, in one message. Nothing was sent. */
export class InputError extends Error {
	constructor(readonly complaints: readonly string[]) {
		super(complaints.join('. '));
	}
}

/** The request of one item, checked and ready to be sent. */
export interface CommandRequest extends TelnyxRequest {
	/** What names the thing that was acted on, and the command: what the next node needs. */
	readonly ids: IDataObject;
	/** Binary fields of the item whose files go with it, by the API's names. */
	readonly files: Readonly<Record<string, string>>;
}

/**
 * Checks an item's fields and builds its request. Only what the user set is in the query or the body.
 * @param derivedCommandId gives the command_id for operations that have one, unless the user set it
 * @throws InputError
 */
export function toRequest(
	operation: Operation,
	given: Given,
	derivedCommandId: (target: Target) => string,
): CommandRequest {
	const { fields } = operation;
	const checks: Checks = { given, within: [], complaints: [] };
	const { method, path: template, pathNames } = requestLine(operation);
	const set = wireValues(fields, checks);
	for (const name of pathNames) {
		const { [name]: value } = set;
		if (typeof value === 'string' && !isPathPart(value)) {
			complain(checks, fields[name], 'is not an ID that Telnyx gives out');
		}
	}
	if (checks.complaints.length > 0) throw new InputError(checks.complaints);

	const path = pathNames.reduce(
		(filled, name) => filled.replace(`{${name}}`, () => encodePathPart(String(set[name]))),
		template,
	);
	const ofKind = (kind: string) => Object.keys(fields).filter((name) => fields[name].kind === kind);
	const commandIds = ofKind('commandId');
	const derived = commandIds
		.filter((name) => set[name] === undefined)
		.map((name) => [name, derivedCommandId({ path, to: set.to })]);
	const values = inOrder(fields, { ...set, ...Object.fromEntries(derived) });
	const files = ofKind('file').filter((name) => name in values);
	const only = (names: string[]) => Object.fromEntries(names.map((name) => [name, values[name]]));
	const sent = Object.fromEntries(
		Object.entries(values)
			.filter(([name]) => !pathNames.includes(name) && !files.includes(name))
			.map(([name, value]) => [fields[name].wire ?? name, value]),
	);
	const hasBody = method !== 'GET' && method !== 'DELETE';
	return {
		method,
		path,
		...(hasBody ? { body: sent } : Object.keys(sent).length > 0 && { query: toQuery(sent) }),
		ids: only([...pathNames, ...commandIds]),
		files: only(files) as Record<string, string>,
		repeatable: commandIds.length > 0,
		// Only a refusal asks for them.
		get labels() {
			return labelsOf(fields);
		},
	};
}

const inOrder = (fields: Fields, values: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.keys(fields).flatMap((name) => (name in values ? [[name, values[name]]] : [])),
	);

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

/**
 * Percent-encodes one part of a path, leaving what RFC 3986 allows in it, as Telnyx's SDK does:
 * call control IDs hold colons.
 */
export const encodePathPart = (part: string): string =>
	encodeURIComponent(part).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);

/** Whether a text stays one part of a path: not a dot segment, and encodable. */
export const isPathPart = (part: string): boolean => !/^\.{1,2}$/.test(part) && part.isWellFormed();

/** Of fields with the same name, the outer one's. */
function labelsOf(fields: Fields): Labels {
	const inner = Object.values(fields).map((field) => {
		switch (field.kind) {
			case 'group':
			case 'list':
				return labelsOf(field.fields);
			case 'map':
				return labelsOf({ [field.item]: field.value });
			case 'oneOf':
			case 'mixedList':
				return labelsOf(Object.assign({}, ...Object.values(field.variants).map((v) => v.fields)));
			case 'settings':
				return labelsOf(Object.assign({}, ...Object.values(field.variants)));
			default:
				return {};
		}
	});
	const own = Object.entries(fields).map(([name, { label }]) => [name, label]);
	return Object.assign({}, ...inner, Object.fromEntries(own)) as Labels;
}
