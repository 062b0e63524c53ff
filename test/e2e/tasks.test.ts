/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { startSimulator } from '../simulator';
import type { Leg } from '../simulator/types';
import { openBrowser, openWorkflow, signIn } from '../support/browser';
import { startChatModel, type ChatModel } from '../support/chatModel';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { startN8n, webhooksReady } from '../support/realN8n';
import { becomes, handlesOf, texts } from './handles';
import { personAt } from './person';

/**
 * What people want a phone to do first, built from an empty canvas with few clicks and fields, and then
 * called. The account has one application with one number, as a new one has.
 */

const TRIGGER = 'Telnyx Advanced Trigger';
const PHONE_CALL = 'Telnyx Phone Call';
const ANNOUNCE = 'Call and say something';
const FRONT_DESK = 'Front desk';
const AGENT = 'agent';

/** Where to leave a picture of every form, for those who change them. */
const { PICTURES_IN } = process.env;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let model: ChatModel;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let browser: Browser;
let page: Page;
/** Where n8n may write files. */
let files: string;
/** The workflow that is published, if one is. */
let published: string | undefined;
const {
	add,
	backToCanvas,
	choose,
	click,
	connect,
	doubleClick,
	fill,
	find,
	form,
	nodeOnCanvas,
	panel,
	plusBehind,
	steps,
	switchOf,
	textIn,
	typeExpression,
} = personAt(
	() => page,
	async (step) => await picture(`task ${step}`),
);

const { choose: chooseFrom } = handlesOf(() => page);

beforeAll(async () => {
	browser = await openBrowser();
	model = await startChatModel();
	files = await mkdtemp(join(tmpdir(), 'telnyx-files-'));
	simulator = await startSimulator({
		applications: [{ name: FRONT_DESK }],
		timings: { machineDetectionMs: 200, machineGreetingMs: 200, speakMsPerCharacter: 10 },
	});
	n8n = await startN8n({
		credentials: [
			storedCredential(simulator, { name: 'Telnyx account' }),
			{ id: 'model', name: 'model', type: 'openAiApi', data: { ...model.credential } },
		],
		workflows: [agentWorkflow()],
		env: { N8N_RESTRICT_FILE_ACCESS_TO: files },
	});
	page = await signIn(browser, n8n, { viewport: { width: 1440, height: 1100 } });
});

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await simulator?.close();
	await model?.close();
	if (files) await rm(files, { recursive: true });
});

it('tells the opening hours and hangs up', async () => {
	const taken = await stepsOf(async () => {
		await callsOf(FRONT_DESK);
		await click('the plus behind the trigger', plusBehind(TRIGGER));
		await add('say', PHONE_CALL, 'Say something');
		await fill('Text', textIn('text'), 'We are open from nine to five. Goodbye!');
		await click('Hang Up Afterwards', switchOf('hang_up'));
		await backToCanvas();
	});
	expect([taken, taken.length <= 22]).toEqual([taken, true]);

	await publish('We are open from nine to five', '"hang_up":true');
	const leg = call();
	await ended(leg);
	expect(leg.heard).toMatchObject([{ text: 'We are open from nine to five. Goodbye!' }]);
});

describe('a menu', () => {
	const PROMPT = 'Press 1 for our opening hours, or 2 for our address.';

	it('takes few clicks and fields', async () => {
		const taken = await stepsOf(async () => {
			await callsOf(FRONT_DESK);
			await click('the plus behind the trigger', plusBehind(TRIGGER));
			await add('keypad', PHONE_CALL, 'Ask for key or digits');
			await fill('Text', textIn('text'), PROMPT);
			await fill('the first name', textIn('name', 0), 'Hours');
			await fill('what is said', textIn('say', 0), 'We are open from nine to five. Goodbye!');
			await click('Hang Up Afterwards', switchOf('hang_up', 0));
			await fill('the second name', textIn('name', 1), 'Address');
			await fill('what is said', textIn('say', 1), 'You find us in Market Street 5. Goodbye!');
			await click('Hang Up Afterwards', switchOf('hang_up', 1));
			await backToCanvas();
		});
		expect([taken, taken.length <= 27]).toEqual([taken, true]);
		await publish(PROMPT, '"hang_up":true.*"hang_up":true');
	});

	it.each([
		['presses 1', ['1'], 'We are open from nine to five. Goodbye!'],
		['presses 2', ['2'], 'You find us in Market Street 5. Goodbye!'],
		['needs two more tries', ['8', '9', '1'], 'We are open from nine to five. Goodbye!'],
	])('answers a caller who %s', async (_who, keys, words) => {
		const leg = call();
		const prompts = () => leg.heard.filter(({ text }) => text.includes('Press 1')).length;
		for (const [index, key] of keys.entries()) {
			await eventually('the question', () => prompts() === index + 1);
			simulator.press(leg.call_control_id, key);
		}
		await ended(leg);
		expect(leg.heard.at(-1)).toMatchObject({ text: words });
	});
});

describe('three patients', () => {
	const TEXT = 'Your appointment is tomorrow at ten. Goodbye!';
	const PATIENTS = [
		{ name: 'Ada', phone: '+13125550101' },
		{ name: 'Ben', phone: '+13125550102' },
		{ name: 'Cleo', phone: '+13125550103' },
	];

	it('are called one after the other, and a table has how each call ended', async () => {
		await makeTable('Patients', ['name', 'phone'], PATIENTS);
		const calls = await makeTable('Calls', ['name', 'outcome']);
		const [ada, ben, cleo] = PATIENTS;
		simulator.whenRung(ada.phone, { does: 'answer' });
		simulator.whenRung(ben.phone, { does: 'answerAsMachine' });
		simulator.whenRung(cleo.phone, { does: 'busy' });

		const taken = await stepsOf(async () => {
			await emptyCanvas();
			await click('Trigger manually', panel().getByText('Trigger manually', { exact: true }));
			await click('the plus behind the trigger', plusBehind('When clicking ‘Execute workflow’'));
			await add('table', 'Data table', 'Get row(s)');
			await choose('the tables', form(), 'Patients');
			await backToCanvas();
			await click('the plus behind the rows', plusBehind('Get row(s)'));
			await add('loop', 'Loop Over Items (Split in Batches)');
			await backToCanvas();
			await doubleClick('the place in the loop', nodeOnCanvas('Replace Me'));
			await find('call', PHONE_CALL, ANNOUNCE);
			await doubleClick('the new node', nodeOnCanvas(ANNOUNCE));
			await fillWithExpression('to', '{{ $json.phone }}');
			await fill('Text', textIn('text'), TEXT);
			await backToCanvas();
			await click('all nodes in sight', page.getByTestId('zoom-to-fit'));
			await connect(ANNOUNCE, 1, 'Loop Over Items');
			await click('the plus behind the loop', plusBehind('Loop Over Items'));
			await add('table', 'Data table', 'Insert row');
			await choose('the tables', form(), 'Calls');
			await fillWithExpression('name', '{{ $json.name }}');
			await fillWithExpression('outcome', '{{ $json.outcome }}');
			await backToCanvas();
			await click('Execute workflow', page.getByTestId('execute-workflow-button'));
		});
		expect([taken, taken.length <= 35]).toEqual([taken, true]);

		await becomes(
			async () => await rowsOf(calls, ['name', 'outcome']),
			[
				{ name: 'Ada', outcome: 'told' },
				{ name: 'Ben', outcome: 'message_left' },
				{ name: 'Cleo', outcome: 'unanswered' },
			],
			90_000,
		);
		const heard = [...simulator.calls.values()].slice(-3).map((leg) => leg.heard.at(-1)?.text);
		expect(heard).toEqual([TEXT, TEXT, undefined]);
	});
});

describe('an agent', () => {
	const TOOL = 'Call and say something in Telnyx Phone Call';
	const MANAGER = '+13125550124';

	it('gets a phone as its tool, and calls somebody', async () => {
		simulator.whenRung(MANAGER, { does: 'answer' });
		model.turns = [
			[{ tool: TOOL.replace(/ /g, '_'), args: { To: MANAGER, Text: 'The server is down.' } }],
		];
		await openWorkflow(page, AGENT);
		const taken = await stepsOf(async () => {
			await click(
				'the plus at Tool',
				nodeOnCanvas('AI Agent')
					.locator('[data-connection-type=ai_tool]')
					.getByTestId('canvas-handle-plus'),
			);
			await add('phone', 'Telnyx Phone Call Tool');
			await backToCanvas();
		});
		expect([taken, taken.length <= 4]).toEqual([taken, true]);

		await page.getByTestId('workflow-chat-button').click();
		await page.getByTestId('chat-input').fill('Tell the manager that the server is down.');
		await page.keyboard.press('Enter');
		const leg = await eventually('the call', () =>
			[...simulator.calls.values()].find(({ to }) => to === MANAGER),
		);
		await ended(leg);
		expect(leg.heard).toMatchObject([{ text: 'The server is down.' }]);
		await eventually('the answer to the agent', () => model.heard('tool').length > 0);
		expect(JSON.parse(model.heard('tool')[0])).toMatchObject([{ outcome: 'told' }]);
	});
});

it('records a message, and writes it to a file', async () => {
	const taken = await stepsOf(async () => {
		await callsOf(FRONT_DESK);
		await click('the plus behind the trigger', plusBehind(TRIGGER));
		await add('record', PHONE_CALL, 'Record message or call');
		await fill('Text', textIn('text'), 'Please leave a message after the beep.');
		await backToCanvas();
		await click('the plus behind Recorded', plusBehind('Record message or call'));
		await add('write file', 'Read/Write Files from Disk', 'Write File to Disk');
		await fill('File Path and Name', textIn('fileName'), join(files, 'message.mp3'));
		await backToCanvas();
	});
	expect([taken, taken.length <= 22]).toEqual([taken, true]);

	await publish('Please leave a message', 'message.mp3');
	const leg = call();
	await eventually('the recording', () => /^recording /.test([...leg.activities.keys()].join()));
	simulator.press(leg.call_control_id, '#');
	await eventually('the file', async () => (await readdir(files)).includes('message.mp3'));
	expect((await readFile(join(files, 'message.mp3'))).length).toBeGreaterThan(0);
});

describe('a mistake of a newcomer is explained where it is made:', () => {
	const AT_TELNYX = 'At Telnyx itself';
	const notices = async () => await texts(form().getByRole('alert'));
	/** Runs the node whose form is open. */
	async function fails(message: string) {
		await page.getByTestId('node-execute-button').click();
		await page.getByTestId('output-panel').getByText(message).first().waitFor();
	}
	async function announcement() {
		await emptyCanvas();
		await panel().getByText('Trigger manually', { exact: true }).click();
		await plusBehind('When clicking ‘Execute workflow’').click();
		await add('call', PHONE_CALL, ANNOUNCE);
		await textIn('text').fill('Hello');
	}

	it('to listen before anything is published', async () => {
		await emptyCanvas();
		await add('incoming call', 'Telnyx Advanced', 'When a call comes in');
		await becomes(notices, [
			"A test receives nothing yet. Switch on 'Use the Application for Tests', or paste the test URL into your application yourself.",
		]);
		await backToCanvas();
	});

	it('to hang up while the text is being spoken', async () => {
		await plusBehind(TRIGGER).click();
		await add('speak', 'Telnyx Advanced', 'Speak text');
		await becomes(notices, ['The next node starts at once, while this is still being spoken.']);
		await backToCanvas();
		await plusBehind('Speak text').click();
		await add('hang up', 'Telnyx Advanced', 'Hang up call');
		await becomes(notices, [
			"What is still being spoken or played is cut off. To let it end, switch on 'Wait for the Outcome' in the node before this one.",
		]);
		await backToCanvas();
	});

	it('a number without its country code', async () => {
		const data = {
			...storedCredential(simulator).data,
			baseUrl: 'https://api.telnyx.com/v2',
		};
		await n8n.rest('POST', '/credentials', { name: AT_TELNYX, type: 'telnyxAdvancedApi', data });
		await announcement();
		await chooseFrom(form().getByTestId('node-credentials-select'), 'Telnyx account');
		await textIn('to').fill('(312) 555-0101');
		await fails(
			"'To' is '(312) 555-0101', but has to be a phone number with + and country code, such as +13125550100",
		);
	});

	it('an n8n that Telnyx cannot reach', async () => {
		await textIn('to').fill('+13125550101');
		await chooseFrom(form().getByTestId('node-credentials-select'), AT_TELNYX);
		await fails('Telnyx cannot reach this n8n at http://localhost:');
		await page.getByText('Give n8n an address on the internet').first().waitFor();
	});

	it('an expression that finds nothing', async () => {
		await fillWithExpression('to', '{{ $json.mobile }}');
		await fails("'To' is empty: the expression {{ $json.mobile }} found nothing");
	});

	it('no credential', async () => {
		const { data: all } = (await n8n.rest('GET', '/credentials')).body;
		for (const { id } of all as Array<{ id: string }>) {
			await n8n.rest('DELETE', `/credentials/${id}`);
		}
		await announcement();
		await textIn('to').fill('+13125550101');
		await fails('This node has no credential. Choose or create one at the top of its form');
	});
});

/** The clicks and fields that something takes. */
async function stepsOf(build: () => Promise<void>): Promise<string[]> {
	const before = steps.length;
	await build();
	return steps.slice(before);
}

async function emptyCanvas() {
	await page.goto('/workflow/new');
	await click('the first step', page.getByTestId('canvas-add-button'));
}

/** A new workflow that takes the calls of an application, as a person begins it. */
async function callsOf(application: string) {
	await emptyCanvas();
	await add('incoming call', 'Telnyx Advanced', 'When a call comes in');
	await choose('the applications', form(), application);
	await backToCanvas();
}

/**
 * Publishes the workflow on the canvas in place of the former one, once all of it is saved: the editor saves
 * by itself as well, so what is saved may be older than the last field.
 * @param words that it has to have
 */
async function publish(...words: string[]) {
	if (published) await n8n.rest('POST', `/workflows/${published}/deactivate`);
	await page.keyboard.press('Control+s');
	const { id, versionId } = await saved((nodes) =>
		words.every((part) => new RegExp(part).test(nodes)),
	);
	await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
	published = id;
	await webhooksReady(n8n.rest, id);
}

/** Waits until n8n has saved a workflow with such nodes. */
const saved = async (isIt: (nodes: string) => boolean) =>
	await eventually('all fields to be saved', async () => {
		const { data: all } = (await n8n.rest('GET', '/workflows')).body;
		for (const { id } of all as Array<{ id: string }>) {
			const { data } = (await n8n.rest('GET', `/workflows/${id}`)).body;
			if (isIt(JSON.stringify(data.nodes))) return data as { id: string; versionId: string };
		}
		return undefined;
	});

/** Until n8n's form has taken an expression over, a run would be without it. */
async function fillWithExpression(name: string, expression: string) {
	await typeExpression(name, expression);
	await saved((nodes) => nodes.includes(`"${name}":"=${expression}"`));
}

/** Somebody calls the application. */
const call = (): Leg => simulator.calls.get(simulator.placeCall().call_control_id)!;

const ended = async (leg: Leg) =>
	await eventually('the end of the call', () => leg.state === 'ended');

/** Makes a data table of n8n, in which all columns are text. */
async function makeTable(name: string, columns: string[], rows: object[] = []): Promise<string> {
	const { data: project } = (await n8n.rest('GET', '/projects/personal')).body;
	const tables = `/projects/${project.id}/data-tables`;
	const { data: table } = (
		await n8n.rest('POST', tables, {
			name,
			columns: columns.map((column) => ({ name: column, type: 'string' })),
		})
	).body;
	const path = `${tables}/${table.id}`;
	await n8n.rest('POST', `${path}/insert`, { data: rows, returnType: 'count' });
	return path;
}

async function rowsOf(table: string, columns: string[]) {
	const { data } = (await n8n.rest('GET', `${table}/rows`)).body;
	return (data.data as Array<Record<string, unknown>>).map((row) =>
		Object.fromEntries(columns.map((name) => [name, row[name]])),
	);
}

/** An agent of n8n that has no tool yet. */
function agentWorkflow() {
	const nodes = [
		{
			name: 'Chat',
			type: '@n8n/n8n-nodes-langchain.chatTrigger',
			typeVersion: 1.3,
			parameters: {},
			webhookId: AGENT,
		},
		{
			name: 'AI Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3.1,
			parameters: {},
		},
		{
			name: 'Chat Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'a-model' } },
			credentials: { openAiApi: { id: 'model', name: 'model' } },
		},
	];
	const to = (type: string) => ({ [type]: [[{ node: 'AI Agent', type, index: 0 }]] });
	return {
		id: AGENT,
		name: AGENT,
		nodes: nodes.map((node, index) => ({ id: node.name, position: [index * 220, 0], ...node })),
		connections: { Chat: to('main'), 'Chat Model': to('ai_languageModel') },
		settings: { executionOrder: 'v1' },
	};
}

async function picture(name: string) {
	if (PICTURES_IN) await page.screenshot({ path: join(PICTURES_IN, `${name}.png`) });
}
