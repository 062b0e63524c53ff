import { isExpression, type IDataObject } from 'n8n-workflow';

import { isPlain } from '../../shared/isPlain';
import { locatorValue } from '../../shared/locatorValue';
import type {
	Field,
	Fields,
	GroupField,
	ListField,
	MapField,
	MixedListField,
	OneOfField,
	SettingsField,
} from '../../catalogue/schema/field';
import { flatten, KEY, ROWS, shapeChoice, VALUE } from '../layout';
import { complain, inside, typeName, type Checks } from './complaints';
import { isUnset, scalarValue } from './scalars';

/** What Telnyx takes for the fields that are set, in the record's order. */
export function wireValues(fields: Fields, checks: Checks): IDataObject {
	const { form } = checks;
	const values: IDataObject = {};
	for (const [name, field] of Object.entries(fields)) {
		if (!isAskedFor(field, form)) continue;
		const set = locatorValue(form[name]);
		const value = isUnset(field, set)
			? unsetValue(name, field, checks)
			: wireValue(field, set, checks);
		const other = value === undefined ? undefined : excluded(field, fields, values);
		if (other) {
			complain(checks, field, `cannot be set together with '${other.label}': clear one of the two`);
		}
		if (value !== undefined) values[name] = value as IDataObject;
	}
	for (const [name, field] of Object.entries(fields)) {
		if (field.kind !== 'number' || field.noMoreThan === undefined) continue;
		const { [name]: value, [field.noMoreThan]: limit } = values;
		if (Number(value) > Number(limit)) {
			complain(checks, field, `may not be more than '${fields[field.noMoreThan].label}'`);
		}
	}
	return values;
}

/** The first field that has a value already and that another one excludes. */
function excluded({ notWith }: Field, fields: Fields, values: IDataObject): Field | undefined {
	if (notWith === undefined) return undefined;
	const [found] = Object.entries(fields).filter(
		([name, other]) =>
			values[name] !== undefined && (name === notWith || other.notWith === notWith),
	);
	return found?.[1];
}

const isAskedFor = ({ onlyIf = {} }: Field, form: Checks['form']): boolean =>
	Object.entries(onlyIf).every(([name, wanted]) => wanted.some((value) => value === form[name]));

function unsetValue(name: string, field: Field, checks: Checks): unknown {
	if (field.kind === 'group' && field.mayBeEmpty) return {};
	const isLost = field.noEmptyExpression && isExpression(locatorValue(checks.written?.[name]));
	if (field.required || isLost) complain(checks, field, `is empty${whyEmpty(name, field, checks)}`);
	return undefined;
}

/** The expression that found nothing, or else what to do. */
function whyEmpty(name: string, { whenEmpty }: Field, { written }: Checks): string {
	const text = locatorValue(written?.[name]);
	if (!isExpression(text)) return whenEmpty ? `: ${whenEmpty}` : '';
	const expression = text.slice(1).trim();
	return expression === ''
		? ': it is set to an expression, so write one, or set it to Fixed'
		: `: the expression ${expression} found nothing`;
}

/** What Telnyx takes for one field that is set; undefined if it cannot be sent. */
function wireValue(field: Field, value: unknown, checks: Checks): unknown {
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
		default:
			return scalarValue(field, value, checks);
	}
}

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
		isUnset(fields[name] ?? { kind: 'text' }, locatorValue(inner)),
	);

function innerValues(fields: Fields, value: unknown, checks: Checks, { label }: { label: string }) {
	if (!isPlain(value)) {
		const { within } = checks;
		return complain(
			{ ...checks, within: within.slice(0, -1) },
			{ label },
			`has to be an object of fields, but is ${typeName(value)}`,
		);
	}
	const values = wireValues(fields, { ...checks, form: flatten(value), written: undefined });
	return Object.keys(values).length > 0 ? values : undefined;
}

/** The rows of the form, or the list that an expression returned instead. */
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
	const set = locatorValue(entry);
	// Telnyx takes an empty text as the value of a name.
	if (set === undefined || set === null) return field.kind === 'text' ? '' : undefined;
	if (field.kind === 'text' && typeof set === 'boolean') return set;
	return wireValue(field, set, checks);
}

/** Names and values, from the rows of the form, or from the object that an expression returned instead. */
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
	const shapes = typeof value[by] === 'string' ? { [value[by]]: value } : value;
	const [name, ...others] = Object.keys(shapes);
	if (others.length > 0)
		return complain(checks, field, 'may only be one of those that are offered');
	if (!Object.hasOwn(variants, name)) {
		return complain(checks, field, `has to be one of: ${Object.keys(variants).join(', ')}`);
	}
	const { label, fields, onlyWith = {} } = variants[name];
	for (const [beside, needed] of Object.entries(onlyWith)) {
		if (checks.form[beside] === needed) continue;
		complain(checks, field, `is meant for ${label}: choose ${needed} in the field beside it`);
	}
	const inner = inside({ label }, inside(field, checks));
	const values = isPlain(shapes[name]) ? flatten(shapes[name]) : {};
	return { [by]: name, ...wireValues(fields, { ...inner, form: values, written: undefined }) };
}

function settingsValue(field: SettingsField, value: unknown, checks: Checks) {
	const { by, variants } = field;
	const { [by]: choice } = checks.form;
	const fields =
		typeof choice === 'string' && Object.hasOwn(variants, choice) ? variants[choice] : {};
	// When the choice is changed, settings of other choices stay in the form, hidden. They are not sent.
	return innerValues(fields, value, inside(field, checks), field);
}
