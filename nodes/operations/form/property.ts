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
import { SECTIONS, type Section } from '../../catalogue/schema/sections';
import { addedFields, isShown, KEY, ROWS, sectionOf, shapeChoice, VALUE } from '../layout';

/** What one choice of a list in the form is called by n8n. */
const FROM_LIST = 'list';

type Shared = Pick<INodeProperties, 'displayName' | 'name' | 'description'>;

/**
 * Fields of an operation or of a row: those that are always shown one below the other, then those to
 * be added, in alphabetical order, in the collections of their sections.
 */
export function toProperties(fields: Fields): INodeProperties[] {
	const shown = Object.entries(fields).filter(([, field]) => isShown(field));
	const added = addedFields(fields);
	return [
		...shown.map(([name, field]) => shownIf(field, toProperty(name, field))),
		...Object.values(SECTIONS).flatMap((section) => {
			const inside = added.filter(([, field]) => sectionOf(field) === section);
			return inside.length === 0 ? [] : [toCollection(section, inside)];
		}),
	];
}

const shownIf = ({ onlyIf }: Field, property: INodeProperties): INodeProperties =>
	onlyIf
		? { ...property, displayOptions: { show: onlyIf as Record<string, Array<string | boolean>> } }
		: property;

/** A collection of fields to be added. */
export const toCollection = (
	{ name, title, add }: Section,
	fields: Array<[string, Field]>,
): INodeProperties => ({
	displayName: title,
	name,
	type: 'collection',
	placeholder: add,
	default: {},
	options: sorted(fields),
});

/**
 * What a collection offers to add. Required ones are not marked: n8n would look for their values beside
 * the collection, and refuse to run a node that does not have it at all.
 */
const sorted = (fields: Array<[string, Field]>): INodeProperties[] =>
	fields.map(([name, field]) => unmarked(toProperty(name, field))).sort(byLabel);

function unmarked(property: INodeProperties): INodeProperties {
	const copy = { ...property };
	delete copy.required;
	return copy;
}

const byLabel = (a: INodeProperties, b: INodeProperties) =>
	a.displayName.localeCompare(b.displayName, 'en');

/** How the editor asks for one field. */
function toProperty(name: string, field: Field): INodeProperties {
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
			return settingsProperty(shared, field);
	}
}

/** A group shows at once what it cannot do without. Left as it is, it is not sent. */
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

/** From so many on, n8n has the choices in alphabetical order. */
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
	{ list, start, placeholder }: LocatorField,
): INodeProperties => ({
	...shared,
	type: 'resourceLocator',
	// n8n copies it as it is into collections, where nothing marks it as a locator afterwards.
	default: { __rl: true, mode: start === undefined ? FROM_LIST : 'id', value: start ?? '' },
	modes: [
		{
			displayName: 'From List',
			name: FROM_LIST,
			type: 'list',
			typeOptions: { searchListMethod: list, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', ...(placeholder && { placeholder }) },
	],
});

const rows = (
	shared: Shared,
	{ item }: Pick<ListField, 'item'>,
	values: INodeProperties[],
): INodeProperties => ({
	...shared,
	type: 'fixedCollection',
	placeholder: `Add ${item}`,
	typeOptions: { multipleValues: true },
	default: {},
	options: [{ displayName: item, name: ROWS, values }],
});

/**
 * The choice of the shape, then the fields of every shape, of which the editor shows the chosen one's. It
 * shows all of them when an expression chooses, and would then insist on those of other shapes.
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

/** The same property under several names once, with all of them. */
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
 * One collection, of whose settings the editor hides those that belong to other choices. It says what to
 * hide rather than what to show: n8n's engine does not see the choice from in here, and would drop every
 * setting that is to be shown for something.
 */
function settingsProperty(shared: Shared, field: SettingsField): INodeProperties {
	const { by, variants } = field;
	const choices = Object.keys(variants);
	const settingsOf = (choice: string) =>
		Object.entries(variants[choice])
			.map(([name, setting]) => toProperty(name, setting))
			.map((property) => ({
				...property,
				displayOptions: {
					hide: {
						[`/${sectionOf(field).name}.${by}`]: choices.filter((other) => other !== choice),
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
