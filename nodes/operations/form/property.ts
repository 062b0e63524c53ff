import type { INodeProperties, INodePropertyOptions, INodePropertyTypeOptions } from 'n8n-workflow';

import type {
	Choice,
	ChoiceField,
	Field,
	Fields,
	GroupField,
	ListField,
	LocatorField,
	MapField,
	MixedListField,
	NumberField,
	OneOfField,
	SettingsField,
	TextField,
} from '../../catalogue/schema/field';
import { MORE_OPTIONS, type Section } from '../../catalogue/schema/sections';
import { orPrevious, PREVIOUS_NAMES, PREVIOUS_NODE } from '../../telnyx/account/previousNode';
import {
	addedFields,
	isShown,
	KEY,
	pathOf,
	ROWS,
	sectionOf,
	sectionsOf,
	shapeChoice,
	VALUE,
} from '../layout';

/** n8n's name for the mode in which a value is picked from a list. */
const FROM_LIST = 'list';

type Shared = Pick<INodeProperties, 'displayName' | 'name' | 'description'>;

/**
 * Fields of an operation or of a row: first those that are always shown, then the optional ones in the
 * collections of their sections, in alphabetical order but for those that come last.
 */
export function toProperties(fields: Fields): INodeProperties[] {
	const shown = Object.entries(fields).filter(([, field]) => isShown(field));
	const added = addedFields(fields);
	const sections = sectionsOf(fields);
	const { direct, behindMore } = sections;
	const collection = (section: Section) =>
		toCollection(
			section,
			added.filter(([, field]) => sectionOf(field) === section),
			pathOf(section, sections),
		);
	return [
		...shown.map(([name, field]) => shownIf(field, toProperty(name, field))),
		...direct.map(collection),
		...(behindMore.length > 0 ? [inMore(behindMore.map(collection))] : []),
	];
}

const shownIf = ({ onlyIf }: Field, property: INodeProperties): INodeProperties =>
	onlyIf
		? { ...property, displayOptions: { show: onlyIf as Record<string, Array<string | boolean>> } }
		: property;

/**
 * A collection of optional fields.
 * @param path where its values stand in the form
 */
export const toCollection = (
	section: Section,
	fields: Array<[string, Field]>,
	path = section.name,
): INodeProperties => inOne(section, sorted(fields, path));

const inMore = (groups: INodeProperties[]): INodeProperties =>
	inOne(MORE_OPTIONS, groups.sort(byLabel));

const inOne = (
	{ name, title, add, description }: Section,
	options: INodeProperties[],
): INodeProperties => ({
	displayName: title,
	name,
	...(description && { description }),
	type: 'collection',
	placeholder: add,
	default: {},
	options,
});

/**
 * The fields of a collection. Required ones are not marked: n8n would look for their values outside the
 * collection, and refuse to run a node in which the collection is empty.
 */
const sorted = (fields: Array<[string, Field]>, path?: string): INodeProperties[] =>
	[false, true].flatMap((last) =>
		fields
			.filter(([, field]) => Boolean(field.last) === last)
			.map(([name, field]) => unmarked(toProperty(name, field, path)))
			.sort(byLabel),
	);

function unmarked(property: INodeProperties): INodeProperties {
	const copy = { ...property };
	delete copy.required;
	return copy;
}

const byLabel = (a: INodeProperties, b: INodeProperties) =>
	a.displayName.localeCompare(b.displayName, 'en');

/**
 * One field, as the editor shows it.
 * @param path of the collection that holds it
 */
function toProperty(name: string, field: Field, path = sectionOf(field).name): INodeProperties {
	const { label, description, required, placeholder } = field;
	const shared = { displayName: label, name, description, ...(required && { required }) };
	const typed = { ...shared, ...(placeholder && { placeholder }) };
	switch (field.kind) {
		case 'text':
			return textProperty(typed, field);
		case 'commandId':
		case 'texts':
		case 'numbers':
		case 'count':
			return { ...typed, type: 'string', default: '' };
		case 'file':
			return { ...typed, type: 'string', default: 'data' };
		case 'clientState':
			return { ...typed, type: 'string', typeOptions: { rows: 2 }, default: '' };
		case 'json':
			return { ...typed, type: 'json', default: '' };
		case 'dateTime':
			return { ...shared, type: 'dateTime', default: '' };
		case 'toggle':
			return { ...shared, type: 'boolean', default: field.start };
		case 'flag':
			return { ...shared, type: 'boolean', default: true };
		case 'number':
			return { ...typed, type: 'number', typeOptions: bounds(field), default: field.start };
		case 'choice':
			return { ...shared, type: 'options', options: toOptions(field), default: field.start };
		case 'choices':
			return { ...shared, type: 'multiOptions', options: toOptions(field), default: [] };
		case 'locator':
			return locatorProperty(shared, field);
		case 'group':
			return {
				...shared,
				type: 'collection',
				placeholder: field.add ?? 'Add field',
				default: startOfGroup(field),
				options: sorted(Object.entries(field.fields)),
			};
		case 'list':
			return rows(shared, field, toProperties(field.fields));
		case 'mixedList':
			return rows(shared, field, mixedColumns(field));
		case 'map':
			return rows(shared, field, mapColumns(field));
		case 'oneOf':
			return oneOfProperty(shared, field);
		case 'settings':
			return settingsProperty(shared, field, path);
	}
}

/** A group starts with its required fields. If nothing is filled in, it is not sent. */
const startOfGroup = ({ fields }: GroupField) =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([, { required }]) => required)
			.map(([name, field]) => [name, toProperty(name, field).default]),
	);

const textProperty = (
	typed: Shared,
	{ rows: lines, secret, start = '' }: TextField,
): INodeProperties => ({
	...typed,
	type: 'string',
	...(lines && { typeOptions: { rows: lines } }),
	...(secret && { typeOptions: { password: true } }),
	default: start,
});

const bounds = ({ min, max, also = [], whole }: NumberField): INodePropertyTypeOptions => ({
	...(min !== undefined && { minValue: Math.min(min, ...also) }),
	...(max !== undefined && { maxValue: max }),
	numberPrecision: whole ? 0 : 2,
});

/** n8n demands alphabetical order for this many choices or more. */
const MANY = 5;

function toOptions({ choices, start }: Pick<ChoiceField, 'choices'> & { start?: unknown }) {
	const options = Object.entries(choices).map(([value, choice]) => ({
		...toOption(choice),
		value: typeof start === 'number' ? Number(value) : value,
	}));
	return options.length < MANY ? options : options.sort(byName);
}

const toOption = (choice: Choice) =>
	typeof choice === 'string'
		? { name: choice }
		: { name: choice.name, description: choice.description };

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) =>
	a.name.localeCompare(b.name, 'en');

const locatorProperty = (
	shared: Shared,
	{ placeholder, ...field }: LocatorField,
): INodeProperties => ({
	...shared,
	type: 'resourceLocator',
	// n8n copies the default into collections as it is, without marking it as a locator.
	default: { __rl: true, mode: FROM_LIST, ...startOfLocator(field) },
	modes: [
		{
			displayName: 'From List',
			name: FROM_LIST,
			type: 'list',
			typeOptions: { searchListMethod: listOf(field), searchable: true },
			...(field.unlessChosen && { placeholder: field.unlessChosen }),
		},
		{ displayName: 'By ID', name: 'id', type: 'string', ...(placeholder && { placeholder }) },
	],
});

const startOfLocator = (field: LocatorField) =>
	field.fromItem
		? { value: PREVIOUS_NODE, cachedResultName: PREVIOUS_NAMES[field.list] }
		: {
				value: field.start ?? '',
				...(field.startName && { cachedResultName: field.startName }),
			};

const listOf = (field: LocatorField): string =>
	field.fromItem ? orPrevious(field.list) : field.list;

const rows = (
	shared: Shared,
	{ item, start }: Pick<ListField, 'item' | 'start'>,
	values: INodeProperties[],
): INodeProperties => ({
	...shared,
	type: 'fixedCollection',
	placeholder: `Add ${item}`,
	typeOptions: { multipleValues: true },
	default: start ? { [ROWS]: start.map((row) => ({ ...startOf(values), ...row })) } : {},
	options: [{ displayName: item, name: ROWS, values }],
});

const startOf = (columns: INodeProperties[]) =>
	Object.fromEntries(columns.map(({ name, default: start }) => [name, start]));

/**
 * The choice of the shape, then the fields of all shapes, of which the editor shows those of the selected
 * one. If an expression selects it, the editor shows all of them, and would insist on required fields of
 * other shapes.
 */
function mixedColumns(field: MixedListField): INodeProperties[] {
	const { by, variants } = field;
	const columns = Object.entries(variants).flatMap(([name, { fields }]) =>
		toProperties(fields).map((property) => ({ name, property })),
	);
	return [
		toProperty(by, shapeChoice(field)),
		...sharedBy(columns).map(({ property, names: shown }) => ({
			...unmarked(property),
			displayOptions: { show: { [by]: shown, ...property.displayOptions?.show } },
		})),
	];
}

interface Shown {
	readonly property: INodeProperties;
	readonly names: string[];
}

/** Lists a property that several shapes have only once, with the names of all of them. */
function sharedBy(columns: Array<{ name: string; property: INodeProperties }>): Shown[] {
	const found = new Map<string, Shown>();
	for (const { name, property } of columns) {
		const text = JSON.stringify(property);
		const { names = [] } = found.get(text) ?? {};
		found.set(text, { property, names: [...names, name] });
	}
	return [...found.values()];
}

const mapColumns = ({ key, value }: MapField): INodeProperties[] => [
	toProperty(KEY, { ...key, required: true }),
	...(value.kind === 'group' ? toProperties(value.fields) : [toProperty(VALUE, value)]),
];

const oneOfProperty = (shared: Shared, { variants }: OneOfField): INodeProperties => ({
	...shared,
	type: 'fixedCollection',
	placeholder: `Choose ${shared.displayName}`,
	default: {},
	options: Object.entries(variants).map(([name, { label, fields }]) => ({
		displayName: label,
		name,
		values: toProperties(fields),
	})),
});

/**
 * One collection, in which the editor hides the settings of other choices. It uses `hide` rather than
 * `show`: n8n's engine cannot see the choice from inside the collection, and would drop every setting that
 * has a `show` condition.
 */
function settingsProperty(shared: Shared, field: SettingsField, path: string): INodeProperties {
	const { by, variants } = field;
	const choices = Object.keys(variants);
	const settingsOf = (choice: string) =>
		Object.entries(variants[choice])
			.map(([name, setting]) => toProperty(name, setting))
			.map((property) => ({
				...property,
				displayOptions: {
					hide: {
						[`/${path}.${by}`]: choices.filter((other) => other !== choice),
					},
				},
			}));
	return {
		...shared,
		type: 'collection',
		placeholder: 'Add setting',
		displayOptions: { show: { [by]: choices } },
		default: {},
		options: choices.flatMap(settingsOf).sort(byLabel),
	};
}
