import type { ChoiceField, Field, Fields, MixedListField } from '../catalogue/schema/field';
import { MORE_OPTIONS, OPTIONS, SECTIONS, type Section } from '../catalogue/schema/sections';
import { CLIENT_STATE_ENCODED, clientStateEncoded } from '../catalogue/shared/commandFields';
import { isPlain } from '../shared/isPlain';
import { perObject } from '../shared/perObject';

/** What a form or one of its rows holds, by the names of the fields, not checked yet. */
export type FormValues = Readonly<Record<string, unknown>>;

/** The name under which the rows of a list stand in the form. */
export const ROWS = 'items';
/** The names of a map's two columns in the form. */
export const KEY = 'name';
export const VALUE = 'value';

/** The collection that holds an optional field. */
export const sectionOf = ({ section }: Pick<Field, 'section'>): Section =>
	section === undefined ? OPTIONS : SECTIONS[section];

/** Whether a field is shown without being added first. */
export const isShown = ({ required, onTop }: Pick<Field, 'required' | 'onTop'>): boolean =>
	Boolean(required ?? onTop);

/** The fields that a user adds, by name; with the node's own one that belongs to a client state. */
export function addedFields(fields: Fields): Array<[string, Field]> {
	const all = Object.entries(fields);
	const hasClientState = all.some(([, { kind }]) => kind === 'clientState');
	return [
		...all.filter(([, field]) => !isShown(field)),
		...(hasClientState ? [[CLIENT_STATE_ENCODED, clientStateEncoded] as [string, Field]] : []),
	];
}

/** The parameters that a node has for an operation's fields. */
interface ParameterNames {
	readonly shown: readonly string[];
	/** The collections that hold the fields to be added. */
	readonly collections: readonly string[];
}

/** From so many rare sections on, a form has them behind *More Options*. */
const MANY_RARE = 3;

/** Where the optional fields of a form are: in sections of its own, or in those behind *More Options*. */
export interface Sections {
	readonly direct: readonly Section[];
	readonly behindMore: readonly Section[];
}

/** The sections of a form that have fields, in the order of the form. */
export function sectionsOf(fields: Fields): Sections {
	const used = new Set(addedFields(fields).map(([, field]) => sectionOf(field)));
	const all = Object.values<Section>(SECTIONS).filter((section) => used.has(section));
	const behindMore = all.filter(isRare);
	return behindMore.length < MANY_RARE
		? { direct: all, behindMore: [] }
		: { direct: all.filter((section) => !isRare(section)), behindMore };
}

const isRare = ({ description }: Section): boolean => description !== undefined;

/** Where a section's values stand in the form, such as `more_options.sip_options`. */
export const pathOf = (section: Section, { behindMore }: Sections): string =>
	behindMore.includes(section) ? `${MORE_OPTIONS.name}.${section.name}` : section.name;

/** What a node has to read for an operation's fields, and no more. */
export const parameterNames = perObject(
	(fields: Fields): ParameterNames => ({
		shown: Object.keys(fields).filter((name) => isShown(fields[name])),
		collections: collectionsOf(sectionsOf(fields)),
	}),
);

const collectionsOf = ({ direct, behindMore }: Sections): string[] => [
	...direct.map(({ name }) => name),
	...(behindMore.length > 0 ? [MORE_OPTIONS.name] : []),
];

/** All fields of a form or of one of its rows side by side, those of its collections too. */
export function flatten(form: FormValues): FormValues {
	const { [MORE_OPTIONS.name]: more } = form;
	const flat = { ...form };
	for (const values of isPlain(more) ? [form, more] : [form]) {
		for (const name of SECTION_NAMES) {
			if (isPlain(values[name])) Object.assign(flat, values[name]);
		}
	}
	return flat;
}

const SECTION_NAMES = Object.values<Section>(SECTIONS).map(({ name }) => name);

/** The field that asks for the shape of one object of a mixed list. */
export function shapeChoice({ shape, variants }: MixedListField): ChoiceField {
	const names = Object.keys(variants);
	const choices = Object.fromEntries(names.map((name) => [name, variants[name].label]));
	return { kind: 'choice', ...shape, required: true, choices, start: names[0] };
}
