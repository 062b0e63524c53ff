import type { Choice, Field, Fields } from '../../nodes/catalogue/schema/field';
import { MORE_OPTIONS, type Section } from '../../nodes/catalogue/schema/sections';
import {
	addedFields,
	isShown,
	pathOf,
	sectionOf,
	sectionsOf,
	type Sections,
} from '../../nodes/operations/layout';
import { cell, codes, named, table } from './markdown';

/** Up to so many choices stand with what the form calls them. */
const FEW = 12;

/** The fields of an operation: those that the form shows, then those of each collection. */
export function fieldTable(fields: Fields): string[] {
	const shown = Object.entries(fields).filter(([, field]) => isShown(field));
	const added = addedFields(fields);
	const sections = sectionsOf(fields);
	return table(
		['Field', 'In a workflow', 'Value', 'Meaning'],
		[
			...rows(shown),
			...[...sections.direct, ...sections.behindMore].flatMap((section) => [
				`| *${titleOf(section, sections)}* | \`${pathOf(section, sections)}\` | collection | |`,
				...rows(added.filter(([, field]) => sectionOf(field) === section)),
			]),
		],
	);
}

const titleOf = (section: Section, { behindMore }: Sections): string =>
	behindMore.includes(section) ? `${MORE_OPTIONS.title}: ${section.title}` : section.title;

/** A row for each field and for those inside it, whose names begin with the `prefix`. */
function rows(entries: Array<[string, Field]>, prefix = '', only = ''): string[] {
	return entries.flatMap(([name, field]) => {
		const { label, required, description } = field;
		const path = `${prefix}${name}`;
		return [
			`| ${required ? `**${label}**` : label} | \`${path}\` | ${cell(valueOf(field))} | ${cell(`${only}${description}`)} |`,
			...innerRows(path, field),
		];
	});
}

function innerRows(path: string, field: Field): string[] {
	switch (field.kind) {
		case 'group':
			return rows(Object.entries(field.fields), `${path}.`);
		case 'list':
			return rows(Object.entries(field.fields), `${path}[].`);
		case 'mixedList':
			return variantRows(`${path}[]`, field.variants);
		case 'map':
			return innerRows(`${path}.*`, field.value);
		case 'oneOf':
			return variantRows(path, field.variants);
		case 'settings':
			return Object.entries(field.variants).flatMap(([choice, settings]) =>
				rows(Object.entries(settings), `${path}.`, `For ${choice}: `),
			);
		case 'text':
		case 'number':
		case 'choice':
		case 'toggle':
		case 'locator':
		case 'texts':
		case 'numbers':
		case 'count':
		case 'choices':
		case 'flag':
		case 'dateTime':
		case 'clientState':
		case 'commandId':
		case 'file':
		case 'json':
			return [];
		default:
			return unknownKind(field);
	}
}

type Variants = Readonly<Record<string, { readonly label: string; readonly fields: Fields }>>;

const variantRows = (path: string, variants: Variants) =>
	Object.values(variants).flatMap(({ label, fields }) =>
		rows(Object.entries(fields), `${path}.`, `For ${label}: `),
	);

/** What a field may hold, in a few words. */
export function valueOf(field: Field): string {
	switch (field.kind) {
		case 'choice':
			return `${choicesOf(field.choices)}${field.open ? ', or another' : ''}`;
		case 'choices':
			return `some of ${choicesOf(field.choices)}`;
		case 'number': {
			const { whole, min, max, also = [] } = field;
			const besides = also.map((value) => `, or ${value}`).join('');
			return `${whole ? 'whole number' : 'number'}${rangeOf(min, max)}${besides}`;
		}
		case 'numbers':
			return 'whole numbers, separated by commas';
		case 'count':
			return `whole number, at least ${field.min}, or ${codes(field.words)}`;
		case 'text':
		case 'commandId':
			return 'text';
		case 'texts':
			return 'texts, separated by commas';
		case 'toggle':
			return 'on or off';
		case 'flag':
			return `on (\`${field.sends}\`) or left out`;
		case 'dateTime':
			return 'date and time';
		case 'locator':
			return field.fromItem
				? 'from the previous node, chosen from a list, or an ID'
				: 'chosen from a list, or an ID';
		case 'clientState':
			return 'text or JSON';
		case 'file':
			return "the name of one of the item's binary fields";
		case 'json':
			return `JSON ${field.shape}`;
		case 'group':
			return 'fields';
		case 'list':
			return 'rows';
		case 'map':
			return 'names and values';
		case 'oneOf':
			return `one of ${labelsOf(field.variants)}`;
		case 'mixedList':
			return `rows, each one of ${labelsOf(field.variants)}`;
		case 'settings':
			return `settings of ${Object.keys(field.variants).join(', ')}`;
		default:
			return unknownKind(field);
	}
}

/** The compiler lets nothing come here: a new kind of field needs words in this file. */
function unknownKind(field: never): never {
	throw new Error(`The reference has no words for ${JSON.stringify(field)}`);
}

function choicesOf(choices: Readonly<Record<string, Choice>>): string {
	const values = Object.entries(choices);
	if (values.length > FEW) return codes(Object.keys(choices));
	return named(
		values.map(([value, choice]) => ({
			name: typeof choice === 'string' ? choice : choice.name,
			value,
		})),
	);
}

const labelsOf = (variants: Variants) =>
	Object.values(variants)
		.map(({ label }) => label)
		.join(', ');

function rangeOf(min: number | undefined, max: number | undefined): string {
	if (min === undefined) return max === undefined ? '' : `, at most ${max}`;
	return max === undefined ? `, at least ${min}` : `, ${min} to ${max}`;
}
