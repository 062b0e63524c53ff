import { chosen } from '../../shared/locatorValue';
import type {
	Fields,
	GroupField,
	ListField,
	MapField,
	MixedListField,
	OneOfField,
	SettingsField,
} from '../../catalogue/schema/field';
import { SECTIONS } from '../../catalogue/schema/sections';
import { KEY, ROWS, shapeChoice, VALUE } from '../form/property';
import {
	complain,
	isPlain,
	isUnset,
	typeName,
	wireValue,
	wireValues,
	type Checks,
	type Given,
} from './values';

type ObjectField = GroupField | ListField | MixedListField | MapField | OneOfField | SettingsField;

/** The object or list that a field of several fields stands for; undefined if it cannot be sent. */
export function objectValue(field: ObjectField, value: unknown, checks: Checks): unknown {
	switch (field.kind) {
		case 'group':
			return groupValue(field, value, checks);
		case 'list':
			return listValue(field, value, checks);
		case 'mixedList':
			return mixedListValue(field, value, checks);
		case 'map':
			return mapValue(field, value, checks);
		case 'oneOf':
			return oneOfValue(field, value, checks);
		case 'settings':
			return settingsValue(field, value, checks);
	}
}

const inside = ({ label }: { label: string }, checks: Checks): Checks => ({
	...checks,
	within: [...checks.within, label],
});

function groupValue(field: GroupField, value: unknown, checks: Checks) {
	const { fields, mayBeEmpty, required } = field;
	const values =
		!required && isUntouched(fields, value)
			? undefined
			: innerValues(fields, value, inside(field, checks), field);
	return values ?? (mayBeEmpty ? {} : undefined);
}

/** Whether a group holds nothing but the empty fields that it started with. */
const isUntouched = (fields: Fields, value: unknown): boolean =>
	isPlain(value) &&
	Object.entries(value).every(([name, inner]) =>
		isUnset(fields[name] ?? { kind: 'text' }, chosen(inner)),
	);

/** The fields of a form or of one of its rows: those that are always shown, and those of its collections. */
export function flatten(form: Given): Given {
	const collections = Object.values(SECTIONS).map(({ name }) => form[name]);
	return Object.assign({ ...form }, ...collections.filter(isPlain)) as Given;
}

function innerValues(fields: Fields, value: unknown, checks: Checks, { label }: { label: string }) {
	if (!isPlain(value)) {
		const { within } = checks;
		return complain(
			{ ...checks, within: within.slice(0, -1) },
			{ label },
			`has to be an object of fields, but is ${typeName(value)}`,
		);
	}
	const values = wireValues(fields, { ...checks, given: flatten(value) });
	return Object.keys(values).length > 0 ? values : undefined;
}

/** The rows of the form, or the list that an expression gave in their place. */
function rowsOf(
	field: ListField | MixedListField | MapField,
	value: unknown,
	checks: Checks,
): unknown[] {
	const rows = isPlain(value) && ROWS in value ? value[ROWS] : value;
	if (Array.isArray(rows)) return rows;
	complain(checks, field, `has to be a list, but is ${typeName(rows)}`);
	return [];
}

function listValue(field: ListField, value: unknown, checks: Checks) {
	const rows = rowsOf(field, value, checks);
	const values = rows.map((row, index) => {
		const label = `${field.label} ${index + 1}`;
		return innerValues(field.fields, row, inside({ label }, checks), { label });
	});
	const set = values.filter((entry) => entry !== undefined);
	return set.length > 0 ? set : undefined;
}

function mixedListValue(field: MixedListField, value: unknown, checks: Checks) {
	const { by, variants } = field;
	const rows = rowsOf(field, value, checks);
	const values = rows.map((row, index) => {
		const label = `${field.label} ${index + 1}`;
		const shape = isPlain(row) ? row[by] : undefined;
		return wireValue(shapeChoice(field), shape, inside({ label }, checks)) === undefined
			? undefined
			: oneOfValue({ label, by, variants }, row, checks);
	});
	return values.length > 0 ? values : undefined;
}

function mapValue(field: MapField, value: unknown, checks: Checks) {
	const entries = mapEntries(field, value, checks).map(([name, entry], index) => {
		const label = `${field.label} ${index + 1}`;
		const within = inside({ label }, checks);
		const key = name === undefined ? '' : wireValue(field.key, name, within);
		if (!key) complain(within, field.key, 'is empty');
		return [key, mapEntry(field, entry, within, label)] as const;
	});
	const set = entries.filter(([name, entry]) => name && entry !== undefined);
	return set.length > 0 ? Object.fromEntries(set) : undefined;
}

function mapEntry({ value: field }: MapField, entry: unknown, checks: Checks, label: string) {
	if (field.kind === 'group') return innerValues(field.fields, entry, checks, { label });
	const set = chosen(entry);
	// Telnyx takes an empty text as the value of a name.
	if (set === undefined || set === null) return field.kind === 'text' ? '' : undefined;
	if (field.kind === 'text' && typeof set === 'boolean') return set;
	return wireValue(field, set, checks);
}

/** Names and values: from the form's rows, or of the object that an expression gave in their place. */
function mapEntries(field: MapField, value: unknown, checks: Checks): Array<[unknown, unknown]> {
	if (isPlain(value) && !(ROWS in value)) return Object.entries(value);
	return rowsOf(field, value, checks).map((row) => {
		if (!isPlain(row)) return [undefined, row];
		return [row[KEY], field.value.kind === 'group' ? row : row[VALUE]];
	});
}

function oneOfValue(
	field: Pick<OneOfField, 'label' | 'by' | 'variants'>,
	value: unknown,
	checks: Checks,
) {
	const { by, variants } = field;
	if (!isPlain(value)) {
		return complain(checks, field, `has to be an object, but is ${typeName(value)}`);
	}
	// The wire form, from an expression, or the form's: one of the shapes by its name.
	const given = typeof value[by] === 'string' ? { [value[by]]: value } : value;
	const [name, ...others] = Object.keys(given);
	if (others.length > 0)
		return complain(checks, field, 'may only be one of those that are offered');
	if (!Object.hasOwn(variants, name)) {
		return complain(checks, field, `has to be one of: ${Object.keys(variants).join(', ')}`);
	}
	const { label, fields, onlyWith = {} } = variants[name];
	for (const [beside, needed] of Object.entries(onlyWith)) {
		if (checks.given[beside] === needed) continue;
		complain(checks, field, `is meant for ${label}: choose ${needed} in the field beside it`);
	}
	const inner = inside({ label }, inside(field, checks));
	const values = isPlain(given[name]) ? flatten(given[name]) : {};
	return { [by]: name, ...wireValues(fields, { ...inner, given: values }) };
}

function settingsValue(field: SettingsField, value: unknown, checks: Checks) {
	const { by, variants } = field;
	const { [by]: choice } = checks.given;
	const fields =
		typeof choice === 'string' && Object.hasOwn(variants, choice) ? variants[choice] : {};
	// Settings of other choices stay in the form, unseen, when the choice is changed: they are not sent.
	return innerValues(fields, value, inside(field, checks), field);
}
