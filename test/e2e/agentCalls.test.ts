import axios from 'axios';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { startSimulator } from '../simulator';
import type { Leg } from '../simulator/types';
import { agentExample, MODEL } from '../support/agentExamples';
import { startChatModel, type ChatModel, type ToolUse } from '../support/chatModel';
import { storedCredential, TELNYX } from '../support/credential';
import { eventually } from '../support/eventually';
import { webhook } from '../support/n8nNodes';
import { startN8n, type RealN8n } from '../support/realN8n';
import { startRecorder, type Recorder } from '../support/recorder';

/** Agents that call people, and people who approve what agents want to do, in a real n8n. */
const APPLICATION = '2345678901234567890';
const RECEPTION = '2345678901234567891';
const OURS = '+13125550100';
const CUSTOMER = '+13125550123';
const MANAGER = '+13125550124';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let model: ChatModel;
let refunds: Recorder;
let n8n: RealN8n;

const CALLS = 'calls';
const OLD_AGENT = 'old-agent';
const SUB_AGENT = 'sub-agent';
const REVIEW = 'review';
const APPROVAL = 'approval';
const REFUNDS = 'refunds';
const APPOINTMENT = 'appointment';

beforeAll(async () => {
	model = await startChatModel();
	refunds = await startRecorder();
	simulator = await startSimulator({
		timings: { speakMsPerCharacter: 5, webhookLatencyMs: 20 },
		applications: [
			{ id: APPLICATION, name: 'agents', webhookUrl: 'http://127.0.0.1:9/none' },
			{ id: RECEPTION, name: 'reception' },
		],
	});
	n8n = await startN8n({
		credentials: [
			storedCredential(simulator),
			{ id: 'model', name: 'model', type: 'openAiApi', data: { ...model.credential } },
		],
		workflows: [
			agentWorkflow(CALLS, 3.1, PHONE_TOOLS),
			agentWorkflow(OLD_AGENT, 2.2, PHONE_TOOLS),
			subAgentWorkflow(),
			reviewWorkflow(),
			approvalWorkflow(),
			agentExample(REFUNDS, APPLICATION, ASKS_MANAGER),
			agentExample(APPOINTMENT, RECEPTION),
		],
		published: [CALLS, OLD_AGENT, SUB_AGENT, REVIEW, APPROVAL, REFUNDS, APPOINTMENT],
	});
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
	await refunds?.close();
	await model?.close();
});

const runs: Record<string, number> = {};

/** Starts a workflow; the model asks for its tools turn by turn. */
async function start(workflow: string, turns: ToolUse[][] = [], body: object = {}) {
	model.turns = turns;
	runs[workflow] = (runs[workflow] ?? 0) + 1;
	await axios.post(`${n8n.url}/webhook/${workflow}`, body);
}

const ended = async (workflow: string) => (await n8n.executions(workflow, runs[workflow])).at(-1)!;

const answered = new Set<Leg>();
/** Waits until somebody's phone rings, and picks it up. */
async function picksUp(number: string, as: 'human' | 'machine' = 'human'): Promise<Leg> {
	const leg = await rings(number);
	simulator.answer(leg.call_control_id, { as });
	return leg;
}

async function rings(number: string): Promise<Leg> {
	const leg = await eventually(`${number} to ring`, () =>
		[...simulator.calls.values()].find(
			(one) => one.to === number && one.state === 'ringing' && !answered.has(one),
		),
	);
	answered.add(leg);
	return leg;
}

const hears = async (leg: Leg, words: string) =>
	await eventually(`"${words}" to be heard`, () =>
		leg.heard.some(({ text }) => text.includes(words)),
	);

const use = (tool: string, args: object = {}): ToolUse => ({ tool, args });
const CALL = use('Call_somebody', { to: CUSTOMER });
const ASK = use('Ask_yes_or_no', { text: 'Do you come tomorrow? Press 1 for yes or 2 for no.' });
const HANG_UP = use('Hang_up');
const toldModel = () => model.heard('tool').map((text) => JSON.parse(text) as unknown);

describe('an agent', () => {
	it('sees what its tools do, calls somebody, asks, and goes on by the answer, in one execution', async () => {
		await start(CALLS, [[CALL], [ASK], [use('Say', { text: 'See you then.' })], [HANG_UP]]);
		const leg = await picksUp(CUSTOMER);
		await hears(leg, 'Do you come tomorrow?');
		simulator.press(leg.call_control_id, '1');
		const execution = await ended(CALLS);

		expect(execution.status).toBe('success');
		expect(execution.items('Agent')).toEqual([{ output: 'Done.' }]);
		const { call_control_id } = leg;
		expect(toldModel()).toEqual([
			[{ outcome: 'answered', call_control_id }],
			[{ outcome: 'choice', call_control_id, digits: '1', choice: 'Yes' }],
			[{ outcome: 'done', call_control_id }],
			[expect.objectContaining({ outcome: 'done', call_control_id })],
		]);
		expect(leg.state).toBe('ended');

		const seen = model.tools.map(({ function: { name, description, parameters } }) => [
			name,
			description,
			Object.keys((parameters as { properties: object }).properties),
		]);
		expect(seen.sort()).toEqual([
			['Ask_yes_or_no', 'Ask for key or digits in Telnyx Phone Call', ['text']],
			['Call_somebody', 'Make phone call in Telnyx Phone Call', ['to']],
			['Hang_up', 'Hang up in Telnyx Phone Call', []],
			['Say', 'Say something in Telnyx Phone Call', ['text']],
		]);
	});

	it('uses one tool twice in a turn, and both uses happen', async () => {
		const says = (text: string) => use('Say', { text });
		await start(CALLS, [[CALL], [says('First.'), says('Second.'), says('Third.')], [HANG_UP]]);
		const leg = await picksUp(CUSTOMER);
		const execution = await ended(CALLS);
		expect(execution.status).toBe('success');
		expect(leg.heard.map(({ text }) => text)).toEqual(['First.', 'Second.', 'Third.']);
		expect(toldModel().slice(1, 4)).toEqual(
			Array.from({ length: 3 }, () => [expect.objectContaining({ outcome: 'done' })]),
		);
	});

	it('is told that nobody answered, and that the caller hung up', async () => {
		await start(CALLS, [[CALL], [CALL], [ASK]]);
		simulator.reject((await rings(CUSTOMER)).call_control_id);
		const leg = await picksUp(CUSTOMER);
		await hears(leg, 'Do you come tomorrow?');
		simulator.hangup(leg.call_control_id);
		const execution = await ended(CALLS);
		expect(execution.status).toBe('success');
		expect(toldModel()).toEqual([
			[expect.objectContaining({ outcome: 'unanswered', reason: 'declined' })],
			[expect.objectContaining({ outcome: 'answered' })],
			[expect.objectContaining({ outcome: 'hung_up' })],
		]);
	});

	it('of before version 3 calls nobody, and does not hang', async () => {
		const before = simulator.requests.length;
		await start(OLD_AGENT, [[CALL]]);
		const execution = await ended(OLD_AGENT);
		expect(execution.status).toBe('success');
		expect(simulator.requests.length).toBe(before);
	});

	it('can be the tool of another agent', async () => {
		await start(SUB_AGENT, [
			[use('Secretary', { Prompt__User_Message_: 'Call' })],
			[CALL],
			[HANG_UP],
		]);
		const leg = await picksUp(CUSTOMER);
		const execution = await ended(SUB_AGENT);
		expect([execution.status, leg.state]).toEqual(['success', 'ended']);
	});
});

describe('an agent on the line', () => {
	beforeEach(() => {
		model.turns = [];
	});
	const says = (leg: Leg, words: string, answer: string, ...uses: ToolUse[]) => {
		model.turns.push(uses);
		model.answer = answer;
		simulator.say(leg.call_control_id, words);
	};

	it('makes an appointment with a caller, knows what was said, and ends with the call', async () => {
		const leg = simulator.placeCall({ applicationId: RECEPTION });
		await hears(leg, 'When would you like to come?');
		says(leg, 'Early next week.', 'Would Tuesday at 10 suit you?', use('Free_Times'));
		await hears(leg, 'Would Tuesday at 10 suit you?');
		const booking = use('Book', { time: 'Tuesday at 10', name: 'Ada' });
		says(leg, 'Yes, my name is Ada.', 'See you on Tuesday, Ada.', booking);
		await hears(leg, 'See you on Tuesday, Ada.');
		simulator.hangup(leg.call_control_id);
		const [execution] = await n8n.executions(APPOINTMENT, 1);

		expect(execution.status).toBe('success');
		expect(model.heard('tool').join()).toContain('Booked Tuesday at 10 for Ada.');
		expect(model.heard('user')).toEqual(['Early next week.', 'Yes, my name is Ada.']);
		expect(model.heard('assistant')).toContain('Would Tuesday at 10 suit you?');
		expect(leg.state).toBe('ended');
	});

	it('hangs up when nothing is heard', async () => {
		const leg = simulator.placeCall({ applicationId: RECEPTION });
		await hears(leg, 'I cannot hear you');
		await eventually('the call to end', () => leg.state === 'ended');
		const [, execution] = await n8n.executions(APPOINTMENT, 2);
		expect(execution.status).toBe('success');
	});
});

describe('a person on the phone', () => {
	beforeEach(() => refunds.reset());
	const refunded = () =>
		refunds.requests.map(({ body }) => (JSON.parse(body) as { amount: number }).amount);
	const refund = (amount: number) =>
		use('Refund', { toolParameters: { amount }, hitlParameters: {} });

	it('approves what an agent wants to do, and hears what it is', async () => {
		await start(REVIEW, [[refund(120)]]);
		const leg = await picksUp(MANAGER);
		await hears(leg, 'It wants to use: Refund, with amount: 120');
		simulator.press(leg.call_control_id, '1');
		const execution = await ended(REVIEW);
		expect(execution.status).toBe('success');
		expect(refunded()).toEqual([120]);
		expect(leg.state).toBe('ended');
	});

	it.each([
		['declines it', (leg: Leg) => simulator.press(leg.call_control_id, '2'), 'User rejected'],
		['hangs up', (leg: Leg) => simulator.hangup(leg.call_control_id), 'hung up without a decision'],
	])('%s, and it is not done', async (_what, acts, told) => {
		await start(REVIEW, [[refund(300)]]);
		const leg = await picksUp(MANAGER);
		await hears(leg, 'amount: 300');
		acts(leg);
		const execution = await ended(REVIEW);
		expect(execution.status).toBe('success');
		expect(refunded()).toEqual([]);
		expect(model.heard('tool').join()).toContain(told);
	});

	it('is asked about each of two tools that are used in one turn', async () => {
		await start(REVIEW, [[refund(1), refund(2)]]);
		const first = await picksUp(MANAGER);
		await hears(first, 'amount: 1');
		simulator.press(first.call_control_id, '2');
		const second = await picksUp(MANAGER);
		await hears(second, 'amount: 2');
		simulator.press(second.call_control_id, '1');
		const execution = await ended(REVIEW);
		expect(execution.status).toBe('success');
		expect(refunded()).toEqual([2]);
	});

	it('that cannot be reached approves nothing, and the agent is told', async () => {
		await start(REVIEW, [[refund(500)]]);
		simulator.reject((await rings(MANAGER)).call_control_id);
		await ended(REVIEW);
		expect(refunded()).toEqual([]);
		expect(model.heard('tool').join()).toContain('the call was declined');
	});

	it('is asked by the example about large refunds, and not about small ones', async () => {
		const customer = 'Ada';
		const large = { amount: 120, customer };
		model.turns = [
			[use('Refund_Up_To_50', { amount: 20, customer })],
			[use('Refund_Up_To_50', large)],
			[use('Refund_Any_Amount', { toolParameters: large, hitlParameters: {} })],
		];
		runs[REFUNDS] = 1;
		const form = { 'field-0': 'Ada', 'field-1': '120', 'field-2': 'It broke' };
		await axios.postForm(`${n8n.url}/form/${REFUNDS}`, form);
		const leg = await picksUp(MANAGER);
		await hears(leg, 'It wants to use: Refund Any Amount, with amount: 120, customer: Ada');
		simulator.press(leg.call_control_id, '1');
		const execution = await ended(REFUNDS);
		expect(execution.status).toBe('success');
		expect(model.heard('user')).toEqual(['Ada asks for a refund of 120. The reason: It broke']);
		const [first, second, third] = model.heard('tool');
		expect(first).toContain('Refunded 20 to Ada.');
		expect(second).toContain('Not refunded');
		expect(third).toContain('Refunded 120 to Ada.');
	});

	it('approves a step of a workflow, in the form that n8n has for it', async () => {
		await start(APPROVAL, [], { amount: 75 });
		const leg = await picksUp(MANAGER);
		await hears(leg, 'A refund of 75 dollars.');
		simulator.press(leg.call_control_id, '1');
		const execution = await ended(APPROVAL);
		expect(execution.items('Ask')).toMatchObject([
			{ approved: true, data: { approved: true }, reviewer: MANAGER, body: { amount: 75 } },
		]);
	});
});

const position = (index: number) => [index * 220, 0];
const to = (node: string, type = 'main') => ({ [type]: [[{ node, type, index: 0 }]] });
const fixed = (value: string) => ({ __rl: true, mode: 'id', value });
const fromModel = (name: string, about: string) =>
	`={{ $fromAI('${name}', '${about}', 'string') }}`;
const DIALS = { from: fixed(OURS), connection_id: fixed(APPLICATION) };

const phoneTool = (parameters: object) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCallTool',
	typeVersion: NODE_VERSION,
	credentials: TELNYX,
	parameters,
});

const PHONE_TOOLS = {
	'Call somebody': phoneTool({
		operation: 'callSomeone',
		to: fromModel('to', 'The number to call'),
		...DIALS,
	}),
	'Ask yes or no': phoneTool({
		operation: 'ask',
		prompt: 'text',
		text: fromModel('text', 'What to ask'),
		answer: 'choices',
		choices: {
			items: [
				{ key: '1', name: 'Yes' },
				{ key: '2', name: 'No' },
			],
		},
	}),
	Say: phoneTool({ operation: 'say', text: fromModel('text', 'What to say') }),
	'Hang up': phoneTool({ operation: 'hangUp' }),
};

const agent = (typeVersion: number) => ({
	type: '@n8n/n8n-nodes-langchain.agent',
	typeVersion,
	parameters: { promptType: 'define', text: 'Do it.' },
});

function workflowOf(id: string, nodes: Record<string, object>, connections: object) {
	return {
		id,
		name: id,
		nodes: Object.entries(nodes).map(([name, node], index) => ({
			id: `${id}-${index}`,
			name,
			position: position(index),
			...node,
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}

function agentWorkflow(id: string, version: number, tools: Record<string, object>) {
	return workflowOf(
		id,
		{ Start: webhook(id), Agent: agent(version), Model: MODEL, ...tools },
		{
			Start: to('Agent'),
			Model: to('Agent', 'ai_languageModel'),
			...Object.fromEntries(Object.keys(tools).map((name) => [name, to('Agent', 'ai_tool')])),
		},
	);
}

function subAgentWorkflow() {
	const secretary = {
		type: '@n8n/n8n-nodes-langchain.agentTool',
		typeVersion: 3,
		parameters: { text: fromModel('Prompt__User_Message_', 'What to do') },
	};
	return workflowOf(
		SUB_AGENT,
		{
			Start: webhook(SUB_AGENT),
			Agent: agent(3.1),
			Model: MODEL,
			Secretary: secretary,
			...PHONE_TOOLS,
		},
		{
			Start: to('Agent'),
			Model: {
				ai_languageModel: [
					['Agent', 'Secretary'].map((node) => ({ node, type: 'ai_languageModel', index: 0 })),
				],
			},
			Secretary: to('Agent', 'ai_tool'),
			...Object.fromEntries(
				Object.keys(PHONE_TOOLS).map((name) => [name, to('Secretary', 'ai_tool')]),
			),
		},
	);
}

const ASKS_MANAGER = {
	operation: 'sendAndWait',
	to: MANAGER,
	...DIALS,
	options: { detects_machines: false },
};

function reviewWorkflow() {
	const tool = {
		type: 'n8n-nodes-base.httpRequestTool',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${refunds.baseUrl}/refunds`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: "={{ { amount: $fromAI('amount', 'How much', 'number') } }}",
			options: {},
		},
	};
	const review = {
		type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCallHitlTool',
		typeVersion: NODE_VERSION,
		credentials: TELNYX,
		parameters: ASKS_MANAGER,
	};
	return workflowOf(
		REVIEW,
		{ Start: webhook(REVIEW), Agent: agent(3.1), Model: MODEL, Refund: tool, Review: review },
		{
			Start: to('Agent'),
			Model: to('Agent', 'ai_languageModel'),
			Refund: to('Review', 'ai_tool'),
			Review: to('Agent', 'ai_tool'),
		},
	);
}

function approvalWorkflow() {
	const ask = {
		type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCall',
		typeVersion: NODE_VERSION,
		credentials: TELNYX,
		parameters: { ...ASKS_MANAGER, message: '=A refund of {{ $json.body.amount }} dollars.' },
	};
	return workflowOf(APPROVAL, { Start: webhook(APPROVAL), Ask: ask }, { Start: to('Ask') });
}
