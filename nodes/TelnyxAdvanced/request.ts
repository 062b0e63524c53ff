import type { IDataObject } from 'n8n-workflow';

import { decodeBase64 } from '../telnyx/base64';
import { encodeClientState } from '../telnyx/clientState';
import type { TelnyxRequest } from '../telnyx/client';
import type { Labels } from '../telnyx/errors';
import {
	CLIENT_STATE_ENCODED,
	clientStateEncoded,
	type ChoiceField,
	type Field,
	type Fields,
	type NumberField,
	type SettingsField,
	type TextField,
	type ToggleField,
} from './catalogue/fields';
import { requestLine, type Operation } from './catalogue/operation';

/** What the user set for one item, by the API's field names; required and optional ones together. */
export type Given = Readonly<Record<string, unknown>>;

/** Everything that is wrong with an item's fields, in one message. Nothing was sent. */
export class InputError extends Error {
	constructor(readonly complaints: readonly string[]) {
		super(complaints.join('. '));
	}
}

export interface CommandRequest extends TelnyxRequest {
	/** What names the thing that was acted on, and the command: what the next node needs. */
	readonly ids: IDataObject;
}

/** Collects what is wrong while values are turned into what goes on the wire. */
interface Checks {
	/** The values beside the one that is looked at. */
	readonly given: Given;
	readonly complaints: string[];
	readonly derivedCommandId: () => string;
}

/**
 * Checks an item's fields and builds its request. Only what the user set is in the body.
 * @param derivedCommandId gives the command_id for operations that have one, unless the user set it
 * @throws InputError
 */
export function toRequest(
	operation: Operation,
	given: Given,
	derivedCommandId: () => string,
): CommandRequest {
	const checks: Checks = { given, complaints: [], derivedCommandId };
	const { method, path, pathNames } = requestLine(operation);
	const values = wireValues(operation.fields, checks);
	for (const name of pathNames) {
		const value = values[name];
		if (typeof value === 'string' && !isPathPart(value)) {
			checks.complaints.push(
				`'${operation.fields[name].label}' is not an ID that Telnyx gives out`,
			);
		}
	}
	if (checks.complaints.length > 0) throw new InputError(checks.complaints);

	const body = Object.entries(values).filter(([name]) => !pathNames.includes(name));
	const commandIds = Object.keys(values).filter(
		(name) => operation.fields[name].kind === 'commandId',
	);
	return {
		method,
		path: pathNames.reduce(
			(filled, name) => filled.replace(`{${name}}`, () => encodePathPart(String(values[name]))),
			path,
		),
		...(method !== 'GET' && method !== 'DELETE' && { body: Object.fromEntries(body) }),
		ids: Object.fromEntries([...pathNames, ...commandIds].map((name) => [name, values[name]])),
		repeatable: commandIds.length > 0,
		labels: labelsOf(operation.fields),
	};
}

/**
 * Percent-encodes one part of a path, leaving what RFC 3986 allows in it, as Telnyx's SDK does:
 * call control IDs hold colons.
 */
export const encodePathPart = (part: string): string =>
	encodeURIComponent(part).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);

/** Whether a text stays one part of a path: not a dot segment, and encodable. */
export const isPathPart = (part: string): boolean => !/^\.{1,2}$/.test(part) && part.isWellFormed();

function labelsOf(fields: Fields): Labels {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, field]) => [
			[name, field.label],
			...(field.kind === 'settings'
				? Object.values(field.variants).flatMap((variant) => Object.entries(labelsOf(variant)))
				: []),
		]),
	);
}

function wireValues(fields: Fields, checks: Checks): IDataObject {
	const { given } = checks;
	const values: IDataObject = {};
	for (const [name, field] of Object.entries(fields)) {
		const value = isUnset(field, given[name])
			? unsetValue(field, checks)
			: wireValue(field, given[name], checks);
		if (value !== undefined) values[name] = value as IDataObject;
	}
	return values;
}

const isUnset = ({ kind }: Field, value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '') ||
	(kind === 'settings' && typeof value === 'object' && Object.keys(value).length === 0);

function unsetValue(field: Field, { complaints, derivedCommandId }: Checks): unknown {
	if (field.kind === 'commandId') return derivedCommandId();
	const { label, required, whenEmpty } = field;
	if (required) complaints.push(`'${label}' is empty${whenEmpty ? `: ${whenEmpty}` : ''}`);
	return undefined;
}

function wireValue(field: Field, value: unknown, checks: Checks): unknown {
	switch (field.kind) {
		case 'text':
			return textValue(field, value, checks);
		case 'commandId':
			return textValue({ ...field, kind: 'text' }, value, checks);
		case 'number':
			return numberValue(field, value, checks);
		case 'choice':
			return choiceValue(field, value, checks);
		case 'toggle':
			return toggleValue(field, value, checks);
		case 'clientState':
			return clientStateValue(field, value, checks);
		case 'settings':
			return settingsValue(field, value, checks);
	}
}

function textValue({ label, pattern }: TextField, value: unknown, { complaints }: Checks) {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		complaints.push(`'${label}' is a number that cannot be written out exactly: give it as text`);
		return undefined;
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		complaints.push(`'${label}' has to be text, but is ${typeName(value)}`);
		return undefined;
	}
	const line = String(value).trim();
	if (pattern && !pattern.matches.test(line)) complaints.push(`'${label}' ${pattern.says}`);
	return line;
}

function numberValue(field: NumberField, value: unknown, { complaints }: Checks) {
	const { label, min, max = Infinity, also = [], whole } = field;
	const number = typeof value === 'string' ? Number(value) : value;
	const isAllowed =
		typeof number === 'number' &&
		(also.includes(number) || (number >= min && number <= max)) &&
		Number.isFinite(number) &&
		(!whole || Number.isInteger(number));
	if (isAllowed) return number;
	const kind = whole ? 'a whole number' : 'a number';
	const bounds = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
	complaints.push(`'${label}' has to be ${kind} ${bounds}${also.map((n) => `, or ${n}`).join('')}`);
	return undefined;
}

function choiceValue({ label, choices }: ChoiceField, value: unknown, checks: Checks) {
	const { given, complaints } = checks;
	if (typeof value !== 'string' || !Object.hasOwn(choices, value)) {
		complaints.push(`'${label}' has to be one of: ${Object.keys(choices).join(', ')}`);
		return undefined;
	}
	const choice = choices[value];
	const { name, onlyWith = {} } = typeof choice === 'string' ? { name: choice } : choice;
	for (const [beside, needed] of Object.entries(onlyWith)) {
		const isOther = given[beside] !== undefined && given[beside] !== needed;
		if (isOther) complaints.push(`'${label}': ${name} goes only with ${needed}`);
	}
	return value;
}

function toggleValue(
	{ label }: Pick<ToggleField, 'label'>,
	value: unknown,
	{ complaints }: Checks,
) {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	complaints.push(`'${label}' has to be true or false`);
	return undefined;
}

function clientStateValue({ label }: Field, value: unknown, checks: Checks) {
	const { given, complaints } = checks;
	if (typeof value === 'number' && !Number.isFinite(value)) {
		complaints.push(`'${label}' is not a number that can be sent`);
		return undefined;
	}
	const isEncoded = toggleValue(clientStateEncoded, given[CLIENT_STATE_ENCODED] ?? false, checks);
	if (!isEncoded) return encodeClientState(value);
	const encoded = typeof value === 'string' ? value.replace(/\s/g, '') : '';
	if (decodeBase64(encoded)) return encoded;
	complaints.push(
		`'${label}' is not Base64. Switch off 'Client State Is Base64' to have it encoded for you`,
	);
	return undefined;
}

function settingsValue(field: SettingsField, value: unknown, checks: Checks) {
	const { label, by, variants } = field;
	const { given, complaints } = checks;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		complaints.push(`'${label}' has to be an object of settings, but is ${typeName(value)}`);
		return undefined;
	}
	const choice = typeof given[by] === 'string' ? given[by] : '';
	const fields = Object.hasOwn(variants, choice) ? variants[choice] : {};
	// Settings of other choices stay in the form, unseen, when the choice is changed: they are not sent.
	const settings = wireValues(fields, { ...checks, given: value as Given });
	return Object.keys(settings).length > 0 ? settings : undefined;
}

const typeName = (value: unknown) => (Array.isArray(value) ? 'a list' : `of type ${typeof value}`);
