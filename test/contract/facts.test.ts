import type { Field, Fields } from '../../nodes/catalogue/schema/field';
import { CLOSED_CHOICES } from './closedChoices';
import {
	hasOtherStart,
	holds,
	isDeclared,
	isNotOffered,
	isReadAs,
	OPERATIONS,
	starts,
} from './compareFacts';
import { EVENTS, FIELDS, NOT_OFFERED, OTHER_STARTS, OUTCOMES } from './facts';

describe('what is known beyond the SDK', () => {
	const facts = FIELDS.flatMap((fact) => fact.at.map((place) => [place, fact] as const));

	it.each(facts)('%s is as it is known', (place, fact) => {
		expect([fact, holds(place, fact)]).toEqual([fact, true]);
	});

	it("a field starts with Telnyx's default, unless there is a reason", () => {
		const others = starts.filter(({ start, byDefault }) => start !== byDefault);
		expect(others.filter(({ place }) => !hasOtherStart(place))).toEqual([]);
		const reasons = others.map(({ place }) => place.slice(place.indexOf('.') + 1));
		expect([...new Set(reasons)].sort()).toEqual(Object.keys(OTHER_STARTS).sort());
	});

	it.each(NOT_OFFERED.flatMap(({ at }) => at))('%s is not offered', (place) => {
		expect(isNotOffered(place)).toBe(true);
	});

	const outcomes = OUTCOMES.flatMap((fact) => fact.at.map((name) => [name, fact] as const));

	it.each(outcomes)('%s ends as it is known', (name, fact) => {
		expect([fact, isReadAs(name, fact)]).toEqual([fact, true]);
	});

	it.each(EVENTS.map((fact) => [fact.event, fact] as const))('%s has its payload', (_, fact) => {
		expect([fact, isDeclared(fact)]).toEqual([fact, true]);
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

	it('accepts values that Telnyx adds, unless there is a reason', () => {
		expect([...closed.keys()].sort()).toEqual(Object.keys(CLOSED_CHOICES).sort());
	});
});
