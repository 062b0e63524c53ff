// @ts-check
const { accessSync, constants } = require('node:fs');
const { delimiter, join } = require('node:path');

const { chromium, selectors } = require('playwright-core');

// What n8n marks the parts of its editor with.
selectors.setTestIdAttribute('data-test-id');

/** What Chromium and its relatives are called on Linux and macOS. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const MACOS = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const PATIENCE_MS = 20_000;

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

/**
 * The browser to test with: `$CHROME_PATH`, or the first that is installed.
 * @returns {string} its program
 * @throws with what to install
 */
function findBrowser() {
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

/** @param {string} path */
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/**
 * Starts the browser without a window. It ends with `close`, or when we end.
 * @returns {Promise<Browser>}
 */
async function openBrowser() {
	return await chromium.launch({ executablePath: findBrowser(), args: FLAGS });
}

/**
 * Opens a page of a session of its own, in which addresses such as `/signin` are those of n8n.
 * @param {Browser} browser
 * @param {{ url: string }} n8n
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @returns {Promise<Page>}
 */
async function openPage(browser, { url }, options = {}) {
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

/**
 * The same, with the owner signed in as people do it.
 * @param {Browser} browser
 * @param {{ url: string, owner: { email: string, password: string } }} n8n
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @returns {Promise<Page>}
 */
async function signIn(browser, n8n, options) {
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
 * @param {Page} page signed in
 * @param {string} workflowId
 */
async function openWorkflow(page, workflowId) {
	await page.goto(`/workflow/${workflowId}`);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
}

/**
 * Opens a workflow and in it the form of a node.
 * @param {Page} page signed in
 * @param {string} workflowId
 * @param {string} nodeId
 * @returns {Promise<Locator>} the dialog with input, form and output
 */
async function openNode(page, workflowId, nodeId) {
	await page.goto(`/workflow/${workflowId}/${encodeURIComponent(nodeId)}`);
	const dialog = page.getByTestId('ndv');
	await dialog.getByTestId('node-parameters').waitFor();
	return dialog;
}

module.exports = { findBrowser, openBrowser, openNode, openPage, openWorkflow, signIn };
