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

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let browser: Browser;
let page: Page;
const { add, backToCanvas, click, fill, form, plusBehind, steps, switchOf, textIn } = personAt(
	() => page,
);

beforeAll(async () => {
	browser = await openBrowser();
	simulator = await startSimulator({
		applications: [{ name: 'Opening hours' }],
	});
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
	await answeredCallsOf('Opening hours');
	await click('the plus behind Answered', plusBehind('Answer call'));
	await add('say', 'Telnyx Phone Call', 'Say something');
	await fill('Text', textIn('text'), 'We are open from nine to five. Goodbye!');
	await click('Hang Up Afterwards', switchOf('hang_up'));
	await backToCanvas();
	expect([steps, steps.length <= 22]).toEqual([steps, true]);

	await publish(['We are open from nine to five', '"hang_up":true']);
	const leg = callTo('Opening hours');
	await eventually('the end of the call', () => leg.state === 'ended');
	expect(leg.heard).toMatchObject([{ text: 'We are open from nine to five. Goodbye!' }]);
}, 120_000);

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

/** Publishes what is on the canvas once it is saved with everything that was filled in. */
async function publish(holds: string[]) {
	await page.keyboard.press('Control+s');
	const { id, versionId } = await eventually('all fields to be saved', async () => {
		const { data: all } = (await n8n.rest('GET', '/workflows')).body;
		const [saved] = all as Array<{ id: string }>;
		if (!saved) return undefined;
		const { data } = (await n8n.rest('GET', `/workflows/${saved.id}`)).body;
		const nodes = JSON.stringify(data.nodes);
		return (
			holds.every((text) => nodes.includes(text)) && (data as { id: string; versionId: string })
		);
	});
	await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
	await webhooksReady(n8n.rest, id);
}

/** Calls the number of an application. */
function callTo(name: string) {
	const { number } = [...simulator.applications.values()].find(
		({ data }) => data.application_name === name,
	)!;
	const { call_control_id: id } = simulator.placeCall({ from: '+13125550101', to: number });
	return simulator.calls.get(id)!;
}
