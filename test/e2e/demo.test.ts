/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { OWN_LINE } from '../demo/lines';
import { openBrowser, openPage } from '../support/browser';
import { eventually } from '../support/eventually';
import { start } from '../support/guarded';
import { installN8n } from '../support/installN8n';
import { signIn, type Rest } from '../support/n8nSession';
import { webhooksReady } from '../support/realN8n';

const ROOT = join(__dirname, '../..');
const PHONE_PORT = 5698;
const PICTURES = process.env.PICTURES === '1';
const PICTURE = join(ROOT, 'docs/images/phone.png');

/** A run of `npm run demo`. */
interface Launched {
	/** What it has printed so far. */
	said(): string;
	ended: Promise<number>;
	/** Presses Ctrl-C. */
	interrupt(): Promise<number>;
}

/** A run that is ready: it has printed what to do next. */
interface Run extends Launched {
	editor: string;
	phone: string;
	owner: { email: string; password: string };
}

let cache: string;
let somebody: Server | undefined;
let browser: Browser;
let page: Page;
let run: Run;
const launched: Launched[] = [];

beforeAll(async () => {
	// A separate demo that uses the n8n that is already installed.
	const { folder } = await installN8n();
	cache = await mkdtemp(join(tmpdir(), 'telnyx-demo-'));
	await symlink(folder, join(cache, basename(folder)));
	somebody = await occupy(PHONE_PORT);
	browser = await openBrowser();
	run = await demo();
	page = await openPage(browser, { url: run.phone });
});

afterAll(async () => {
	await browser?.close();
	for (const { interrupt } of launched) await interrupt();
	somebody?.close();
	await rm(cache, { recursive: true, force: true });
});

it('prints in three lines where everything is', () => {
	const lines = run.said().trim().split('\n').slice(-3);

	expect(lines.map((line) => line.split(' ')[0])).toEqual(['Phone', 'Editor', 'Next']);
});

it('says that a port is in use, and uses another one', () => {
	expect(run.said()).toMatch(/^Port 5698 is taken, so the phone gets port \d+$/m);
});

describe('the phone', () => {
	const phone = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
	const heard = async (text: string) =>
		await page.locator('#phone .talk').getByText(text).waitFor();
	const timeline = async () => await page.locator('#rows .what').allInnerTexts();

	const choose = async (name: string) =>
		await page.getByLabel('You call').selectOption({ label: await labelOf(name) });
	const hint = () => page.locator('#hint');

	it('starts with a line for your own workflow, and says what to do with it', async () => {
		await page.goto('/');
		await page.getByText('Live').waitFor();

		await hint().getByText('This line is free for a workflow of your own').waitFor();
		expect(await page.locator('#phone .name').innerText()).toBe('Yours: free to try');
		expect(await page.locator('#rows .what').count()).toBe(0);
	});

	it('calls, and the menu answers', async () => {
		await choose('Keypad menu');

		await phone('Call').click();

		await heard('Press 1 for your order');
		expect(await page.locator('#phone .name').innerText()).toBe('Keypad menu');
	});

	it('has a keypad, and the workflow receives the keys', async () => {
		await page.locator('#phone .keys button').nth(1).click();

		await heard('nine to five');
	});

	it('shows that the workflow hung up, and everything that happened', async () => {
		await page.locator('#phone .status').getByText('Call ended').waitFor();

		await eventually('the timeline', async () => (await timeline()).at(-1) === 'call.hangup');
		expect(await timeline()).toEqual([
			'You call',
			'call.initiated',
			'answer',
			'call.answered',
			'gather_using_speak',
			'You press',
			'call.dtmf.received',
			'call.gather.ended',
			'speak',
			'call.speak.started',
			'call.speak.ended',
			'hangup',
			'call.hangup',
		]);
	});

	it('hangs up', async () => {
		await phone('Call').click();
		await page.locator('#phone[data-state=talking]').waitFor();

		await phone('Hang up').click();

		await page.locator('#phone .status').getByText('Call ended').waitFor();
		await phone('Call').waitFor();
	});

	(PICTURES ? it : it.skip)('takes the picture of the phone', async () => {
		await page.setViewportSize({ width: 1240, height: 790 });
		await page.goto('/');
		await choose('Keypad menu');
		await phone('Call').click();
		await heard('Press 1 for your order');
		await page.locator('#phone .keys button').nth(1).click();
		await heard('nine to five');
		await page.mouse.move(2, 2);
		await page.screenshot({ path: PICTURE, animations: 'disabled' });
		await phone('Hang up').click();
	});

	it('has a link to the workflow in the editor', async () => {
		const opened = page.context().waitForEvent('page');
		await page.getByRole('link', { name: 'Open in n8n' }).click();

		const editor = await opened;
		await editor.locator('[data-test-id=canvas-node][data-node-name="Main Menu"]').waitFor();
		await editor.close();
	});
});

describe('a line', () => {
	const hint = async (text: string | RegExp) =>
		await eventually('the hint', async () => (await page.locator('#hint').innerText()).match(text));
	const rest = async () => (await signIn(await n8nOf(run), run.owner)).rest;
	const publish = async (ask: Rest, id: string) => {
		const { versionId } = (await ask('GET', `/workflows/${id}`)).body.data;
		await ask('POST', `/workflows/${id}/activate`, { versionId });
		await webhooksReady(ask, id);
	};
	let own: string;

	it('belongs to the workflow that is published with it, and the phone shows that workflow', async () => {
		const ask = await rest();
		const { nodes } = (await ask('GET', '/workflows/keypad-menu')).body.data;
		const [trigger] = nodes.filter(({ webhookId }: { webhookId?: string }) => webhookId);
		const made = await ask('POST', '/workflows', {
			name: 'Opening hours',
			nodes: [{ ...trigger, id: 'own', webhookId: 'own', parameters: onLine(OWN_LINE.id) }],
			connections: {},
			settings: {},
		});
		own = made.body.data.id;
		await publish(ask, own);
		await page.goto('/');

		await page.locator('#phone .name').getByText('Opening hours').waitFor();
		await hint(/^$/);
		const link = page.getByRole('link', { name: 'Open in n8n' });
		expect(await link.getAttribute('href')).toMatch(new RegExp(`/workflow/${own}$`));
	});

	it('is free again once its workflow is unpublished, so that another one can use it', async () => {
		const ask = await rest();
		await ask('POST', `/workflows/${own}/deactivate`);
		await hint(/^This line is free/);

		await ask('POST', '/workflows/voicemail/deactivate');
		await page.getByLabel('You call').selectOption({ label: await labelOf('Voicemail') });
		await hint(/^The example “Voicemail” is not published/);
		expect(await page.getByLabel('Webhooks go to').inputValue()).toBe('');
		const { body } = await ask('GET', `/workflows/${own}`);
		const [trigger] = body.data.nodes;
		const application = await page.getByLabel('You call').inputValue();
		await ask('PATCH', `/workflows/${own}`, {
			versionId: body.data.versionId,
			nodes: [{ ...trigger, parameters: onLine(application) }],
		});
		await publish(ask, own);

		await page.locator('#phone .name').getByText('Opening hours').waitFor();
		await ask('POST', `/workflows/${own}/deactivate`);
		await hint(/is not published/);
		await publish(ask, 'voicemail');
		await page.locator('#phone .name').getByText('Voicemail').waitFor();
	});
});

it('opens the editor without asking for a password', async () => {
	const editor = await openPage(browser, { url: run.editor });
	await editor.goto('/');

	await editor.locator('[data-test-id=canvas-node][data-node-name="Main Menu"]').waitFor();
	await editor.context().close();
});

it('does not run twice at the same time', async () => {
	const second = launch();

	expect(await second.ended).toBe(1);
	expect(second.said()).toMatch(/The demo is running already, as process \d+\. End that one first/);
});

it('lists the options if it does not know one', async () => {
	const second = launch('--help');

	expect(await second.ended).toBe(1);
	expect(second.said()).toContain("'npm run demo -- --reset' starts afresh");
});

it('stops on Ctrl-C, and leaves nothing running', async () => {
	const { rest } = await signIn(await n8nOf(run), run.owner);
	await rest('PATCH', '/workflows/keypad-menu', { name: 'My menu' });

	await run.interrupt();

	expect(run.said().trim().split('\n').at(-1)).toBe('Ending');
	for (const url of [run.editor, run.phone]) await expect(fetch(url)).rejects.toThrow();
});

it('starts again as it was left', async () => {
	const { owner } = run;
	run = await demo();

	expect(run.owner).toEqual(owner);
	expect(await nameOfMenu()).toBe('My menu');
	await run.interrupt();
});

it('starts afresh with --reset', async () => {
	const { password } = run.owner;
	run = await demo('--reset');

	expect(run.owner.password).not.toBe(password);
	expect(await nameOfMenu()).not.toBe('My menu');
	await run.interrupt();
});

const labelOf = async (name: string) =>
	await page.locator('#application option', { hasText: name }).innerText();

/** The parameters of a trigger that starts with every event of an application. */
const onLine = (application: string) => ({
	setup: 'automatic',
	connection_id: { __rl: true, mode: 'id', value: application },
	events: ['*'],
});

/** Starts the demo, and waits until it prints what to do next. */
async function demo(...options: string[]): Promise<Run> {
	const program = launch(...options);
	const { ended, said } = program;
	let isOver = false;
	void ended.then(() => (isOver = true));
	const next = async () => {
		if (isOver) throw new Error(`The demo ended:\n${said()}`);
		return /^Next /m.test(said());
	};
	await eventually('the demo', next, 240_000);
	const [, phone = ''] = /^Phone +(\S+)/m.exec(said()) ?? [];
	const [, editor = '', email = '', password = ''] =
		/^Editor +(\S+).* (\S+@\S+), password (\w+)/m.exec(said()) ?? [];
	return {
		...program,
		editor,
		phone,
		owner: { email, password },
	};
}

/** Starts the demo in a process group of its own, as a terminal does; the shell prints the group's ID. */
function launch(...options: string[]): Launched {
	const command = ['echo "group $$"; exec npm run demo --', ...options].join(' ');
	const program = start('sh', ['-c', command], {
		cwd: ROOT,
		env: { ...process.env, N8N_TEST_CACHE: cache },
	});
	let printed = '';
	program.output.on('data', (text) => (printed += text));
	let isOver = false;
	const ended = program.ended.finally(() => (isOver = true));
	const made: Launched = {
		said: () => printed,
		ended,
		async interrupt() {
			const group = await eventually('the process', () => /^group (\d+)/.exec(printed)?.[1]);
			if (!isOver) process.kill(-Number(group), 'SIGINT');
			return await ended;
		},
	};
	launched.push(made);
	return made;
}

/** The address of n8n, to which the demo's link to the editor redirects. */
async function n8nOf({ editor }: Run) {
	const { headers } = await fetch(editor, { redirect: 'manual' });
	return new URL(headers.get('location') ?? '').origin;
}

async function nameOfMenu() {
	const { rest } = await signIn(await n8nOf(run), run.owner);
	return (await rest('GET', '/workflows/keypad-menu')).body.data.name;
}

/** Occupies a port, unless it is in use already. */
async function occupy(port: number): Promise<Server | undefined> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}
