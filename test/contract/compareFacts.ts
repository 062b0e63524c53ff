/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
/** Holds the catalogue against the facts that the SDK does not have. */
import { isDeepStrictEqual } from 'node:util';

import { catalogue } from '../../nodes/catalogue';
import type { Field, Fields } from '../../nodes/catalogue/schema/field';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { events } from '../../nodes/telnyx/events';
import {
	DEFAULTS,
	EVENTS,
	FIELDS,
	NOT_OFFERED,
	OTHER_STARTS,
	OUTCOMES,
	type EventFact,
	type FieldFact,
	type OutcomeFact,
} from './facts';

export const OPERATIONS: ReadonlyArray<readonly [string, Operation]> = catalogue.flatMap(
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

/** The part of a field that a fact is about, in the fact's own form. */
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

/** Whether a field is as a fact says. */
export function holds(place: string, fact: FieldFact): boolean {
	const field = fieldAt(place);
	return field !== undefined && isDeepStrictEqual({ ...fact, ...known(fact, field) }, fact);
}

/** Whether an event is offered, with the payload that a fact names. */
export function isDeclared({ event: type, payload }: EventFact): boolean {
	const event = events.find((one) => one.type === type);
	return event !== undefined && payload.every((name) => name in event.payload);
}

/** Whether the outcome of an operation is read as a fact says. */
export function isReadAs(name: string, { goodStatuses, detected }: OutcomeFact): boolean {
	const events = OPERATIONS.find(([one]) => one === name)?.[1].events;
	return (
		(goodStatuses === undefined || isDeepStrictEqual(events?.goodStatuses, goodStatuses)) &&
		(detected === undefined || isDeepStrictEqual(events?.detected, detected))
	);
}

/** Whether a record has no such field. */
export const isNotOffered = (place: string): boolean => fieldAt(place) === undefined;

/** The start value of every field whose default is known, and the value it should have. */
export const starts: ReadonlyArray<{ place: string; start: string; byDefault: string }> =
	Object.entries(DEFAULTS).flatMap(([path, all]) =>
		Object.entries(all).flatMap(([byDefault, operations]) =>
			operations.map((operation) => {
				const place = `${operation}.${path}`;
				const { start } = (fieldAt(place) ?? {}) as { start?: unknown };
				return { place, start: String(start), byDefault };
			}),
		),
	);

/** Whether a field may start with something else than Telnyx's default. */
export const hasOtherStart = (place: string): boolean =>
	Object.hasOwn(OTHER_STARTS, place.slice(place.indexOf('.') + 1));

/** Every fact that the catalogue lacks, in one line each. */
export const missingFacts = (): string[] => [
	...FIELDS.flatMap((fact) =>
		fact.at
			.filter((place) => !holds(place, fact))
			.map((place) => `${place} is not as ${fact.source} says`),
	),
	...NOT_OFFERED.flatMap(({ at, source }) =>
		at.filter((place) => !isNotOffered(place)).map((place) => `${place} is offered: ${source}`),
	),
	...starts
		.filter(({ place, start, byDefault }) => start !== byDefault && !hasOtherStart(place))
		.map(
			({ place, start, byDefault }) =>
				`${place} starts with ${start}, where Telnyx has ${byDefault}`,
		),
	...OUTCOMES.flatMap((fact) =>
		fact.at
			.filter((name) => !isReadAs(name, fact))
			.map((name) => `the outcome of ${name} is not read as ${fact.source}`),
	),
	...EVENTS.filter((fact) => !isDeclared(fact)).map(
		({ event, source }) => `${event} is not as ${source} has it`,
	),
];

/** Whether a value that the SDK does not have is known from elsewhere. */
export const isKnownValue = (place: string, value: string): boolean =>
	FIELDS.some(({ at, takes = [] }) => at.includes(place) && takes.includes(value));
