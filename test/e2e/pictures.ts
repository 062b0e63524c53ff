/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { join } from 'node:path';

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

import { openNode, openPage, openWorkflow } from '../support/browser';
import { readExamples } from '../support/examples';
import type { RealN8n } from '../support/realN8n';
import { ACCOUNT, pictureIds, TRIGGER } from './editorWorkflows';

const FOLDER = join(__dirname, '../../docs/images');

/** The workflows as they look once a user has set them up. */
export const examples = readExamples({ id: 'telnyx', name: ACCOUNT });

const MARGIN = 28;

/** The space that the plus behind the last node takes, in pixels. */
const PLUS = 24;

interface Studio {
	browser: Browser;
	/** Signed in already: n8n allows only a few sign-ins a minute. */
	signedIn: Page;
	n8n: RealN8n;
	publicKey: string;
	/** Posts a signed webhook of a pressed key. */
	press: (url: string) => Promise<unknown>;
}

/** Takes the pictures for the README and the docs. n8n has to have the workflows `pictureIds`. */
export async function takePictures({
	browser,
	signedIn,
	n8n,
	publicKey,
	press,
}: Studio): Promise<void> {
	const storageState = await signedIn.context().storageState();
	const on = async (options: BrowserContextOptions, draw: (page: Page) => Promise<void>) => {
		const page = await openPage(browser, n8n, { ...options, storageState });
		await page.goto('/home/workflows');
		await draw(page);
		await page.context().close();
	};
	const wide = { width: 1600, height: 1000 };
	const dialog = { width: 1380, height: 740 };

	await on({ viewport: wide, colorScheme: 'light' }, async (page) => {
		await afterARun(page, pictureIds.light, 'workflow.png');
	});
	await on({ viewport: wide, colorScheme: 'dark' }, async (page) => {
		await afterARun(page, pictureIds.dark, 'workflow-dark.png');
	});
	await on({ viewport: wide, colorScheme: 'light' }, async (page) => {
		for (const { id } of examples) {
			await openWorkflow(page, id);
			await saveCanvas(page, `example-${id}.png`);
		}
	});
	await on({ viewport: { width: 1240, height: 860 }, colorScheme: 'light' }, nodesPanel);
	await on({ viewport: dialog, colorScheme: 'light' }, async (page) => {
		await sendDtmf(page);
		await failure(page);
		await trigger(page, async (url) => await press(url));
	});
	await on({ viewport: { width: 1380, height: 1000 }, colorScheme: 'light' }, async (page) => {
		await ofForm(
			page,
			pictureIds.tool,
			'Call and say something in Telnyx Phone Call',
			'agent-tool',
		);
		await ofForm(page, pictureIds.review, 'review', 'approval-review');
	});
	await on({ viewport: { width: 1180, height: 840 }, colorScheme: 'light' }, async (page) => {
		await credential(page, n8n, publicKey);
	});
}

/** A workflow that has just run. */
async function afterARun(page: Page, workflowId: string, file: string) {
	await openWorkflow(page, workflowId);
	await page.getByTestId('execute-workflow-button').click();
	await page
		.locator('[data-test-id=canvas-node][data-node-name="Send DTMF"]')
		.getByTestId('canvas-node-status-success')
		.waitFor();
	await saveCanvas(page, file);
}

/** The canvas around all nodes, without the editor around it. */
async function saveCanvas(page: Page, file: string) {
	await noToasts(page);
	// They cover the canvas.
	await page.addStyleTag({
		content: ':is(.vue-flow__panel, [class*=_nodeButtonsWrapper_]) { opacity: 0 }',
	});
	await page
		.getByTestId('execute-workflow-button')
		.locator('xpath=../..')
		.evaluate(({ style }) => (style.opacity = '0'));
	// Away from the nodes, which show buttons under the pointer.
	await page.mouse.move(2, 2);
	const parts = ['.vue-flow__node', '[class*=_label_]', '[class*=_subtitle_]'].join(',');
	const found = await page.locator(`.vue-flow :is(${parts}):visible`).all();
	const boxes = (await Promise.all(found.map(async (one) => await one.boundingBox()))).filter(
		(box) => box !== null,
	);
	const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN + PLUS;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN;
	await save(page, file, { x: left, y: top, width: right - left, height: bottom - top });
}

async function nodesPanel(page: Page) {
	await openWorkflow(page, pictureIds.panel);
	await page
		.locator(`[data-test-id=canvas-node][data-node-name="${TRIGGER}"]`)
		.getByTestId('canvas-handle-plus')
		.click();
	await page.getByTestId('node-creator-search-bar').fill('telnyx');
	const panel = page.getByTestId('node-creator');
	await panel.getByText('Telnyx Advanced', { exact: true }).click();
	await panel.getByText('Stop noise suppression').waitFor();
	await page.mouse.move(2, 2);
	await panel.screenshot({ path: join(FOLDER, 'nodes-panel.png'), animations: 'disabled' });
}

/** Input, form and output of a command that was sent. */
async function sendDtmf(page: Page) {
	const dialog = await openNode(page, pictureIds.command, 'Send DTMF');
	await dialog.getByTestId('node-execute-button').click();
	await dialog.getByTestId('output-panel').getByText('1 item', { exact: true }).waitFor();
	await dialog.getByTestId('output-panel').getByRole('radio', { name: 'JSON' }).click();
	await saveDialog(page, 'send-dtmf.png');
}

/** The form of a node that has not run. */
async function ofForm(page: Page, workflowId: string, nodeId: string, file: string) {
	await openNode(page, workflowId, nodeId);
	await saveDialog(page, `${file}.png`);
}

async function failure(page: Page) {
	const dialog = await openNode(page, pictureIds.failing, 'Send DTMF');
	await dialog.getByTestId('node-execute-button').click();
	await dialog.getByTestId('node-error-message').waitFor();
	await dialog.getByText('From Telnyx Advanced').click();
	await dialog.getByTestId('output-panel').getByText('422', { exact: true }).waitFor();
	await saveDialog(page, 'error.png');
}

/** The trigger after it received an event at its test URL. */
async function trigger(page: Page, press: (url: string) => Promise<unknown>) {
	// Otherwise n8n points out, once for each browser, that outputs can be pinned.
	await page.evaluate("localStorage.setItem('N8N_PIN_DATA_DISCOVERY_NDV', 'true')");
	const dialog = await openNode(page, pictureIds.trigger, TRIGGER);
	await dialog.getByTitle('Click to display webhook URLs').click();
	const url = (await dialog.locator('.webhook-url').innerText()).trim();
	await dialog.getByRole('button', { name: 'Execute step' }).first().click();
	await dialog.getByText('Listening for test event').waitFor();
	await press(url);
	const output = dialog.getByTestId('output-panel');
	await output.getByText('1 item', { exact: true }).waitFor();
	await output.getByRole('radio', { name: 'JSON' }).click();
	await saveDialog(page, 'trigger.png');
}

async function credential(page: Page, n8n: RealN8n, publicKey: string) {
	// Otherwise the new one would be called 'account 2'.
	const { data } = (await n8n.rest('GET', '/credentials')).body;
	for (const { id, name } of data) {
		if (name === 'Telnyx Advanced account') await n8n.rest('DELETE', `/credentials/${id}`);
	}
	await page.goto('/home/credentials/create');
	await page.getByTestId('new-credential-type-select').locator('input').fill('telnyx');
	const types = page.getByTestId('new-credential-type-select-option');
	await types.getByText('Telnyx Advanced API', { exact: true }).click();
	await page.getByTestId('new-credential-type-button').click();
	const form = page.getByTestId('credential-edit-dialog');
	await form.getByTestId('parameter-input-apiKey').locator('input').fill('KEY0123456789ABCDEF');
	await form.getByTestId('parameter-input-publicKey').locator('input').fill(publicKey);
	await form.getByTestId('parameter-input-publicKey').locator('input').blur();
	const dialog = page.getByRole('dialog').filter({ has: form }).locator('.el-dialog');
	await saveDialog(page, 'credential.png', dialog);
}

/** The whole page, or only a part of it. */
async function saveDialog(page: Page, file: string, part?: Locator) {
	await noToasts(page);
	await page.mouse.move(2, 2);
	await page.locator('[role=tooltip]').first().waitFor({ state: 'hidden' });
	await (part ?? page).screenshot({ path: join(FOLDER, file), animations: 'disabled' });
}

async function save(
	page: Page,
	file: string,
	clip: { x: number; y: number; width: number; height: number },
) {
	await page.screenshot({ path: join(FOLDER, file), clip, animations: 'disabled' });
}

/** Closes the messages that n8n shows in the corner. */
async function noToasts(page: Page) {
	const toasts = page.locator('.el-notification:visible');
	await toasts.locator('.el-notification__closeBtn').evaluateAll((buttons) => {
		for (const button of buttons) button.dispatchEvent(new Event('click'));
	});
	await toasts.first().waitFor({ state: 'hidden' });
}
