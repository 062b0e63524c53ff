import { catalogue } from '../../nodes/catalogue';
import type { Field, Fields } from '../../nodes/catalogue/schema/field';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { events } from '../../nodes/telnyx/events';
import { CLOSED_CHOICES } from './closedChoices';
import { EVENTS, FIELDS, NOT_OFFERED, type FieldFact } from './facts';

const OPERATIONS: ReadonlyArray<readonly [string, Operation]> = catalogue.flatMap(
	({ value, operations }) =>
		Object.entries(operations as Record<string, Operation>).map(
			([name, operation]) => [`${value}/${name}`, operation] as const,
		),
);

/** The field at a place such as `call/dial.voice_settings.resemble.format`. */
function fieldAt(place: string): Field | undefined {
	const operation = OPERATIONS.find(([name]) => place.startsWith(`${name}.`));
	return operation && fieldIn(operation[1].fields, place.slice(operation[0].length + 1));
}

function fieldIn(fields: Fields, path: string): Field | undefined {
	if (Object.hasOwn(fields, path)) return fields[path];
	const name = Object.keys(fields).find((one) => path.startsWith(`${one}.`));
	if (name === undefined) return undefined;
	const { [name]: field } = fields;
	const rest = path.slice(name.length + 1);
	switch (field.kind) {
		case 'group':
		case 'list':
			return fieldIn(field.fields, rest);
		case 'oneOf':
		case 'mixedList': {
			const [shape] = Object.keys(field.variants).filter((one) => rest.startsWith(`${one}.`));
			return shape
				? fieldIn(field.variants[shape].fields, rest.slice(shape.length + 1))
				: undefined;
		}
		default:
			return undefined;
	}
}

/** What a field has of a fact, in the fact's own form. */
function known(fact: FieldFact, field: Field): Partial<FieldFact> {
	const offered = field.kind === 'choice' || field.kind === 'choices' ? field.choices : {};
	const allows = (text: string) =>
		(field.kind !== 'text' && field.kind !== 'texts') ||
		!field.pattern ||
		field.pattern.matches.test(text);
	const own = field as Partial<FieldFact>;
	return {
		...(fact.takes && { takes: fact.takes.filter((value) => value in offered) }),
		...(fact.refuses && { refuses: fact.refuses.filter((value) => !(value in offered)) }),
		...(fact.min !== undefined && { min: own.min }),
		...(fact.max !== undefined && { max: own.max }),
		...(fact.maxBytes !== undefined && { maxBytes: own.maxBytes }),
		...(fact.start !== undefined && { start: own.start }),
		...(fact.noMoreThan !== undefined && { noMoreThan: own.noMoreThan }),
		...(fact.good && { good: fact.good.filter(allows) }),
		...(fact.bad && { bad: fact.bad.filter((text) => !allows(text)) }),
	};
}

describe('what is known beyond the SDK', () => {
	const facts = FIELDS.flatMap((fact) => fact.at.map((place) => [place, fact] as const));

	it.each(facts)('%s', (place, fact) => {
		const field = fieldAt(place);
		expect(field).toBeDefined();
		const { at, source, ...rest } = fact;
		expect({ at, source, ...known(fact, field as Field) }).toEqual({ at, source, ...rest });
	});

	it.each(NOT_OFFERED.flatMap(({ at }) => at))('%s is not offered', (place) => {
		expect(fieldAt(place)).toBeUndefined();
	});

	it.each(EVENTS.map((fact) => [fact.event, fact] as const))('%s', (type, { payload }) => {
		const event = events.find((one) => one.type === type);
		expect(Object.keys(event?.payload ?? {})).toEqual(expect.arrayContaining([...payload]));
		expect(event).toBeDefined();
	});
});

describe('a choice', () => {
	const closed = new Map<string, string>();
	const visit = (fields: Fields, place: string): void => {
		for (const [name, field] of Object.entries(fields)) visitField(name, field, place);
	};
	const visitField = (name: string, field: Field, place: string): void => {
		switch (field.kind) {
			case 'choice':
				if (!field.open) closed.set(name, place);
				return;
			case 'choices':
				closed.set(name, place);
				return;
			case 'group':
			case 'list':
				return visit(field.fields, place);
			case 'map':
				visitField(name, field.key, place);
				return visitField(name, field.value, place);
			case 'oneOf':
			case 'mixedList':
				return Object.values(field.variants).forEach(({ fields }) => visit(fields, place));
			case 'settings':
				return Object.values(field.variants).forEach((fields) => visit(fields, place));
			default:
		}
	};
	for (const [place, { fields }] of OPERATIONS) visit(fields, place);

	it('is open to values that Telnyx adds, unless there is a reason', () => {
		expect([...closed.keys()].sort()).toEqual(Object.keys(CLOSED_CHOICES).sort());
	});
});
