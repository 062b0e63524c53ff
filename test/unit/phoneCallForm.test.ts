/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypes,
} from 'n8n-workflow';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { outputOfStep } from '../../build/outputOf';
import { STEPS } from '../../nodes/TelnyxPhoneCall/steps';
import { TelnyxPhoneCall } from '../../nodes/TelnyxPhoneCall/TelnyxPhoneCall.node';
import { readExamples } from '../support/examples';

const ROOT = join(__dirname, '../..');

/** What n8n makes of the node's description. */
const type = new TelnyxPhoneCall();
const { description } = type;
const { properties } = description;
const MOST_FIELDS = 6;
const MOST_BYTES = 64_000;

const steps = properties
	.find(({ name }) => name === 'operation')!
	.options!.map((option) => String((option as { value: unknown }).value));

/** What the form shows with these values. */
const shown = (values: INodeParameters): INodeProperties[] =>
	properties.filter(
		(property) =>
			property.name !== 'operation' &&
			property.type !== 'hidden' &&
			NodeHelpers.displayParameter(values, property, null, description),
	);

/** Every way in which the fields of a step that show others can be filled in. */
function settingsOf(operation: string): INodeParameters[] {
	const deciding = properties.filter(
		({ name, type, displayOptions }) =>
			['options', 'boolean'].includes(type) &&
			(displayOptions?.show?.operation as string[] | undefined)?.includes(operation) &&
			properties.some((other) => other.displayOptions?.show?.[name]),
	);
	return deciding.reduce<INodeParameters[]>(
		(known, { name, type, options = [] }) => {
			const values =
				type === 'boolean' ? [true, false] : options.map((one) => (one as { value: string }).value);
			return known.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value })));
		},
		[{ operation }],
	);
}

it('what decides the outputs takes no expression: the editor would show others than the node has', () => {
	const deciding = Object.entries(STEPS).flatMap(([operation, { outputs }]) =>
		outputs.flatMap(({ if: condition, each }) =>
			[condition?.field, each].map((name) => ({ operation, name })),
		),
	);
	const open = properties.filter(
		({ name, noDataExpression, displayOptions }) =>
			!noDataExpression &&
			deciding.some(
				(one) =>
					one.name === name &&
					(displayOptions?.show?.operation as unknown[] | undefined)?.includes(one.operation),
			),
	);
	expect(open.map(({ name }) => name)).toEqual([]);
});

it.each(steps)('%s shows at most six fields at once, and one list of options', (operation) => {
	for (const settings of settingsOf(operation)) {
		const fields = shown(settings);
		const lists = fields.filter(({ type }) => type === 'collection');
		expect(lists.length).toBe(1);
		expect([settings, fields.length - lists.length <= MOST_FIELDS]).toEqual([settings, true]);
	}
});

it('has a description that stays small', () => {
	expect(Buffer.byteLength(JSON.stringify(description))).toBeLessThan(MOST_BYTES);
});

describe('the tool of an agent', () => {
	const asTool = { ...description, name: `${description.name}Tool` };
	const starts = (type: typeof description, parameters: INodeParameters) =>
		NodeHelpers.getNodeParameters(properties, parameters, true, false, null, type);

	it('begins with a call and what the model fills in', () => {
		expect(starts(asTool, {})).toMatchObject({
			operation: 'announce',
			to: expect.stringContaining("$fromAI('To', `The phone number to call, with country code`"),
			text: expect.stringContaining("$fromAI('Text', `The text to say`"),
		});
	});

	it('is for the call that came in as a node', () => {
		expect(starts(description, {})).toMatchObject({ operation: 'answer', text: '' });
		expect(starts(description, { operation: 'announce' })).toMatchObject({ to: '', text: '' });
	});

	it('leaves the people who approve to the user', () => {
		const { to } = starts(asTool, { operation: 'sendAndWait' })!;
		expect(to).toBe('');
	});
});

describe('the outputs that n8n works out', () => {
	const outputsOf = (parameters: INodeParameters, more: Partial<INode> = {}) => {
		const node: INode = {
			id: '1',
			name: 'Call',
			type: description.name,
			typeVersion: NODE_VERSION,
			position: [0, 0],
			parameters,
			...more,
		};
		const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		return NodeHelpers.getNodeOutputs(workflow, workflow.getNode('Call')!, description).map(
			(output) => (output as { displayName: string }).displayName,
		);
	};
	const choices = {
		items: [
			{ key: '1', name: 'Sales' },
			{ key: '2', name: '' },
		],
	};

	it.each<[string, INodeParameters, string[]]>([
		['answer', {}, ['Answered', 'Hung Up']],
		['say', { stop_on_key: true }, ['Done', 'Key', 'Hung Up']],
		['ask', { answer: 'choices', choices }, ['Sales', 'Choice 2', 'No Input', 'Hung Up']],
		['ask', { answer: 'digits' }, ['Answer', 'No Input', 'Hung Up']],
		['callSomeone', { machine: 'tell' }, ['Answered', 'Machine', 'Unanswered']],
		['announce', {}, ['Done', 'Unanswered']],
		['waitForEvent', { events: ['call.dtmf.received'] }, ['Key', 'Timeout', 'Hung Up']],
		['hangUp', {}, ['Done']],
	])('%s with %j has %j', (operation, set, expected) => {
		expect(outputsOf({ operation, ...set })).toEqual(expected);
	});

	it('have one more with the error output', () => {
		expect(outputsOf({ operation: 'answer' }, { onError: 'continueErrorOutput' })).toEqual([
			'Answered',
			'Hung Up',
			'Error',
		]);
	});
});

describe('the page in the docs', () => {
	const page = readFileSync(join(ROOT, 'docs/phone-call.md'), 'utf8');
	const rows = page.split('\n').filter((line) => line.startsWith('|'));
	const cellsOf = (row: string) =>
		row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());

	it.each(Object.values(STEPS))('describes $name with its outputs and results', (step) => {
		const { name, outputs } = step;
		const row = rows.find((line) => line.startsWith(`| **${name}** |`));
		for (const { name: output, each } of outputs) {
			expect(row).toContain(each ? 'one for each' : `*${output}*`);
		}
		for (const result of Object.keys(outputOfStep(step))) {
			expect(rows.some((line) => cellsOf(line)[0].includes(`\`${result}\``))).toBe(true);
		}
	});

	it('counts nodes as they are: with this node there are half as many, or fewer', () => {
		const counted = rows.map(cellsOf).filter(([flow]) => /^\[.*\]\(examples\.md#/.test(flow));
		const examples = readExamples({ id: 'telnyx', name: 'Telnyx' });
		for (const [flow, ours, theirs, nodes] of counted) {
			const name = /^\[(.*)\]/.exec(flow)![1];
			const example = examples.find(({ file }) => JSON.parse(file).name.startsWith(name))!;
			const count = example.workflow.nodes.filter(({ type }) => !type.endsWith('stickyNote'));
			expect([name, Number(ours), Number(theirs)]).toEqual([
				name,
				count.length,
				nodes.split(', ').length,
			]);
			expect([name, Number(ours) <= Number(theirs) / 2]).toEqual([name, true]);
		}
		const sum = (column: number) =>
			counted.reduce((total, cells) => total + Number(cells[column]), 0);
		const [, ours, theirs] = cellsOf(rows.find((line) => line.startsWith('| Together |'))!);
		expect([Number(ours), Number(theirs)]).toEqual([sum(1), sum(2)]);
		expect(counted).toHaveLength(8);
	});
});
