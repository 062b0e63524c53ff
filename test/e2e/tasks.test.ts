/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { startSimulator } from '../simulator';
import { openBrowser, signIn } from '../support/browser';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { startN8n, webhooksReady } from '../support/realN8n';
import { personAt } from './person';

/**
 * What people want a phone number to do first, built from an empty canvas with few clicks and fields, and
 * then called.
 */

const [HOURS, MENU] = ['Opening hours', 'Front desk'];

/** Where to leave a picture of every form, for those who change them. */
const { PICTURES_IN } = process.env;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let browser: Browser;
let page: Page;
const { add, backToCanvas, click, fill, form, plusBehind, steps, switchOf, textIn } = personAt(
	() => page,
	async (step) => await picture(`task ${step}`),
);

beforeAll(async () => {
	browser = await openBrowser();
	simulator = await startSimulator({ applications: [{ name: HOURS }, { name: MENU }] });
	n8n = await startN8n({
		credentials: [storedCredential(simulator, { name: 'Telnyx account' })],
		workflows: [],
	});
	page = await signIn(browser, n8n, { viewport: { width: 1440, height: 1100 } });
}, 300_000);

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await simulator?.close();
}, 60_000);

it('tells the opening hours and hangs up', async () => {
	const taken = await stepsOf(async () => {
		await answeredCallsOf(HOURS);
		await click('the plus behind Answered', plusBehind('Answer call'));
		await add('say', 'Telnyx Phone Call', 'Say something');
		await fill('Text', textIn('text'), 'We are open from nine to five. Goodbye!');
		await click('Hang Up Afterwards', switchOf('hang_up'));
		await backToCanvas();
	});
	expect([taken, taken.length <= 22]).toEqual([taken, true]);

	await publish('We are open from nine to five', 1);
	const leg = callTo(HOURS);
	await eventually('the end of the call', () => leg.state === 'ended');
	expect(leg.heard).toMatchObject([{ text: 'We are open from nine to five. Goodbye!' }]);
}, 120_000);

describe('a menu', () => {
	const PROMPT = 'Press 1 for our opening hours, or 2 for our address.';

	it('takes few clicks and fields', async () => {
		const taken = await stepsOf(async () => {
			await answeredCallsOf(MENU);
			await click('the plus behind Answered', plusBehind('Answer call'));
			await add('keypad', 'Telnyx Phone Call', 'Ask for key or digits');
			await fill('Text', textIn('text'), PROMPT);
			await fill('the first name', textIn('name', 0), 'Hours');
			await fill('what is said', textIn('say', 0), 'We are open from nine to five. Goodbye!');
			await click('Hang Up Afterwards', switchOf('hang_up', 0));
			await fill('the second name', textIn('name', 1), 'Address');
			await fill('what is said', textIn('say', 1), 'You find us in Market Street 5. Goodbye!');
			await click('Hang Up Afterwards', switchOf('hang_up', 1));
			await backToCanvas();
		});
		expect([taken, taken.length <= 25]).toEqual([taken, true]);
		await publish(PROMPT, 2);
	}, 120_000);

	it.each([
		['presses 1', ['1'], 'We are open from nine to five. Goodbye!'],
		['presses 2', ['2'], 'You find us in Market Street 5. Goodbye!'],
		['needs two more tries', ['8', '9', '1'], 'We are open from nine to five. Goodbye!'],
	])('answers a caller who %s', async (_who, keys, words) => {
		const leg = callTo(MENU);
		const prompts = () => leg.heard.filter(({ text }) => text.includes('Press 1')).length;
		for (const [index, key] of keys.entries()) {
			await eventually('the question', () => prompts() === index + 1);
			simulator.press(leg.call_control_id, key);
		}
		await eventually('the end of the call', () => leg.state === 'ended');
		expect(leg.heard.at(-1)).toMatchObject({ text: words });
	});
});

/** The clicks and fields that something takes. */
async function stepsOf(build: () => Promise<void>): Promise<string[]> {
	const before = steps.length;
	await build();
	return steps.slice(before);
}

/** A new workflow that takes the calls of an application, as a person begins it. */
async function answeredCallsOf(application: string) {
	await page.goto('/workflow/new');
	await click('the first step', page.getByTestId('canvas-add-button'));
	await add('incoming call', 'Telnyx Advanced', 'When a call comes in');
	await click('the applications', form().getByTestId('rlc-input'));
	await click(application, page.getByTestId('rlc-item').filter({ hasText: application }));
	await backToCanvas();
	await click('the plus behind the trigger', plusBehind('Telnyx Advanced Trigger'));
	await add('answer', 'Telnyx Phone Call', 'Answer call');
	await backToCanvas();
}

/**
 * Publishes the workflow on the canvas once all of it is saved: the editor saves by itself as well, so what
 * is saved may be older than the last field.
 */
async function publish(words: string, switches: number) {
	await page.keyboard.press('Control+s');
	const { id, versionId } = await eventually('all fields to be saved', async () => {
		const { data: all } = (await n8n.rest('GET', '/workflows')).body;
		for (const { id: one } of all as Array<{ id: string }>) {
			const { data } = (await n8n.rest('GET', `/workflows/${one}`)).body;
			const nodes = JSON.stringify(data.nodes);
			const isWhole = nodes.match(/"hang_up":true/g)?.length === switches;
			if (nodes.includes(words) && isWhole) return data as { id: string; versionId: string };
		}
		return undefined;
	});
	await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
	await webhooksReady(n8n.rest, id);
}

/** Calls the number of an application. */
function callTo(name: string) {
	const { data } = [...simulator.applications.values()].find(
		({ data: { application_name } }) => application_name === name,
	)!;
	const { call_control_id: id } = simulator.placeCall({ applicationId: data.id });
	return simulator.calls.get(id)!;
}

async function picture(name: string) {
	if (PICTURES_IN) await page.screenshot({ path: join(PICTURES_IN, `${name}.png`) });
}
