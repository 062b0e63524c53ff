import { catalogue } from '../../nodes/TelnyxAdvanced/catalogue';
import type { Field, Fields } from '../../nodes/TelnyxAdvanced/catalogue/fields';
import type { Operation } from '../../nodes/TelnyxAdvanced/catalogue/operation';
import { isShown, sectionOf } from '../../nodes/TelnyxAdvanced/form/property';
import { runAction } from '../support/engine';
import { startRecorder, type Recorder } from '../support/recorder';

/** What holds for every operation of the catalogue, in n8n's engine. What it sends: test/contract. */
const OPERATIONS = catalogue.flatMap((resource) =>
	Object.entries(resource.operations as Record<string, Operation>).map(
		([name, operation]) => [resource.value, name, operation] as const,
	),
);

let telnyx: Recorder;
beforeAll(async () => void (telnyx = await startRecorder()));
afterAll(async () => await telnyx.close());
beforeEach(() => telnyx.reset());

interface Wrong {
	/** The labels from the outside in, as the message has them. */
	labels: string[];
	name: string;
	value: unknown;
}

/** Every field of an operation, of its groups and of its rows, with a value that cannot be sent. */
function everyWrong(fields: Fields): Wrong[] {
	return Object.entries(fields).flatMap(([name, field]) =>
		wrongValues(field).map(({ labels, value }) => ({
			labels: [field.label, ...labels],
			name,
			value,
		})),
	);
}

type WrongValue = Omit<Wrong, 'name'>;

function wrongValues(field: Field): WrongValue[] {
	const itself = (value: unknown): WrongValue[] => [{ labels: [], value }];
	const inside = (fields: Fields, wrap: (inner: object) => unknown, ...labels: string[]) =>
		everyWrong(fields).map((wrong) => ({
			labels: [...labels, ...wrong.labels],
			value: wrap({ [wrong.name]: wrong.value }),
		}));
	switch (field.kind) {
		case 'group':
			return [...itself('text'), ...inside(field.fields, (inner) => inner)];
		case 'map':
			return [...itself('text'), ...wrongEntries(field)];
		case 'list':
			return [...itself('text'), ...inside(field.fields, (inner) => [inner])];
		case 'oneOf':
			return [
				...itself('text'),
				...itself({ 'no such shape': {} }),
				...Object.entries(field.variants).flatMap(([name, { label, fields }]) =>
					inside(fields, (inner) => ({ [name]: inner }), label),
				),
			];
		case 'mixedList':
			return [
				...itself('text'),
				...Object.entries(field.variants).flatMap(([name, { label, fields }]) =>
					inside(fields, (inner) => [{ [field.by]: name, ...inner }], label),
				),
			];
		case 'clientState':
			// Every value can be encoded.
			return [];
		case 'settings':
			// Hidden until the choice that they belong to is made.
			return [];
		case 'text':
		case 'locator':
		case 'commandId':
		case 'file':
		case 'toggle':
		case 'flag':
		case 'number':
		case 'numbers':
		case 'count':
		case 'texts':
		case 'choice':
		case 'choices':
		case 'json':
		case 'dateTime':
			return itself(wrongSimple(field));
	}
}

const wrongEntries = ({ value }: Extract<Field, { kind: 'map' }>): WrongValue[] =>
	value.kind === 'text' || value.kind === 'group' ? [] : [{ labels: [], value: { some: [] } }];

function wrongSimple(field: Field): unknown {
	switch (field.kind) {
		case 'number':
			return field.max === undefined ? 'many' : field.max + 1;
		case 'text':
			return field.pattern ? '\u0000' : { not: 'a text' };
		case 'texts':
			return field.pattern ? ['\u0000'] : [{ not: 'a text' }];
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

/** One field from the incoming item, all others as the form starts. */
const parametersWith = (fields: Fields, name: string) => {
	const { [name]: field } = fields;
	const filled = Object.fromEntries(
		Object.entries(fields)
			.filter(([other, { required }]) => required && other !== name)
			.map(([other, one]) => [other, exampleOf(one)]),
	);
	const value = '={{ $json.value }}';
	return isShown(field)
		? { ...filled, [name]: value }
		: { ...filled, [sectionOf(field).name]: { [name]: value } };
};

function exampleOf({ kind, placeholder, ...field }: Field): unknown {
	if (placeholder) return placeholder.replace(/^e\.g\. /, '');
	return 'start' in field ? field.start : kind === 'file' ? 'data' : 'example';
}

const run = async (resource: string, operation: string, parameters: object, item: object = {}) =>
	await runAction({
		credential: { apiKey: 'KEY', baseUrl: 'custom', customBaseUrl: telnyx.baseUrl },
		parameters: { resource, operation, ...parameters } as never,
		items: [item as never],
	});

describe.each(OPERATIONS)('%s: %s', (resource, name, operation) => {
	const { fields } = operation;

	it('names each field that cannot be sent, and sends nothing', async () => {
		for (const { labels, name: field, value } of everyWrong(fields)) {
			const { error } = await run(resource, name, parametersWith(fields, field), { value });
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
