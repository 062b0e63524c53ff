/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import type { Browser, Page } from 'playwright-core';
import Telnyx from 'telnyx';

import { startSimulator, type Simulator } from '../simulator';
import { openBrowser, openPage } from '../support/browser';
import { eventually } from '../support/eventually';
import { startRecorder, type Recorder } from '../support/recorder';

const LOOK = process.env.LOOK;

let receiver: Recorder;
let simulator: Simulator;
let client: Telnyx;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	receiver = await startRecorder();
	simulator = await startSimulator({
		applications: [{ name: 'Ring group', webhookUrl: new URL('/hook', receiver.baseUrl).href }],
	});
	const { apiKey, baseUrl, publicKey } = simulator;
	client = new Telnyx({ apiKey, baseURL: baseUrl, publicKey, maxRetries: 0 });
	browser = await openBrowser();
	page = await openPage(browser, { url: simulator.phoneUrl });
	await page.goto('/');
	await page.getByText('Live').waitFor();
});

afterAll(async () => {
	await browser?.close();
	await simulator?.close();
	await receiver?.close();
});

const own = () => page.locator('#phone');
const agent = (number: string) => page.getByRole('group', { name: `Phone ${number}` });
const press = async (phone: ReturnType<typeof own>, name: string) =>
	await phone.getByRole('button', { name, exact: true }).click();
const says = async (phone: ReturnType<typeof own>, text: string) =>
	await phone.locator('.talk').getByText(text).waitFor();
const caller = () => [...simulator.calls.keys()][0];
const transcripts = () =>
	receiver.requests
		.map(({ body }) => JSON.parse(body).data)
		.filter(({ event_type }) => event_type === 'call.transcription')
		.map(({ payload }) => payload.transcription_data);

/** Rings an agent who is connected with the caller on answering. */
const ring = async (to: string) =>
	await client.calls.dial({
		connection_id: [...simulator.applications.keys()][0],
		from: '+13125550100',
		to,
		link_to: caller(),
		bridge_on_answer: true,
		prevent_double_bridge: true,
	});

it('sends what is typed as interim results, and as a final one on Enter', async () => {
	await press(own(), 'Call');
	await eventually('the call', () => simulator.calls.size === 1);
	await client.calls.actions.answer(caller(), {});
	await client.calls.actions.startTranscription(caller(), {
		transcription_engine: 'Google',
		transcription_engine_config: { transcription_engine: 'Google', interim_results: true },
	});
	await own().getByText('Transcribing').waitFor();
	const words = own().getByLabel('Say something');
	await words.pressSequentially('I want to talk to somebody', { delay: 30 });
	await words.press('Enter');

	await says(own(), 'I want to talk to somebody');
	await eventually('the words', () => transcripts().at(-1)?.is_final === true);
	expect(transcripts().at(-1)).toMatchObject({ transcript: 'I want to talk to somebody' });
	expect(transcripts().slice(0, -1).length).toBeGreaterThan(0);
	expect(
		transcripts()
			.slice(0, -1)
			.every(({ is_final }) => is_final === false),
	).toBe(true);
});

it('strikes through what was cut off', async () => {
	const text = 'Please hold the line while we look for somebody who can help you.';
	await client.calls.actions.speak(caller(), { payload: text, voice: 'female' });
	await says(own(), text);
	await client.calls.actions.stopPlayback(caller(), {});

	await own().locator('s').getByText(text).waitFor();
	await says(own(), 'Cut off after');
});

it('has a phone for each number that is dialed', async () => {
	await ring('+13125550161');
	await ring('+13125550162');
	await ring('+13125550163');

	await agent('+13125550161').getByText('Rings', { exact: true }).waitFor();
	await press(agent('+13125550161'), 'Busy');
	await agent('+13125550161').getByText('Busy', { exact: true }).waitFor();
	await press(agent('+13125550162'), 'Answer');
	await own().getByText('Connected with +1 312 555 0162').waitFor();
	await agent('+13125550163').getByText('Rings', { exact: true }).waitFor();
	await look();
});

it('lets both hear each other', async () => {
	const words = agent('+13125550162').getByLabel('Say something');
	await words.fill('How can I help you?');
	await words.press('Enter');

	await says(own(), 'How can I help you?');
	await press(agent('+13125550163'), 'Answering machine');
	await agent('+13125550163').getByText('Call ended').waitFor();
	await press(agent('+13125550162'), 'Hang up');
	await own().getByText('Call ended').waitFor();
});

it('says that a workflow hung up while it was speaking', async () => {
	await press(own(), 'Call');
	await eventually('the call', () => simulator.calls.size === 5);
	const id = [...simulator.calls.keys()].at(-1) ?? '';
	await client.calls.actions.answer(id, {});
	await client.calls.actions.speak(id, { payload: 'Goodbye, and thank you', voice: 'female' });
	await client.calls.actions.hangup(id, {});

	await page.locator('.advice').getByText('wait for the outcome').waitFor();
	await own().locator('s').getByText('Goodbye').waitFor();
	await page.locator('#others').waitFor({ state: 'hidden' });
});

it('leaves a sign while it is made hard', async () => {
	await page.getByText('Make it hard').click();
	await page.getByRole('button', { name: 'Webhooks come twice' }).click();
	await page.getByText('Made hard: Webhooks come twice').waitFor();
	await look('hard');
	await page.locator('#hard').getByRole('button', { name: 'All well again' }).click();

	await page.locator('#hard').waitFor({ state: 'hidden' });
});

describe('a browser that speaks and listens', () => {
	let speaking: Page;
	let id: string;
	const said = async () => await speaking.evaluate('globalThis.said');
	const phone = () => speaking.locator('#phone');

	beforeAll(async () => {
		speaking = await openPage(browser, { url: simulator.phoneUrl });
		await speaking.addInitScript(SPEECH);
		await speaking.goto('/');
		const calls = simulator.calls.size;
		await press(phone(), 'Call');
		await eventually('the call', () => simulator.calls.size === calls + 1);
		id = [...simulator.calls.keys()].at(-1) ?? '';
		await client.calls.actions.answer(id, {});
	});

	it('reads out what a workflow says, and stops when it is cut off', async () => {
		await client.calls.actions.speak(id, { payload: 'Good morning', voice: 'female' });
		await says(phone(), 'Good morning');
		await client.calls.actions.stopPlayback(id, {});
		await phone().locator('s').getByText('Good morning').waitFor();

		expect(await said()).toEqual(['Good morning', 'stopped']);
	});

	it('turns what is said into words', async () => {
		await phone().getByRole('button', { name: 'Speak' }).click();

		await says(phone(), 'I have a question');
	});

	it('stays muted', async () => {
		await speaking.locator('#voice').click();
		await speaking.reload();
		await speaking.locator('#voice').getByText('Voice is off').waitFor();
		await client.calls.actions.speak(id, { payload: 'Anybody there?', voice: 'female' });
		await says(phone(), 'Anybody there?');

		expect(await said()).toEqual([]);
	});
});

it('does without a voice and without ears', async () => {
	const silent = await openPage(browser, { url: simulator.phoneUrl });
	const errors: Error[] = [];
	silent.on('pageerror', (error) => errors.push(error));
	await silent.addInitScript(NO_SPEECH);
	await silent.goto('/');
	await says(silent.locator('#phone'), 'Anybody there?');

	expect(await silent.getByRole('button', { name: /Voice|Speak/ }).count()).toBe(0);
	expect(errors).toEqual([]);
});

/** A browser whose voice is a list, and whose microphone hears one sentence. */
const SPEECH = `
globalThis.said = [];
Object.defineProperty(globalThis, 'speechSynthesis', { value: {
	speak: ({ text }) => said.push(text),
	cancel: () => said.push('stopped'),
} });
globalThis.SpeechRecognition = class {
	start() {
		const result = (transcript, isFinal) =>
			this.onresult({ results: [Object.assign([{ transcript }], { isFinal })] });
		result('I have', false);
		result('I have a question', true);
		this.onend();
	}
};`;

const NO_SPEECH = `
for (const name of ['speechSynthesis', 'SpeechRecognition', 'webkitSpeechRecognition']) {
	Object.defineProperty(globalThis, name, { value: undefined });
}`;

async function look(name = 'phones') {
	if (!LOOK) return;
	await page.setViewportSize({ width: 1240, height: 900 });
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.screenshot({
			path: `${LOOK}/${name}-${colorScheme}.png`,
			fullPage: true,
			animations: 'disabled',
		});
	}
}
