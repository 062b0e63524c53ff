/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { startSimulator } from '../simulator';
import { openBrowser, signIn } from '../support/browser';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { startN8n, webhooksReady } from '../support/realN8n';
import { personAt } from './person';

/** A person builds a keypad menu from an empty canvas, with few clicks, and callers can use it. */

/** Where to leave a picture of every form, for those who change them. */
const { PICTURES_IN } = process.env;

const MOST_STEPS = 25;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let browser: Browser;
let page: Page;
const { add, backToCanvas, click, fill, form, plusBehind, steps, switchOf, textIn } = personAt(
	() => page,
	async (step) => await picture(`builder ${step}`),
);

beforeAll(async () => {
	browser = await openBrowser();
	simulator = await startSimulator({ applications: [{ name: 'Front desk' }] });
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

it('takes few clicks and fields', async () => {
	await page.goto('/workflow/new');
	await click('the first step', page.getByTestId('canvas-add-button'));
	await add('incoming call', 'Telnyx Advanced', 'When a call comes in');
	await click('the applications', form().getByTestId('rlc-input'));
	await click('Front desk', page.getByTestId('rlc-item').filter({ hasText: 'Front desk' }));
	await backToCanvas();

	await click('the plus behind the trigger', plusBehind('Telnyx Advanced Trigger'));
	await add('answer', 'Telnyx Phone Call', 'Answer call');
	await backToCanvas();

	await click('the plus behind Answered', plusBehind('Answer call'));
	await add('keypad', 'Telnyx Phone Call', 'Ask for key or digits');
	await fill('Text', textIn('text'), 'Press 1 for our opening hours, or 2 for our address.');
	await fill('the first name', textIn('name', 0), 'Hours');
	await fill('what is said then', textIn('say', 0), 'We are open from nine to five. Goodbye!');
	await click('Hang Up Afterwards', switchOf('hang_up', 0));
	await fill('the second name', textIn('name', 1), 'Address');
	await fill('what is said then', textIn('say', 1), 'You find us in Market Street 5. Goodbye!');
	await click('Hang Up Afterwards', switchOf('hang_up', 1));
	await backToCanvas();
	await picture('builder canvas');

	expect([steps, steps.length <= MOST_STEPS]).toEqual([steps, true]);
}, 120_000);

it.each([
	['1', 'We are open from nine to five. Goodbye!'],
	['2', 'You find us in Market Street 5. Goodbye!'],
])('answers a caller who presses %s', async (key, words) => {
	await publish();
	const { call_control_id: call } = simulator.placeCall({ from: '+13125550101' });
	const leg = simulator.calls.get(call)!;
	const heard = async (text: string) =>
		await eventually(`"${text}"`, () => leg.heard.some((one) => one.text.includes(text)));

	await heard('Press 1 for our opening hours');
	simulator.press(call, key);
	await heard(words);
	await eventually('the end', () => leg.state === 'ended');

	expect(leg.heard).toHaveLength(2);
});

let published: Promise<void> | undefined;

/** As with the button, once. */
const publish = async () => await (published ??= save());

async function save() {
	await page.keyboard.press('Control+s');
	const id = await eventually('the workflow to be saved', async () => {
		const { data } = (await n8n.rest('GET', '/workflows')).body;
		return (data as Array<{ id: string }>)[0]?.id;
	});
	// The editor saves by itself as well, so what is saved may be older than the last field.
	const versionId = await eventually('all fields to be saved', async () => {
		const { data } = (await n8n.rest('GET', `/workflows/${id}`)).body;
		const hangsUp = JSON.stringify(data.nodes).match(/"hang_up":true/g) ?? [];
		return hangsUp.length === 2 && (data.versionId as string);
	});
	await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
	await webhooksReady(n8n.rest, id);
}

async function picture(name: string) {
	if (PICTURES_IN) await page.screenshot({ path: join(PICTURES_IN, `${name}.png`) });
}
