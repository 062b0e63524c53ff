/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import {
	chromium,
	selectors,
	type Browser,
	type Page,
	type Locator,
	type BrowserContextOptions,
} from 'playwright-core';

import { PATIENCE_MS } from './eventually';

// What n8n marks the parts of its editor with.
selectors.setTestIdAttribute('data-test-id');

/** What Chromium and its relatives are called on Linux and macOS. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const MACOS = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * The browser to test with: `$CHROME_PATH`, or the first that is installed.
 * @returns its program
 * @throws with what to install
 */
function findBrowser(): string {
	const { CHROME_PATH, PATH = '' } = process.env;
	if (CHROME_PATH) {
		if (isProgram(CHROME_PATH)) return CHROME_PATH;
		throw new Error(`CHROME_PATH is '${CHROME_PATH}', which is not a program.`);
	}
	const folders = PATH.split(delimiter).filter(Boolean);
	const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	const found = [...inPath, ...MACOS].find(isProgram);
	if (found) return found;
	throw new Error(
		'These tests need Chromium or Chrome, and none is installed. Debian and Ubuntu: apt install chromium. macOS: brew install --cask google-chrome. CHROME_PATH names one that is somewhere else.',
	);
}

function isProgram(path: string) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Starts the browser without a window. It ends with `close`, or when we end. */
export async function openBrowser(): Promise<Browser> {
	return await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
}

/**
 * Opens a page of a session of its own, in which addresses such as `/signin` are those of n8n.
 */
export async function openPage(
	browser: Browser,
	{ url }: { url: string },
	options: BrowserContextOptions = {},
): Promise<Page> {
	const context = await browser.newContext({
		baseURL: url,
		locale: 'en-US',
		viewport: { width: 1440, height: 900 },
		...options,
	});
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

/** The same, with the owner signed in as people do it. */
export async function signIn(
	browser: Browser,
	n8n: { url: string; owner: { email: string; password: string } },
	options?: BrowserContextOptions,
): Promise<Page> {
	const page = await openPage(browser, n8n, options);
	await page.goto('/signin');
	await page.locator('input[name="emailOrLdapLoginId"]').fill(n8n.owner.email);
	await page.locator('input[name="password"]').fill(n8n.owner.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL((now) => !now.pathname.includes('signin'));
	return page;
}

/**
 * Opens a workflow in n8n's editor.
 * @param page signed in
 */
export async function openWorkflow(page: Page, workflowId: string) {
	await page.goto(`/workflow/${workflowId}`);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
}

/**
 * Opens a workflow and in it the form of a node.
 * @param page signed in
 * @returns the dialog with input, form and output
 */
export async function openNode(page: Page, workflowId: string, nodeId: string): Promise<Locator> {
	await page.goto(`/workflow/${workflowId}/${encodeURIComponent(nodeId)}`);
	const dialog = page.getByTestId('ndv');
	await dialog.getByTestId('node-parameters').waitFor();
	return dialog;
}
