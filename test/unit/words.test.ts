/**
 * n8n's linter reads literals only, so the texts of the catalogues are held to its rules, and to the
 * UX guidelines behind them, here.
 */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { catalogue } from '../../nodes/catalogue';
import { waitForEvent } from '../../nodes/catalogue/call/waitForEvent';
import { SECTIONS } from '../../nodes/catalogue/schema/sections';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { requestLine } from '../../nodes/operations/request/requestLine';
import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { events, everyChoice, offeredChoices } from '../../nodes/telnyx/events';
import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node';
import { straightEvents } from '../../nodes/waiting/events';
import { loadValidator } from '../simulator/validator';
import { TelnyxAdvancedApi } from '../../credentials/TelnyxAdvancedApi.credentials';

const SMALL_WORDS = /^(?:per|a|an|and|as|at|by|for|from|in|is|it|of|on|or|the|to|with)$/;
/** Names and units that are never written with a capital. */
const OWN_SPELLING = /^(?:xAI|enRoute|iOS|kHz)$/;
const isTitleCase = (name: string) =>
	name
		.split(/[ -]/)
		.every(
			(word, i) =>
				/^[^a-z]/.test(word) || OWN_SPELLING.test(word) || (i > 0 && SMALL_WORDS.test(word)),
		);
const everyProperty = (properties: INodeProperties[]): INodeProperties[] =>
	properties.flatMap((property) => [
		property,
		...(property.type === 'collection' ? everyProperty(property.options as INodeProperties[]) : []),
		...(property.type === 'fixedCollection'
			? (property.options as INodePropertyCollection[]).flatMap(({ values }) =>
					everyProperty(values),
				)
			: []),
	]);
const properties = [
	...new TelnyxAdvanced().description.properties,
	...new TelnyxAdvancedTrigger().description.properties,
	...new TelnyxAdvancedApi().properties,
];
const sections = Object.values(SECTIONS).map(({ name }) => name);
const fields = everyProperty(properties).filter(({ type }) => type !== 'notice');
const choices = fields
	.filter(({ type }) => type === 'options' || type === 'multiOptions')
	.flatMap(({ options }) => options as INodePropertyOptions[]);
const operations = catalogue.flatMap((resource) =>
	Object.entries(resource.operations as Record<string, Operation>).map(([value, operation]) => ({
		value,
		resource,
		operation,
	})),
);

describe('words', () => {
	it('names are in Title Case', () => {
		const names = [
			...fields.map(({ displayName }) => displayName),
			...choices.map(({ name }) => name),
		];
		expect(names.filter((name) => !isTitleCase(name))).toEqual([]);
	});

	it('descriptions exist, start with a capital, and end without a period unless they have several sentences', () => {
		const described = fields.filter(
			({ name }) => !['resource', 'operation', ...sections].includes(name),
		);
		const descriptions = [
			...described.map(({ description = '' }) => description),
			...choices.flatMap(({ description }) => description ?? []),
			...operations.map(({ operation }) => operation.description),
			...events.map(({ description }) => description),
		];
		const hasSeveralSentences = (text: string) => /[.] [A-Z]/.test(text);
		const wrong = descriptions.filter(
			(text) => !/^[A-Z0-9]/.test(text) || text.endsWith('.') !== hasSeveralSentences(text),
		);
		expect(wrong).toEqual([]);
	});

	it('descriptions of switches start with "Whether"', () => {
		for (const { type, description } of fields) {
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
		}
	});

	it('placeholders start with "e.g." or name what to add', () => {
		for (const { placeholder, type } of fields) {
			if (placeholder)
				expect(placeholder).toMatch(/[cC]ollection$/.test(type) ? /^(?:Add|Choose) / : /^e\.g\. /);
		}
	});

	it('actions are in sentence case', () => {
		for (const { operation } of operations) {
			expect(operation.action).toMatch(/^[A-Z][a-z]+ /);
			expect(operation.action).not.toMatch(/[.]$/);
			expect(
				operation.action
					.split(' ')
					.slice(1)
					.filter((word) => /^[A-Z][a-z]/.test(word)),
			).toEqual([]);
		}
	});

	it('events say when they happen, and their outputs are not cut off', () => {
		for (const { short, when } of everyChoice) {
			expect(`When ${when}`).toMatch(/^When (?:[a-z]|[A-Z]+ |Dialogflow )/);
			expect(short.length).toBeLessThanOrEqual(12);
			expect(isTitleCase(short)).toBe(true);
		}
	});

	it('nobody who does not connect two calls meets a leg', () => {
		const met = offeredChoices.filter((choice) =>
			/\blegs?\b/i.test(`${choice.name} ${choice.when} ${choice.description}`),
		);
		expect(met.map(({ value }) => value)).toEqual(['call.bridged']);
	});

	it('an operation does not repeat its resource', () => {
		for (const { operation, resource } of operations) {
			expect(operation.name.toLowerCase()).not.toContain(resource.name.toLowerCase());
		}
	});

	it('optional fields are in alphabetical order, and those that few need come last', () => {
		const few = ['Client State Is Base64', 'Command ID'];
		for (const { type, options } of fields) {
			if (type !== 'collection') continue;
			const names = (options as INodeProperties[]).map(({ displayName }) => displayName);
			const sorted = [...names].sort((a, b) => a.localeCompare(b, 'en'));
			expect(names).toEqual([
				...sorted.filter((name) => !few.includes(name)),
				...sorted.filter((name) => few.includes(name)),
			]);
		}
	});
});

describe('the catalogue', () => {
	it.each(operations)('$resource.value/$value is complete', ({ operation, value }) => {
		const { pathNames } = requestLine(operation);
		for (const name of pathNames) expect(operation.fields[name]).toMatchObject({ required: true });
		expect(operation.docs).toMatch(/^https:\/\/developers\.telnyx\.com\//);
		expect(value).toMatch(/^[a-z]+(?:[A-Z]+[a-z]*)*$/);
	});

	it('lets an execution wait for every event that reports the outcome of a call command', () => {
		const onCalls = /^POST \/calls(?:$|\/\{call_control_id\})/;
		const outcomes = operations
			.filter(({ operation }) => onCalls.test(operation.request))
			.flatMap(({ operation: { events: one } }) => [
				...one.success,
				...one.failure,
				...(one.detected ?? []),
			]);
		const { choices: offered } = waitForEvent.fields.events;
		expect(outcomes.filter((type) => !(type in offered))).toEqual([]);
	});

	it('directs no event that the SDK does not declare: Telnyx refuses a command that names an unknown one', () => {
		const later = { waits: true, outcomes: [], callsWorkflows: true };
		const declared = loadValidator().eventTypes;
		expect(straightEvents([], later, false).filter((type) => !declared.includes(type))).toEqual([]);
	});

	it('has no name and no event twice', () => {
		const names = operations.map(({ resource, value }) => `${resource.value}/${value}`);
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(events.map(({ type }) => type)).size).toBe(events.length);
	});
});
