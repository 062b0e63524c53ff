/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import axios from 'axios';
import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import type { Browser, Locator, Page } from 'playwright-core';

import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node';
import { openBrowser, openNode, openWorkflow, signIn } from '../support/browser';
import { eventually } from '../support/eventually';
import { freePorts } from '../support/ports';
import { startRecorder, type Answer, type Recorded, type Recorder } from '../support/recorder';
import { startN8n } from '../support/realN8n';
import { signer } from '../support/signing';
import {
	ACCOUNT,
	credentials,
	ENDED_CALL,
	ids,
	LIVE_CALL,
	pictureWorkflows,
	pressedKey,
	TRIGGER,
	workflows,
} from './editorWorkflows';
import { event, toBody } from './events';
import { becomes, handlesOf, texts } from './handles';
import { examples, takePictures } from './pictures';

const API_KEY = 'only-the-stand-in-knows-this';

/** What the nodes offer according to their descriptions; the tests check what the editor shows of it. */
const choicesOf = (node: { description: INodeTypeDescription }, parameter: string) =>
	node.description.properties
		.filter(({ name }) => name === parameter)
		.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
const actionNode = new TelnyxAdvanced();
const resourceNames = choicesOf(actionNode, 'resource').map(({ name }) => name);
const actions = choicesOf(actionNode, 'operation').map(({ action }) => action ?? '');
const triggers = choicesOf(new TelnyxAdvancedTrigger(), 'events').map(({ action }) => action ?? '');

/** The pictures of the docs are made on demand: a test run leaves the working tree clean. */
const PICTURES = process.env.PICTURES === '1';

const account = signer(1);

const TEST_NOTICE =
	"A test receives nothing yet. Switch on 'Use the Application for Tests', or paste the test URL into your application yourself.";

let telnyx: Recorder;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let browser: Browser;
let page: Page;
const { adder, addTo, choose, nodeOnCanvas, plusBehind, shown } = handlesOf(() => page);

beforeAll(async () => {
	browser = await openBrowser();
	telnyx = await startRecorder();
	telnyx.answer = asTelnyx;
	n8n = await startN8n({
		credentials: credentials({
			apiKey: API_KEY,
			publicKey: account.publicKey,
			customBaseUrl: telnyx.baseUrl,
		}),
		workflows: PICTURES
			? [...workflows, ...pictureWorkflows, ...examples.map(({ workflow }) => workflow)]
			: workflows,
	});
	// Tall enough that messages in the corner never cover anything that is clicked.
	page = await signIn(browser, n8n, { viewport: { width: 1440, height: 1100 } });
});

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await telnyx?.close();
});

describe('the nodes panel', () => {
	const entries = () =>
		texts(page.getByTestId('node-creator').getByTestId('node-creator-item-name'));
	const search = async (text: string) =>
		await page.getByTestId('node-creator-search-bar').fill(text);

	const ADVANCED = 'Telnyx Advanced';
	const PHONE_CALL = 'Telnyx Phone Call';
	const ASSISTANT = 'Telnyx AI Assistant Trigger';

	it.each([
		{ words: 'telnyx', found: [ADVANCED, PHONE_CALL, ASSISTANT] },
		{ words: 'dtmf', found: [ADVANCED, PHONE_CALL] },
		...['telephone', 'answer call', 'hang up'].map((words) => ({
			words,
			found: [PHONE_CALL, ADVANCED],
		})),
		...['press key', 'record call', 'make a call'].map((words) => ({
			words,
			found: [PHONE_CALL],
		})),
		...['incoming call', 'noise', 'siprec', 'supervisor', 'client state'].map((words) => ({
			words,
			found: [ADVANCED],
		})),
	])('shows one entry for each node that matches "$words"', async ({ words, found }) => {
		if (!page.url().includes(ids.panel)) await openWorkflow(page, ids.panel);
		const panel = page.getByTestId('node-creator');
		if (!(await panel.isVisible())) await plusBehind(TRIGGER).click();

		await search('nothing is called like this');
		await becomes(entries, []);
		await search(words);

		await becomes(entries, found);
	});

	it.each(['call', 'phone', 'voice', 'ask'])(
		'has Telnyx Phone Call first or second for "%s", which other nodes have as well',
		async (words) => {
			await search('nothing is called like this');
			await becomes(entries, []);
			await search(words);

			await becomes(async () => (await entries()).slice(0, 2).includes(PHONE_CALL), true);
		},
	);

	it('lists all actions and triggers by what they do', async () => {
		await search('telnyx');
		const panel = page.getByTestId('node-creator');
		await panel.getByText('Telnyx Advanced', { exact: true }).click();
		await panel.getByText(/^Triggers \(/).click();

		const wanted = [...actions, ...triggers];
		await becomes(async () => (await entries()).length, wanted.length);
		expect((await entries()).slice(0, actions.length).sort()).toEqual([...actions].sort());
		// The commonest first.
		expect((await entries()).slice(actions.length)).toEqual(triggers);
		expect(triggers.slice(0, 4)).toEqual([
			'When a call comes in',
			'When a call goes out',
			'When a call is answered',
			'When a key is pressed (DTMF)',
		]);
		const categories = panel.getByTestId('node-creator-category-item');
		expect(await texts(categories)).toEqual([
			`Actions (${actions.length})`,
			`Triggers (${triggers.length})`,
		]);
	});

	it('puts an action behind the trigger, and the workflow runs', async () => {
		await page.getByTestId('node-creator').getByText('Send DTMF tones', { exact: true }).click();

		const form = page.getByTestId('node-parameters');
		await becomes(
			() => shown(form),
			[
				'Credential',
				'Resource: DTMF and Input',
				'Operation: Send DTMF',
				'Call Control ID',
				'Digits',
				'Options',
				'Request Options',
			],
		);
		// The call is found in the event without typing.
		const call = form.getByTestId('parameter-input-call_control_id').locator('input').last();
		await becomes(() => call.inputValue(), 'The Call from the Previous Node');
		await choose(form.getByTestId('node-credentials-select'), ACCOUNT);
		await form.getByTestId('parameter-input-digits').locator('input').fill('1ww42#');
		await page.getByTestId('ndv-close-button').click();
		await edgeTo('Send DTMF tones').waitFor({ state: 'attached' });
		await page.getByTestId('execute-workflow-button').click();

		const status = nodeOnCanvas('Send DTMF tones').getByTestId('canvas-node-status-success');
		await status.waitFor();
		const [{ items }] = await n8n.executions(ids.panel, 1);
		const [{ command_id }] = items('Send DTMF tones') ?? [];
		expect(
			telnyx.requests
				.filter(({ method }) => method === 'POST')
				.map(({ url, body }) => [url, JSON.parse(body)]),
		).toEqual([[`/v2/calls/${LIVE_CALL}/actions/send_dtmf`, { digits: '1ww42#', command_id }]]);
	});
});

describe('on the canvas', () => {
	const SEND = 'Send DTMF tones';

	it('an action is dropped, wired to the trigger and executed', async () => {
		await openWorkflow(page, ids.canvas);
		await page.getByTestId('node-creator-plus-button').click();
		await page.getByTestId('node-creator-search-bar').fill('telnyx');
		const panel = page.getByTestId('node-creator');
		await panel.getByText('Telnyx Advanced', { exact: true }).click();
		const canvas = page.getByTestId('canvas-wrapper');
		const { x, y } = await boxOf(nodeOnCanvas(TRIGGER));
		const { x: left, y: top } = await boxOf(canvas);

		await panel
			.getByText(SEND, { exact: true })
			.dragTo(canvas, { targetPosition: { x: x - left + 250, y: y - top - 150 } });

		await nodeOnCanvas(SEND).waitFor();
		await page.keyboard.press('Escape');
		await edgeTo(SEND).waitFor({ state: 'detached' });

		await nodeOnCanvas(TRIGGER)
			.getByTestId('canvas-node-output-handle')
			.dragTo(nodeOnCanvas(SEND).getByTestId('canvas-node-input-handle'));

		await edgeTo(SEND).waitFor({ state: 'attached' });
		await nodeOnCanvas(SEND).dblclick();
		const form = page.getByTestId('node-parameters');
		await choose(form.getByTestId('node-credentials-select'), ACCOUNT);
		await form.getByTestId('parameter-input-digits').locator('input').fill('7');
		await page.getByTestId('ndv-close-button').click();
		await page.getByTestId('execute-workflow-button').click();

		await nodeOnCanvas(SEND).getByTestId('canvas-node-status-success').waitFor();
		const [{ items }] = await n8n.executions(ids.canvas, 1);
		expect(items(SEND)).toMatchObject([{ result: 'ok', call_control_id: LIVE_CALL }]);
		expect(JSON.parse(telnyx.requests.at(-1)?.body ?? '')).toMatchObject({ digits: '7' });
	});

	const boxOf = async (part: Locator) => (await part.boundingBox()) ?? { x: NaN, y: NaN };
});

describe('the steps of a phone call', () => {
	it('have outputs whose names are not cut off', async () => {
		await openWorkflow(page, ids.steps);
		const outputs = nodeOnCanvas('callSomeone').getByTestId('canvas-node-output-handle');
		await becomes(() => texts(outputs), ['Answered', 'Machine', 'Unanswered']);
		expect(await namesCutOff()).toEqual([]);
	});
});

/** The names of outputs on the canvas that do not fit. */
const namesCutOff = async () =>
	await page
		.getByTestId('canvas-node-output-handle')
		.locator('[class*=_label_]')
		.evaluateAll((labels) =>
			labels
				.filter((one) => one.scrollWidth > one.clientWidth)
				.map(({ textContent }) => textContent),
		);

describe('the credential', () => {
	let form: Locator;
	const field = (name: string) => form.getByTestId(`parameter-input-${name}`).locator('input');
	const success = () => form.getByText('Connection tested successfully');
	/** The button appears once n8n has noticed a change. Until then a click does nothing. */
	const save = async () =>
		await page.getByTestId('credential-save-button').getByRole('button').click();

	it('is found by its name, and says where the keys are', async () => {
		await page.goto('/home/credentials/create');
		await page.getByTestId('new-credential-type-select').locator('input').fill('telnyx');
		const types = page.getByTestId('new-credential-type-select-option');
		await types.getByText('Telnyx Advanced API', { exact: true }).click();
		await page.getByTestId('new-credential-type-button').click();

		form = page.getByTestId('credential-edit-dialog');
		const labels = () => shown(form);
		const byN8n = 'Allowed HTTP Request Domains: All';
		const ours = ['API Key *', 'Public Key', 'Base URL: Global', 'Language Model Secret'];
		await becomes(labels, [...ours, byN8n]);
		await form.getByText('In the Telnyx portal under API Keys', { exact: true }).waitFor();
		const keys = form.getByRole('link', { name: 'API Keys' });
		expect(await keys.getAttribute('href')).toBe('https://portal.telnyx.com/#/api-keys');
		await form
			.getByText('Optional: if empty, the trigger gets it from Telnyx with the API key')
			.waitFor();
	});

	it('asks for an address only if none of the listed ones is chosen', async () => {
		const choices = await choose(form.getByTestId('parameter-input-baseUrl'), 'Another Address');

		expect(choices).toEqual(['Global', 'European Union', 'Australia', 'Another Address']);
		await field('customBaseUrl').waitFor();

		await choose(form.getByTestId('parameter-input-baseUrl'), 'Global');
		await field('customBaseUrl').waitFor({ state: 'detached' });

		await choose(form.getByTestId('parameter-input-baseUrl'), 'Another Address');
	});

	it('is accepted if everything is right', async () => {
		await fill('customBaseUrl', telnyx.baseUrl);
		await fill('publicKey', account.publicKey);
		await fill('apiKey', API_KEY);
		await save();

		await success().waitFor();
	});

	it.each<{ what: string; name: string; value: () => Promise<string> | string; says: RegExp }>([
		{
			what: 'a wrong API key',
			name: 'apiKey',
			value: () => 'this-one-belongs-to-nobody',
			says: /Telnyx does not accept the API key\. Copy it again, or create a new one/,
		},
		{
			what: 'an address where nobody listens',
			name: 'customBaseUrl',
			value: async () => `http://127.0.0.1:${await freePorts(1)}/v2`,
			says: /ECONNREFUSED/,
		},
		{
			what: 'an address that is not that of the API',
			name: 'customBaseUrl',
			value: () => new URL('/v3', telnyx.baseUrl).href,
			says: /Something answers at the base URL, but it is not Telnyx/,
		},
		{
			what: 'an address that is none',
			name: 'customBaseUrl',
			value: () => 'api.telnyx.com',
			says: /The base URL of the credential is not a web address/,
		},
		{
			what: 'a public key that is none',
			name: 'publicKey',
			value: () => 'not a key',
			says: /The field 'Public Key' of the credential is not Base64/,
		},
	])('says what is wrong with $what', async ({ name, value, says }) => {
		const right = await field(name).inputValue();
		await fill(name, await value());
		await save();

		await form.getByText('Couldn’t connect with these settings').waitFor();
		await form.getByText('More details').click();
		await form.getByText(says).waitFor();

		await fill(name, right);
		await save();
		await success().waitFor();
	});

	/** When a field loses the focus, n8n takes its value at once. */
	async function fill(name: string, value: string) {
		await field(name).fill(value);
		await field(name).blur();
	}
});

describe('the form', () => {
	const form = () => page.getByTestId('node-parameters');
	const last = ['Client State Is Base64', 'Command ID'];
	const ended = 'Treat Already Ended as Success';
	/** Settings of the node as a whole. */
	const end = ['Request Options'];

	/** The fields of each operation in the specification: first the required ones, then the optional ones. */
	const operations: Array<
		[resource: string, operation: string, required: string[], options: string[]]
	> = [
		['Call', 'Switch Supervisor Role', ['Call Control ID', 'Role: Monitor'], []],
		[
			'Call',
			'Update Client State',
			['Call Control ID', 'Client State'],
			['Client State Is Base64'],
		],
		[
			'DTMF and Input',
			'Send DTMF',
			['Call Control ID', 'Digits'],
			['Client State', 'Tone Duration (Milliseconds)', ...last],
		],
		[
			'SIPREC',
			'Start',
			['Call Control ID', 'Wait for the Outcome'],
			[
				'Client State',
				'Connector Name',
				'Include Custom Headers in Metadata',
				'Secure',
				'Session Timeout (Seconds)',
				'SIP Transport: UDP',
				'Track: Both',
				'Client State Is Base64',
			],
		],
		[
			'SIPREC',
			'Stop',
			['Call Control ID', 'Wait for the Outcome', ended],
			['Client State', ...last],
		],
		[
			'Noise Suppression',
			'Start',
			['Call Control ID'],
			['Client State', 'Direction: Inbound', 'Engine: Denoiser', ...last],
		],
		['Noise Suppression', 'Stop', ['Call Control ID', ended], ['Client State', ...last]],
	];

	beforeAll(async () => void (await openNode(page, ids.fields, 'Command')));

	// n8n keeps the options that the next operation has too.
	afterEach(async () => {
		const deletions = form().getByTitle('Delete');
		for (let left = await deletions.count(); left > 0; left = await deletions.count()) {
			await deletions.first().click();
			await eventually('an option to vanish', async () => (await deletions.count()) < left);
		}
	});

	it('offers the resources and operations', async () => {
		const resources = await choose(form().getByTestId('parameter-input-resource'), 'Call');

		expect(resources).toEqual([...resourceNames, 'Custom API Call']);
	});

	it.each(operations)(
		'of %s > %s has its fields',
		async (resource, operation, required, options) => {
			await choose(form().getByTestId('parameter-input-resource'), resource);
			await choose(form().getByTestId('parameter-input-operation'), operation);

			const start = ['Credential', `Resource: ${resource}`, `Operation: ${operation}`, ...required];
			if (options.length === 0) {
				await becomes(() => shown(form()), [...start, ...end]);
				return;
			}
			await becomes(() => shown(form()), [...start, 'Options', ...end]);
			const names = options.map((label) => label.replace(/:.*/, ''));
			for (const [index, name] of names.entries()) {
				expect(await add('Add option', name)).toEqual(names.slice(index));
			}
			await becomes(() => shown(form()), [...start, 'Options', ...options, ...end]);
		},
	);

	it('offers the roles of a supervisor', async () => {
		await goTo('Call', 'Switch Supervisor Role');

		const roles = await choose(form().getByTestId('parameter-input-role'), 'Whisper');

		expect(roles).toEqual(['Monitor', 'Whisper', 'Barge']);
	});

	it('has the settings of the engine that is chosen, and of no other', async () => {
		await goTo('Noise Suppression', 'Start');
		const engine = form().getByTestId('parameter-input-noise_suppression_engine');
		const settings = form().locator('label[for=noise_suppression_engine_config]');

		// There is nothing to add without an engine, or with one that has no settings.
		const few = ['Client State Is Base64', 'Command ID'];
		expect(await add('Add option', 'Engine')).toEqual([
			'Client State',
			'Direction',
			'Engine',
			...few,
		]);
		expect(await add('Add option', 'Direction')).toEqual(['Client State', 'Direction', ...few]);
		const engines = await choose(engine, 'DeepFilterNet');
		expect(engines).toEqual([
			'AiCoustics',
			'AiCoustics Quail Large',
			'AiCoustics Quail Small',
			'AiCoustics Rook Large',
			'AiCoustics Rook Small',
			'DeepFilterNet',
			'Denoiser',
			'Krisp',
			'Quail Voice Focus Extra Small',
			'Quail Voice Focus Small',
		]);
		expect(await add('Add option', 'Engine Settings')).toContain('Engine Settings');
		await settings.waitFor();
		expect(await add('Add setting', 'Mode')).toEqual(['Attenuation Limit', 'Mode']);
		const modes = await choose(form().getByTestId('parameter-input-mode'), 'Advanced');
		expect(modes).toEqual(['Standard', 'Advanced']);

		await choose(engine, 'Quail Voice Focus Small');
		await settings.waitFor({ state: 'detached' });
	});

	it.each([
		['Krisp', ['Model', 'Suppression Level']],
		['AiCoustics', ['Enhancement Level', 'Model Family', 'Model Size', 'Voice Gain']],
	])('has the settings of %s', async (name, settings) => {
		await goTo('Noise Suppression', 'Start');
		await add('Add option', 'Engine');
		await choose(form().getByTestId('parameter-input-noise_suppression_engine'), name);

		await add('Add option', 'Engine Settings');

		expect(await add('Add setting', settings[0])).toEqual(settings);
	});

	it('has all settings when an expression chooses the engine', async () => {
		await goTo('Noise Suppression', 'Start');
		await add('Add option', 'Engine');
		const label = form().locator('label[for=noise_suppression_engine]');
		await label.hover();
		await label.getByRole('radio', { name: 'Expression' }).click();
		const engine = form().getByTestId('parameter-input-noise_suppression_engine');
		await engine
			.getByRole('textbox')
			.fill("{{ $json.payload.digit === '1' ? 'Krisp' : 'Denoiser' }}");
		// Closes the panel that n8n opens below the expression.
		await form().locator('label[for=options]').click();
		await becomes(
			() => form().getByTestId('parameter-expression-preview-noise_suppression_engine').innerText(),
			'Krisp',
		);

		await add('Add option', 'Engine Settings');

		await adder(form(), 'Add setting').waitFor();
		expect(await add('Add setting', 'Suppression Level')).toEqual([
			'Attenuation Limit',
			'Enhancement Level',
			'Mode',
			'Model',
			'Model Family',
			'Model Size',
			'Suppression Level',
			'Voice Gain',
		]);
	});

	async function goTo(resource: string, operation: string) {
		await choose(form().getByTestId('parameter-input-resource'), resource);
		await choose(form().getByTestId('parameter-input-operation'), operation);
	}

	const add = async (label: string, name: string) => await addTo(form(), label, name);
});

describe('the trigger', () => {
	let dialog: Locator;
	const openTrigger = async () => (dialog = await openNode(page, ids.trigger, TRIGGER));
	const shownUrl = async () => asLocal((await dialog.locator('.webhook-url').innerText()).trim());

	it('says how to set up Telnyx by hand', async () => {
		await openTrigger();

		const notices = () => texts(dialog.getByTestId('node-parameters').getByRole('alert'));
		await becomes(notices, [
			"Open 'Webhook URLs' above and copy the 'Production URL'. In the Telnyx portal (Voice > Programmable Voice) edit your application: paste it into 'Send a webhook to the URL', and set the webhook API version to 'API v2'. Publish this workflow.",
		]);
		const portal = dialog.getByRole('link', { name: 'Telnyx portal' });
		expect(await portal.getAttribute('href')).toBe(
			'https://portal.telnyx.com/#/call-control/applications',
		);
		await dialog
			.getByRole('heading', { name: 'Press the button, then call your number' })
			.waitFor();
		await dialog.getByText(/^A test takes one event. Publish the workflow/).waitFor();
		await dialog.getByText('When will this node trigger my flow?').click();
		await dialog.getByText(/^While you build the workflow, press the button above/).waitFor();
	});

	it('says what automatic setup does, and lists the applications of the account', async () => {
		const form = dialog.getByTestId('node-parameters');
		await choose(form.getByTestId('parameter-input-setup'), 'Automatic');

		await becomes(() => texts(form.getByRole('alert')), [TEST_NOTICE]);
		await form.getByTestId('resource-locator-connection_id').locator('input').last().click();
		const entries = page.locator('[data-test-id=rlc-item]:visible');
		await becomes(() => texts(entries), ['Sales line', 'Support line']);
		await entries.getByText('Support line').click();
		await becomes(
			async () => (await shown(form)).slice(0, 4),
			[
				'Credential',
				'Webhook URL Setup: Automatic',
				'Application',
				'Use the Application for Tests',
			],
		);
	});

	it('has one notice at a time, and shows what to check if nothing arrives', async () => {
		const form = dialog.getByTestId('node-parameters');
		const notices = form.getByRole('alert');
		const switchFor = (name: string) => form.getByTestId(`parameter-input-${name}`);
		await switchFor('help').locator('.el-switch').click();
		await notices.getByText(/^A test takes one event, within two minutes/).waitFor();
		await becomes(() => notices.count(), 1);
		expect(await notices.locator('li').count()).toBe(5);

		await switchFor('help').locator('.el-switch').click();
		await becomes(() => texts(notices), [TEST_NOTICE]);
		await switchFor('borrow_url').locator('.el-switch').click();
		await becomes(() => texts(notices), []);
		await choose(form.getByTestId('parameter-input-setup'), 'Manual');
	});

	it('finds the event for a key by that word', async () => {
		await dialog.getByTestId('parameter-input-events').locator('input').first().click();
		await page.keyboard.type('key');
		const entries = page.locator('.el-select-dropdown__item:visible');
		const names = async () =>
			(await entries.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
		await becomes(names, ['Key Pressed (DTMF)', 'Keys Entered (Gather Ended)']);
		await page.keyboard.press('Escape');
	});

	it('shows the filters and options that were added', async () => {
		const form = dialog.getByTestId('node-parameters');
		expect(await addTo(form, 'Add Filter', 'From')).toEqual([
			'Application IDs',
			'Client State',
			'Direction',
			'From',
			'To',
		]);
		expect(await addTo(form, 'Add Option', 'More Event Types')).toEqual([
			'Duplicate Events',
			'More Event Types',
			'Simplify',
		]);
	});

	it('listens at the URL that it shows until a chosen event arrives', async () => {
		await dialog.getByTitle('Click to display webhook URLs').click();
		await dialog.getByRole('radio', { name: 'Production URL' }).click();
		const production = n8n.webhookUrl(ids.trigger);
		await becomes(shownUrl, production);
		await dialog.getByRole('radio', { name: 'Test URL' }).click();
		await becomes(shownUrl, production.replace('hook/', 'hook-test/'));
		const url = await shownUrl();
		await dialog.getByRole('button', { name: 'Execute step' }).first().click();
		const listening = dialog.getByText('Listening for test event');
		await listening.waitFor();

		expect(await deliver(url, event('call.hangup', {}))).toBe(200);
		expect(await deliver(url, event('call.answered', {}))).toBe(200);
		await listening.waitFor();
		const wanted = event('call.dtmf.received', { step: 'menu' }, { digit: '5' });
		expect(await deliver(url, wanted)).toBe(200);

		const output = dialog.getByTestId('output-panel');
		await output.getByText('1 item', { exact: true }).waitFor();
		await output.getByRole('radio', { name: 'JSON' }).click();
		await output.getByText(`"${wanted.data.payload.call_control_id}"`).waitFor();
		const json = await output.getByTestId('ndv-data-container').innerText();
		expect(JSON.parse(json.replace(/\u00a0/g, ' '))).toEqual([
			{ ...wanted.data, meta: wanted.meta, client_state: { step: 'menu' } },
		]);
		await listening.waitFor({ state: 'detached' });
	});

	it('has an output for each event, with a name that is not cut off', async () => {
		await openWorkflow(page, ids.outputs);
		const outputs = nodeOnCanvas(TRIGGER).getByTestId('canvas-node-output-handle');
		await becomes(() => texts(outputs), ['Answered', 'Keys Entered', 'Conferences', 'Other']);
		expect(await namesCutOff()).toEqual([]);
	});

	it('cannot be published without a public key, and n8n says why', async () => {
		await openWorkflow(page, ids.keyless);
		await page.getByTestId('workflow-open-publish-modal-button').click();
		await page.getByTestId('workflow-publish-button').click();

		const said = page.getByRole('alert').filter({ hasText: 'Workflow could not be published' });
		await said.waitFor();
		expect(await said.innerText()).toContain(
			"Webhooks cannot be verified. The credential has no public key, and Telnyx's API did not give it",
		);
	});
});

describe('a failing item', () => {
	it('is named, and the message says what happened and what to do', async () => {
		const dialog = await openNode(page, ids.failing, 'Send DTMF');
		await dialog.getByTestId('node-execute-button').click();

		const output = dialog.getByTestId('output-panel');
		// n8n's editor adds the item only once it has loaded the input.
		const message = async () => await output.getByTestId('node-error-message').innerText();
		await becomes(
			async () => (await message()).replace(/ \[item 1\]$/, ''),
			'The call has already ended',
		);
		expect(await output.getByTestId('node-error-description').innerText()).toContain(
			"set 'On Error' in the settings of this node to continue. Telnyx says: Call has already ended: This call is no longer active and can't receive commands (code 90018).",
		);
		await output.getByText('From Telnyx Advanced').click();
		await output.getByText('422', { exact: true }).waitFor();
	});
});

(PICTURES ? it : it.skip)(
	'takes the pictures',
	async () => {
		const press = async (url: string) => await deliver(asLocal(url), pressedKey);
		await takePictures({ browser, signedIn: page, n8n, publicKey: account.publicKey, press });
	},
	600_000,
);

/** Answers like Telnyx, as far as these tests need it. */
function asTelnyx({ headers, method, url }: Recorded): Answer {
	if (url.startsWith('/v3')) return { status: 404, body: 'Not Found' };
	if (headers.authorization !== `Bearer ${API_KEY}`) {
		return refusal(401, '10009', 'Authentication failed', 'No key found matching the ID');
	}
	if (decodeURIComponent(url).includes(ENDED_CALL)) {
		const detail = "This call is no longer active and can't receive commands.";
		return refusal(422, '90018', 'Call has already ended', detail);
	}
	if (url.startsWith('/v2/call_control_applications?')) {
		const data = ['Sales line', 'Support line'].map((application_name, i) => ({
			id: String(7_000 + i),
			application_name,
		}));
		return { body: { data, meta: { total_pages: 1 } } };
	}
	return { body: method === 'GET' ? { data: [], meta: {} } : { data: { result: 'ok' } } };
}

const refusal = (status: number, code: string, title: string, detail: string) => ({
	status,
	body: { errors: [{ code, title, detail }] },
});

/** Sends a webhook as Telnyx would, signed now. */
async function deliver(url: string, content: object) {
	const body = toBody(content);
	const { status } = await axios.post(url, Buffer.from(body), {
		headers: account.headers(body),
		validateStatus: () => true,
	});
	return status;
}

/** n8n listens on 127.0.0.1 and calls it localhost. */
const asLocal = (url: string) => url.replace('//localhost:', '//127.0.0.1:');

const edgeTo = (name: string) =>
	page.locator(
		`[data-test-id=edge][data-source-node-name="${TRIGGER}"][data-target-node-name="${name}"]`,
	);
