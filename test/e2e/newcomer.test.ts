/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { join } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { startSimulator } from '../simulator';
import { openBrowser, openNode, openWorkflow, signIn } from '../support/browser';
import { storedCredential, TELNYX } from '../support/credential';
import { startN8n } from '../support/realN8n';
import { becomes, handlesOf, texts } from './handles';

/**
 * What a person does who knows neither n8n's names nor Telnyx's: types what the call is to do, picks
 * an action, fills in what the form asks for, runs it, and sees what comes out.
 */

/** The folder for a picture of every form, for those who change one. */
const { PICTURES_IN } = process.env;

const TRIGGER = 'Telnyx Advanced Trigger';
const CHOICES = 'choices';
const WRONG_KEY = 'wrong-key';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let browser: Browser;
let page: Page;
let call: string;
const { addTo, choose, nodeOnCanvas, plusBehind, shown } = handlesOf(() => page);

beforeAll(async () => {
	browser = await openBrowser();
	simulator = await startSimulator({ applications: [{ name: 'Front desk' }] });
	for (let number = 1; number <= 120; number++) {
		simulator.createApplication({ name: `Branch ${number}` });
	}
	call = simulator.placeCall({ from: '+13125550101' }).call_control_id;
	await command('answer');
	n8n = await startN8n({
		credentials: [storedCredential(simulator)],
		workflows: [
			...tasks.map((task) => workflow(idOf(task))),
			...[CHOICES, WRONG_KEY].map((id) => workflow(id, dialNode())),
		],
	});
	page = await signIn(browser, n8n, { viewport: { width: 1440, height: 1100 } });
});

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await simulator?.close();
});

const leg = () => simulator.calls.get(call);
const form = () => page.getByTestId('node-parameters');
const credential = () => form().getByTestId('node-credentials-select').locator('input');
const field = (name: string) => form().getByTestId(`parameter-input-${name}`);
const write = async (name: string, text: string) =>
	await field(name).locator('input, textarea').first().fill(text);

const idOf = ({ words }: Pick<Task, 'words'>) => words.replace(' ', '-');

interface Task {
	/** The words that are typed into the nodes panel. */
	words: string;
	/** The action that is picked then. */
	action: string;
	/** Fields that are shown to begin with, without those of every node. */
	asks: string[];
	/** What the form says about the next node. */
	says?: string;
	fill?: () => Promise<void>;
	/** What lists have before anything is filled in. */
	startsWith?: Record<string, string>;
	happens: () => void;
}

const tasks: Task[] = [
	{
		words: 'play',
		action: 'Play audio file',
		asks: ['Call Control ID', 'Audio URL', 'Media Name', 'Wait for the Outcome'],
		says: 'The next node starts at once, while this is still being played.',
		fill: async () => await write('audio_url', 'https://example.com/hello.mp3'),
		happens: () =>
			expect(leg()?.heard).toMatchObject([
				{ kind: 'audio', text: 'https://example.com/hello.mp3' },
			]),
	},
	{
		words: 'menu',
		action: 'Ask for a key',
		asks: ['Call Control ID', 'Text', 'Voice', 'Wait for the Outcome'],
		says: 'The next node starts at once, before any key is pressed.',
		startsWith: { voice: 'Astra · English (US) · female · Telnyx' },
		fill: async () => {
			await write('payload', 'Press 1 for sales, 2 for support.');
			await chooseFromList('voice', 'af');
		},
		happens: () => expect(leg()?.gather).toBeDefined(),
	},
	{
		words: 'record',
		action: 'Record call',
		asks: ['Call Control ID', 'Channels', 'Format'],
		happens: () =>
			expect([...(leg()?.activities.keys() ?? [])].join()).toMatch(/^recording [\da-f-]+$/),
	},
	{
		words: 'conference',
		action: 'Create conference',
		asks: ['Call Control ID', 'Name'],
		fill: async () => await write('name', 'Monday meeting'),
		happens: () => {
			const [conference] = [...simulator.conferences.values()];
			expect(conference.name).toBe('Monday meeting');
			expect([...conference.participants.keys()]).toEqual([call]);
		},
	},
	{
		words: 'transfer',
		action: 'Transfer call',
		asks: ['Call Control ID', 'To', 'From', 'Wait for the Outcome'],
		fill: async () => await write('to', '+13125550123'),
		happens: () =>
			expect([...simulator.calls.values()].at(-1)).toMatchObject({
				direction: 'outgoing',
				to: '+13125550123',
			}),
	},
	{
		words: 'hang up',
		action: 'Hang up call',
		asks: ['Call Control ID', 'Treat Already Ended as Success'],
		says: "What is still being spoken or played is cut off. To let it end, switch on 'Wait for the Outcome' in the node before this one.",
		happens: () => expect(leg()?.state).toBe('ended'),
	},
];

describe('a person who knows neither API', () => {
	it.each(tasks)('gets from "$words" to the command that does it', async (task) => {
		await openWorkflow(page, idOf(task));
		await plusBehind(TRIGGER).click();
		await page.getByTestId('node-creator-search-bar').fill(task.words);
		const panel = page.getByTestId('node-creator');
		await panel.getByText('Telnyx Advanced', { exact: true }).click();
		await panel.getByText(task.action, { exact: true }).click();

		await becomes(async () => await fieldsAskedFor(), task.asks);
		if (task.says) expect(await texts(form().getByRole('alert'))).toEqual([task.says]);
		const starts = { call_control_id: 'The Call from the Previous Node', ...task.startsWith };
		for (const [name, start] of Object.entries(starts)) {
			await becomes(async () => await list(name).getByTestId('rlc-input').inputValue(), start);
		}
		await becomes(async () => await credential().inputValue(), 'telnyx');
		await task.fill?.();
		await picture(task.words);
		await page.getByTestId('node-execute-button').click();

		const output = page.getByTestId('output-panel');
		await output.getByText('1 item', { exact: true }).waitFor();
		await becomes(async () => task.happens(), undefined);
		await picture(`${task.words} done`);
		await page.getByTestId('ndv-close-button').click();
		await nodeOnCanvas(task.action).getByTestId('canvas-node-status-success').waitFor();
	});
});

describe('a list to choose from', () => {
	it('has the resources of the account, page after page, and is searched by Telnyx', async () => {
		await openNode(page, CHOICES, 'Dial');
		await openList('connection_id');
		const entries = page.getByTestId('rlc-item');
		await becomes(async () => await entries.first().innerText(), 'Front desk');
		await becomes(async () => {
			await entries.last().scrollIntoViewIfNeeded();
			return await entries.count();
		}, 121);

		await page.getByTestId('rlc-search').fill('branch 77');
		await becomes(async () => await texts(entries), ['Branch 77']);
		await entries.first().click();
		await becomes(
			async () => await list('connection_id').getByTestId('rlc-input').inputValue(),
			'Branch 77',
		);
	});

	it('says why it cannot be loaded, and what to do', async () => {
		const { type, data } = storedCredential(simulator, { apiKey: 'KEY-of-somebody-else' });
		await n8n.rest('POST', '/credentials', { name: WRONG_KEY, type, data });
		await openNode(page, WRONG_KEY, 'Dial');
		await choose(form().getByTestId('node-credentials-select'), WRONG_KEY);
		await openList('connection_id');

		await page.getByText('Could not load list').waitFor();
		await page.getByText('Telnyx does not accept the API key').waitFor();
		await page.getByText('Open the credential and paste the API key again').waitFor();
		await picture('wrong key');
	});
});

describe('a group that is added', () => {
	it('shows its required fields', async () => {
		await openNode(page, CHOICES, 'Dial');
		await addTo(form(), 'Add option', 'Deepfake Detection');
		await field('enabled').waitFor();
	});

	it('is found behind More Options if few calls need it', async () => {
		await openNode(page, CHOICES, 'Dial');
		const groups = await addTo(form(), 'Add group of options', 'SIP');
		expect(groups).toContain('Webhooks');
		await addTo(form(), 'Add SIP setting', 'SIP Region');
		await field('sip_region').waitFor();
		await picture('more options');
	});
});

const list = (name: string): Locator => form().getByTestId(`resource-locator-${name}`);

const openList = async (name: string) => await list(name).getByTestId('rlc-input').click();

async function chooseFromList(name: string, text: string) {
	await openList(name);
	await page.getByTestId('rlc-search').fill(text);
	const entry = page.getByTestId('rlc-item').filter({ hasText: text });
	await entry.first().click();
}

/** Labels of the form above its options, without what chooses the node's credential and operation. */
async function fieldsAskedFor(): Promise<string[]> {
	const labels = await shown(form());
	const first = labels.findIndex((label) => label.startsWith('Operation'));
	const options = labels.findIndex((label) => label.endsWith('Options'));
	return labels.slice(first + 1, options).map((label) => label.replace(/:.*/, ''));
}

async function picture(name: string) {
	if (PICTURES_IN) await page.screenshot({ path: join(PICTURES_IN, `${name}.png`) });
}

/** What a program next to n8n has done before. */
async function command(action: string) {
	await fetch(`${simulator.baseUrl}/calls/${call}/actions/${action}`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${simulator.apiKey}`,
			'content-type': 'application/json',
		},
		body: '{}',
	});
}

function dialNode() {
	return {
		id: 'Dial',
		name: 'Dial',
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
		typeVersion: NODE_VERSION,
		position: [240, 0],
		parameters: {},
		credentials: TELNYX,
	};
}

/** A trigger that has received an answered call. */
function workflow(id: string, ...nodes: object[]) {
	return {
		id,
		name: id,
		nodes: [
			{
				id: TRIGGER,
				name: TRIGGER,
				type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
				typeVersion: NODE_VERSION,
				position: [0, 0],
				parameters: { events: ['*'] },
				webhookId: id,
				credentials: TELNYX,
			},
			...nodes,
		],
		connections: {},
		settings: { executionOrder: 'v1' },
		pinData: {
			[TRIGGER]: [
				{
					json: {
						event_type: 'call.answered',
						payload: { call_control_id: call, from: '+13125550101' },
					},
				},
			],
		},
	};
}
