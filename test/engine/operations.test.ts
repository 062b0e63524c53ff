import { catalogue } from '../../nodes/catalogue';
import type { Field, Fields } from '../../nodes/catalogue/schema/field';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { nodeTypesFor, runActionAt, type RunOptions } from '../support/engine';
import { formPlace } from '../support/formPlace';
import { useRecorder } from '../support/recorder';

/** Tests of every operation of the catalogue in n8n's engine. The requests are tested in test/contract. */
const OPERATIONS = catalogue.flatMap((resource) =>
	Object.entries(resource.operations as Record<string, Operation>).map(
		([name, operation]) => [resource.value, name, operation] as const,
	),
);

const telnyx = useRecorder();

interface Wrong {
	/** The labels from the outside in, as the message has them. */
	labels: string[];
	name: string;
	value: unknown;
	/** The form's value if the innermost field has the value `leaf`. */
	around: (leaf: unknown) => unknown;
}

/** Every field of an operation, of its groups and of its rows, with a value that cannot be sent. */
function everyWrong(fields: Fields): Wrong[] {
	return Object.entries(fields).flatMap(([name, field]) =>
		wrongValues(field).map((wrong) => ({
			...wrong,
			labels: [field.label, ...wrong.labels],
			name,
		})),
	);
}

type WrongValue = Omit<Wrong, 'name'>;

/** A field's place in the form, or in a row of it. */
function placed(fields: Fields, name: string, value: unknown): object {
	return formPlace(fields, name).reduceRight<unknown>(
		(inner, key) => ({ [key]: inner }),
		value,
	) as object;
}

function wrongValues(field: Field): WrongValue[] {
	const itself = (value: unknown) => ({ labels: [], value, around: (leaf: unknown) => leaf });
	const inside = (fields: Fields, wrap: (inner: object) => unknown, ...labels: string[]) =>
		everyWrong(fields).map(({ name, around, ...wrong }) => ({
			value: wrong.value,
			labels: [...labels, ...wrong.labels],
			around: (leaf: unknown) => wrap(placed(fields, name, around(leaf))),
		}));
	const eachShape = (
		{ variants }: { variants: Readonly<Record<string, { label: string; fields: Fields }>> },
		wrap: (name: string, inner: object) => unknown,
	) =>
		Object.entries(variants).flatMap(([name, { label, fields }]) =>
			inside(fields, (inner) => wrap(name, inner), label),
		);
	switch (field.kind) {
		case 'group':
			return everyWrong(field.fields).map(({ name, around, ...wrong }) => ({
				...wrong,
				around: (leaf: unknown) => ({ [name]: around(leaf) }),
			}));
		case 'list':
			return inside(field.fields, (inner) => ({ items: [inner] }));
		case 'mixedList':
			return eachShape(field, (name, inner) => ({ items: [{ [field.by]: name, ...inner }] }));
		case 'oneOf':
			return eachShape(field, (name, inner) => ({ [name]: inner }));
		case 'map':
			return wrongEntries(field);
		case 'clientState':
			// Every value can be encoded.
			return [];
		case 'settings':
			// Hidden until the choice that they belong to is made.
			return [];
		default:
			return [itself(wrongSimple(field))];
	}
}

function wrongEntries({ value }: Extract<Field, { kind: 'map' }>): WrongValue[] {
	const row = (rest: object) => ({ items: [{ name: 'some', ...rest }] });
	if (value.kind === 'text') return [];
	return wrongValues(value).map((wrong) => ({
		...wrong,
		around: (leaf: unknown) =>
			row(value.kind === 'group' ? (wrong.around(leaf) as object) : { value: wrong.around(leaf) }),
	}));
}

/** A text that a pattern does not allow. */
const refusedBy = (pattern: RegExp) =>
	['\u0000', '?', 'a b', 'x'.repeat(100_000)].find((text) => !pattern.test(text));

function wrongSimple(field: Field): unknown {
	switch (field.kind) {
		case 'number':
			return field.max === undefined ? 'many' : field.max + 1;
		case 'text':
			return field.pattern ? refusedBy(field.pattern.matches) : { not: 'a text' };
		case 'texts':
			return field.pattern ? [refusedBy(field.pattern.matches)] : [{ not: 'a text' }];
		case 'choice':
			return field.open ? ['a', 'list'] : 'no such choice';
		case 'choices':
			return ['no such choice'];
		case 'numbers':
			return 'one, two';
		case 'count':
		case 'toggle':
		case 'flag':
		case 'json':
		case 'dateTime':
			return 'perhaps';
		default:
			return { not: 'a text' };
	}
}

/** One field as given, with the innermost value from the incoming item; all others as the form starts. */
function parametersWith(fields: Fields, name: string, around = (leaf: unknown) => leaf) {
	const filled = Object.fromEntries(
		Object.entries(fields)
			.filter(([other, { required }]) => required && other !== name)
			.map(([other, one]) => [other, exampleOf(one)]),
	);
	return { ...filled, ...placed(fields, name, around('={{ $json.value }}')) };
}

function exampleOf({ kind, placeholder, ...field }: Field): unknown {
	if (placeholder) return placeholder.replace(/^e\.g\. /, '');
	return 'start' in field ? field.start : kind === 'file' ? 'data' : 'example';
}

const run = async (
	resource: string,
	operation: string,
	parameters: object,
	item: object,
	more?: Partial<RunOptions>,
) =>
	await runActionAt(
		telnyx,
		{ resource, operation, ...parameters },
		{ items: [item as never], ...more },
	);

describe.each(OPERATIONS)('%s: %s', (resource, name, operation) => {
	const { fields } = operation;

	it('names each field that cannot be sent, and sends nothing', async () => {
		const nodeTypes = nodeTypesFor(resource, name);
		for (const { labels, name: field, value, around } of everyWrong(fields)) {
			const parameters = parametersWith(fields, field, around);
			const { error } = await run(resource, name, parameters, { value }, { nodeTypes });
			const label = labels.at(-1);
			expect({ labels, value, says: error?.message }).toEqual({
				labels,
				value,
				says: expect.stringMatching(new RegExp(`['>] ?${escaped(label)}(?: \\d+)?(?:'| >)`)),
			});
			expect(error?.description).toBe('Nothing was sent to Telnyx.');
		}
		expect(telnyx.requests).toHaveLength(0);
	});

	it('says which required field is empty, and sends nothing', async () => {
		const required = Object.keys(fields).filter((field) => fields[field].required);
		for (const field of required) {
			const { error } = await run(resource, name, parametersWith(fields, field), { value: '' });
			expect(error?.message).toContain(`'${fields[field].label}' is empty`);
		}
		expect(telnyx.requests).toHaveLength(0);
	});
});

const escaped = (text = '') => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
