import fc from 'fast-check';

import type { Field, Fields, OneOfField } from '../../nodes/catalogue/schema/field';
import { formPlace } from '../support/formPlace';

export type Values = Record<string, unknown>;

/** The values that are sent: required fields always, others at random, in the record's order. */
export function valuesOf(fields: Fields): fc.Arbitrary<Values> {
	const settings = Object.entries(fields).filter(isSettings);
	const chosen = Object.entries(fields).map(([name, field]) =>
		(field.required || field.kind === 'commandId'
			? valueOf(field)
			: fc.option(valueOf(field), { freq: 1, nil: undefined })
		).map((value) => [name, value] as const),
	);
	return fc.tuple(...chosen).chain((entries) => {
		const drawn = Object.fromEntries(
			entries.filter(([name, value]) => !isNothing(value) || mayBeEmpty(fields[name])),
		);
		const values = Object.fromEntries(
			Object.entries(drawn).filter(([name], index, all) => {
				const { notWith } = fields[name];
				const before = all.slice(0, index).map(([other]) => fields[other].notWith);
				return notWith === undefined || !(notWith in drawn || before.includes(notWith));
			}),
		);
		const [first] = settings;
		if (!first) return fc.constant(withoutUnmetNeeds(fields, withNeeded(fields, values)));
		// Settings only make sense for the choice that was drawn.
		const [name, field] = first;
		delete values[name];
		const variant = field.variants[String(values[field.by])];
		if (!variant) return fc.constant(values);
		return valuesOf(variant).map((config) =>
			Object.keys(config).length === 0 ? values : inOrder(fields, { ...values, [name]: config }),
		);
	});
}

/** With the choices beside an object that its shape needs. */
function withNeeded(fields: Fields, values: Values): Values {
	const needed = Object.entries(fields).map(([name, field]) => {
		if (field.kind !== 'oneOf' || !(name in values)) return {};
		return field.variants[String((values[name] as Values)[field.by])].onlyWith ?? {};
	});
	return inOrder(fields, Object.assign({}, values, ...needed) as Values);
}

/** Without choices that need a field beside them which was not drawn. */
const withoutUnmetNeeds = (fields: Fields, values: Values): Values =>
	Object.fromEntries(
		Object.entries(values).filter(([name, value]) => {
			const { [name]: field } = fields;
			const choice = field.kind === 'choice' && field.choices[String(value)];
			const needs = typeof choice === 'object' ? choice.needs : undefined;
			return needs === undefined || needs.field in values;
		}),
	);

const mayBeEmpty = (field: Field) => field.kind === 'group' && Boolean(field.mayBeEmpty);

type Settings = Extract<Field, { kind: 'settings' }>;
const isSettings = (entry: [string, Field]): entry is [string, Settings] =>
	entry[1].kind === 'settings';

const inOrder = (fields: Fields, values: Values): Values =>
	Object.fromEntries(
		Object.keys(fields)
			.filter((name) => name in values)
			.map((name) => [name, values[name]]),
	);

/** Values that cannot be distinguished from an untouched field. */
const isNothing = (value: unknown): boolean =>
	value === undefined ||
	(typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const line = fc
	.string({ minLength: 1 })
	.filter((text) => text.trim() === text && !text.startsWith('=') && !/^\.{1,2}$/.test(text));
const entry = line.filter((text) => !text.includes(','));

function valueOf(field: Field): fc.Arbitrary<unknown> {
	switch (field.kind) {
		case 'choice':
			return fc.constantFrom(
				...Object.keys(field.choices).map((key) =>
					typeof field.start === 'number' ? Number(key) : key,
				),
			);
		case 'choices': {
			const some = fc.subarray(Object.keys(field.choices), { minLength: 1 });
			return field.joined ? some.map((names) => names.join(',')) : some;
		}
		case 'toggle':
			return fc.boolean();
		case 'flag':
			return fc.constant(field.sends);
		case 'number': {
			const range = { min: field.min ?? -100_000, max: field.max ?? 100_000 };
			const inside = field.whole
				? fc.integer(range)
				: fc.double({ ...range, noNaN: true }).map((n) => (Object.is(n, -0) ? 0 : n));
			return fc.oneof(inside, fc.constantFrom(range.min, ...(field.also ?? [])));
		}
		case 'numbers':
			return fc.array(fc.integer({ min: field.min, max: field.max ?? 100_000 }), {
				minLength: 1,
				maxLength: 3,
			});
		case 'count':
			return fc.oneof(
				fc.integer({ min: field.min, max: field.max ?? 100 }),
				fc.constantFrom(...field.words),
			);
		case 'clientState':
			return line.map((text) => Buffer.from(text).toString('base64'));
		case 'commandId':
			return line;
		case 'locator':
		case 'text':
			return field.pattern ? matching(field.pattern.matches) : line;
		case 'texts': {
			const one = field.pattern
				? matching(field.pattern.matches).filter((text) => !text.includes(','))
				: entry;
			const several = fc.array(one, { minLength: field.oneAsText ? 2 : 1, maxLength: 3 });
			return field.oneAsText ? fc.oneof(one, several) : several;
		}
		case 'dateTime':
			return fc.date({ noInvalidDate: true, min: new Date(0) }).map((date) => date.toISOString());
		case 'json':
			return fc.constant(field.shape === 'list' ? [{ some: 1 }] : { some: { thing: [1] } });
		case 'file':
			return fc.constant('data');
		case 'settings':
			return fc.constant({});
		case 'group':
			return valuesOf(field.fields);
		case 'list':
			return fc
				.array(valuesOf(field.fields), { minLength: 1, maxLength: 3 })
				.map((rows) => rows.filter((row) => !isNothing(row)));
		case 'map':
			return fc
				.array(fc.tuple(valueOf(field.key), valueOf(field.value)), { minLength: 1, maxLength: 3 })
				.map((entries) => Object.fromEntries(entries.filter(([, value]) => !isNothing(value))));
		case 'oneOf':
			return oneOf(field);
		case 'mixedList':
			return fc.array(oneOf(field), { minLength: 1, maxLength: 3 });
	}
}

const oneOf = ({ by, variants }: Pick<OneOfField, 'by' | 'variants'>) =>
	fc.oneof(
		...Object.entries(variants).map(([name, { fields }]) =>
			valuesOf(fields).map((values) => ({ [by]: name, ...values })),
		),
	);

/** Of a character that can be seen: fast-check makes none by such a class. */
const VISIBLE = /\[\^[^\]]*Default_Ignorable[^\]]*\]/g;

/** What must not follow: fast-check cannot read it. */
const EXCEPT = /\(\?![^()]*\)/g;

const matching = (pattern: RegExp) =>
	fc
		.stringMatching(
			new RegExp(pattern.source.replaceAll(VISIBLE, '[a-z0-9.@-]').replaceAll(EXCEPT, '')),
		)
		.filter((text) => text !== '' && text.trim() === text && !text.startsWith('='))
		.filter((text) => pattern.test(text));

/** The same values as a user's form has them. */
export function asParameters(fields: Fields, values: Values): Values {
	const parameters: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(values)) {
		const { [name]: field } = fields;
		const shown = asFormValue(field, value);
		const collections = formPlace(fields, name).slice(0, -1);
		const within = collections.reduce(
			(outer, key) => (outer[key] = { ...(outer[key] as object) }) as Record<string, unknown>,
			parameters,
		);
		within[name] = shown;
	}
	if (Object.keys(values).some((name) => fields[name].kind === 'clientState')) {
		parameters.options = { ...(parameters.options as Values), client_state_encoded: true };
	}
	return parameters;
}

function asFormValue(field: Field, value: unknown): unknown {
	switch (field.kind) {
		case 'flag':
			return true;
		case 'choices':
			return field.joined ? String(value).split(',') : value;
		case 'texts':
		case 'numbers':
			return [value].flat().join(', ');
		case 'json':
			return JSON.stringify(value);
		case 'locator':
			return { __rl: true, mode: 'id', value };
		case 'group':
			return Object.fromEntries(
				Object.entries(value as Values).map(([name, inner]) => [
					name,
					asFormValue(field.fields[name], inner),
				]),
			);
		case 'list':
			return { items: (value as Values[]).map((row) => asParameters(field.fields, row)) };
		case 'map':
			return {
				items: Object.entries(value as Values).map(([name, inner]) => ({
					name,
					...(field.value.kind === 'group'
						? asParameters(field.value.fields, inner as Values)
						: { value: asFormValue(field.value, inner) }),
				})),
			};
		case 'mixedList':
			return {
				items: (value as Values[]).map(({ [field.by]: name, ...values }) => ({
					[field.by]: name,
					...asParameters(field.variants[String(name)].fields, values),
				})),
			};
		case 'oneOf': {
			const { [field.by]: name, ...values } = value as Values;
			const { fields } = field.variants[String(name)];
			return { [String(name)]: asParameters(fields, values) };
		}
		default:
			return value;
	}
}
