import axios from 'axios';

import { eventually } from '../support/eventually';
import { startHarness, type Harness } from './harness';
import { quickTimings, startSimulator } from './index';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

/** As the page asks. */
const ask = async (method: string, path: string, data?: object, headers = {}) =>
	await axios.request({
		method,
		url: new URL(path, harness.simulator.phoneUrl).href,
		data,
		headers: { 'content-type': 'application/json', ...headers },
		validateStatus: () => true,
	});
const callOf = async () => (await ask('GET', '/simulator/state')).data.calls.at(-1);

describe('the page', () => {
	it('needs nothing from elsewhere', async () => {
		const { data, headers } = await ask('GET', '/');
		expect(headers['content-security-policy']).toContain("default-src 'self'");
		const files = [...data.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => String(file));
		expect(files).toEqual(expect.arrayContaining(['phone.css', 'phone.js']));
		for (const file of files.filter((name) => !name.startsWith('data:'))) {
			const { data: content, status } = await ask('GET', `/${file}`);
			expect([file, status]).toEqual([file, 200]);
			expect(content).not.toMatch(/https?:\/\//);
		}
	});

	it('places a call, presses keys and hangs up', async () => {
		const { data } = await ask('POST', '/simulator/calls', { from: '+13125550188' });
		const act = async (action: string, body = {}) =>
			await ask('POST', `/simulator/calls/${encodeURIComponent(data.id)}/${action}`, body);

		expect((await act('press', { digits: '1' })).data).toEqual({
			error: 'Nobody has answered yet.',
		});
		await harness.client.calls.actions.answer(data.id, {});
		await harness.client.calls.actions.speak(data.id, { payload: 'Good day', voice: 'female' });
		expect((await act('press', { digits: '5' })).status).toBe(200);
		expect(await callOf()).toMatchObject({
			id: data.id,
			from: '+13125550188',
			state: 'answered',
			heard: [{ kind: 'speech', text: 'Good day', playing: true }],
		});
		await act('say', { text: 'Thanks' });
		await act('hangup');
		expect(await callOf()).toMatchObject({ state: 'ended', endCause: 'normal_clearing' });
		expect((await act('dance')).status).toBe(404);
	});

	it('takes a call, lets a machine take it, or declines', async () => {
		const { call_control_id: first } = await dial();
		await ask('POST', `/simulator/calls/${encodeURIComponent(first)}/answer`, { as: 'machine' });
		expect(await callOf()).toMatchObject({ state: 'answered', heard: [{ kind: 'machine' }] });
		const { call_control_id: second } = await dial();
		await ask('POST', `/simulator/calls/${encodeURIComponent(second)}/reject`);
		expect(await callOf()).toMatchObject({ state: 'ended', endCause: 'call_rejected' });
	});

	it('changes where webhooks go', async () => {
		const url = new URL('/other', harness.receiver.baseUrl).href;
		await ask('PATCH', `/simulator/applications/${harness.application}`, { url: ` ${url} ` });
		harness.simulator.placeCall();
		await harness.news();
		expect(harness.receiver.requests.map((request) => request.url)).toEqual(['/other']);
		expect((await ask('PATCH', '/simulator/applications/1', { url })).status).toBe(404);
	});

	it('makes another application', async () => {
		const { data } = await ask('POST', '/simulator/applications', { name: 'Sales' });
		expect(harness.simulator.applications.get(data.id)?.data.application_name).toBe('Sales');
	});

	it('lets things go wrong, and well again', async () => {
		await ask('PATCH', '/simulator/faults', {
			latencyMs: 1,
			duplicateWebhooks: true,
			fail: { count: 2, status: 503 },
			drop: { after: true },
			rateLimit: { limit: 5, windowMs: 1000 },
			eventOffsetMs: -20,
			webhookRetries: false,
			callRefusal: 'D13',
		});
		expect((await ask('GET', '/simulator/faults')).data).toEqual({
			latencyMs: 1,
			failing: 2,
			dropping: 1,
			rateLimit: { limit: 5, windowMs: 1000 },
			duplicateWebhooks: true,
			reorderWebhooks: false,
			delayWebhooksMs: 0,
			eventOffsetMs: -20,
			webhookRetries: false,
			concurrentWebhooks: false,
			callRefusal: 'D13',
		});
		const { data } = await ask('DELETE', '/simulator/faults', {});
		expect(data).toMatchObject({ latencyMs: 0, failing: 0, dropping: 0, rateLimit: null });
	});

	it.each([
		['another host name', { host: 'example.com' }],
		['a form of another page', { 'content-type': 'text/plain' }],
	])('does not listen to %s', async (_what, headers) => {
		expect((await ask('POST', '/simulator/calls', {}, headers)).status).toBe(403);
		expect(harness.simulator.calls.size).toBe(0);
	});

	it('is told at once what happens', async () => {
		const response = await fetch(new URL('/simulator/events', harness.simulator.phoneUrl));
		const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
		let text = '';
		const until = async (pattern: RegExp) => {
			while (!pattern.test(text)) {
				const { done = true, value } = (await reader?.read()) ?? {};
				if (done) throw new Error(`It ended before ${String(pattern)}`);
				text += value;
			}
		};
		await until(/event: state\ndata: .*\n\n/);
		harness.simulator.placeCall();
		await until(/event: row\ndata: .*"name":"You call"/);
		await until(/event: row\ndata: .*"name":"call.initiated".*"status":"done"/);
		await until(/event: state\ndata: .*"state":"initiated"/);
		await reader?.cancel();
	});
});

async function dial() {
	const { data } = await harness.client.calls.dial({
		connection_id: harness.application,
		from: '+13125550100',
		to: '+13125550177',
	});
	return { call_control_id: String(data?.call_control_id) };
}

describe('the timeline', () => {
	it('has people, commands and webhooks, and why something went wrong', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await harness.client.calls.actions.sendDtmf(id, { digits: '1' }).catch(() => {});
		await harness.client.calls.actions.answer(id, {});
		await harness.news();
		const rows = harness.simulator.rows.map(({ kind, name, status }) => [kind, name, status]);
		expect(rows).toEqual([
			['person', 'You call', 'done'],
			['webhook', 'call.initiated', 'done'],
			['command', 'send_dtmf', 'refused'],
			['command', 'answer', 'done'],
			['webhook', 'call.answered', 'done'],
		]);
		expect(harness.simulator.rows[2]).toMatchObject({
			facts: ['1'],
			reason: expect.stringMatching(/^90034 Call has not been answered yet: /),
			detail: { request: { body: { digits: '1' } }, answer: { status: 422 } },
		});
	});
});

describe('a line', () => {
	const application = async () => (await ask('GET', '/simulator/state')).data.applications[0];
	const setUrl = async (url: string) =>
		await ask('PATCH', `/simulator/applications/${harness.application}`, { url });

	beforeEach(async () => {
		await harness.close();
		harness = await startHarness({
			workflowAt: async (url) => (url.endsWith('/unknown') ? undefined : { name: `At ${url}` }),
		});
	});

	it('belongs to the workflow that gets its webhooks now', async () => {
		for (const url of ['https://example.com/1', 'https://example.com/2']) {
			await setUrl(url);
			await eventually(
				'the workflow',
				async () => (await application()).workflow?.name === `At ${url}`,
			);
		}
		await setUrl('https://example.com/unknown');
		expect(await application()).toMatchObject({ workflow: null });
	});

	it('is free with an address that never exists, and nothing is sent there', async () => {
		await setUrl('https://no-webhook-url.invalid/');
		expect(await application()).toMatchObject({ url: '', workflow: null });
		harness.simulator.placeCall();
		await harness.news();
		expect(harness.simulator.rows.at(-1)).toMatchObject({
			name: 'call.initiated',
			reason: 'The application has no webhook address, so nobody hears of this.',
		});
	});
});

describe('calls that nobody is to see', () => {
	it('leave nothing behind, whatever happens in them later', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await harness.news();
		harness.simulator.forgetCalls();
		harness.simulator.hangup(id);
		await harness.news();
		expect(harness.simulator.rows).toEqual([]);
		expect(await callOf()).toBeUndefined();

		harness.simulator.placeCall();
		await harness.news();
		expect(harness.simulator.rows.map(({ name }) => name)).toEqual(['You call', 'call.initiated']);
	});
});

describe('the timeline tells', () => {
	const rows = async () => {
		await harness.news();
		return harness.simulator.rows;
	};
	const actions = () => harness.client.calls.actions;

	it('a workflow that it hung up while it was speaking, and where to mend it', async () => {
		const page = 'http://127.0.0.1/workflow/1';
		const workflow = { name: 'Menu', page };
		Object.assign(harness.simulator.applications.get(harness.application) ?? {}, { workflow });
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'Good day', voice: 'female' });
		await actions().hangup(id, {});
		expect((await rows()).find(({ name }) => name === 'hangup')).toMatchObject({
			status: 'done',
			advice: 'You hung up while the text was being spoken: wait for the outcome.',
			page,
		});
	});

	it('nothing of the kind when the text was over, or music was playing without end', async () => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'Good day', voice: 'female' });
		await harness.pass(1000);
		await actions().startPlayback(id, { media_name: 'music', loop: 'infinity' });
		await actions().hangup(id, {});
		expect((await rows()).find(({ name }) => name === 'hangup')?.advice).toBeNull();
	});

	it('a workflow that speaks before anybody has answered', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await actions()
			.speak(id, { payload: 'Good day', voice: 'female' })
			.catch(() => {});
		expect((await rows()).find(({ name }) => name === 'speak')?.advice).toBe(
			'Nobody had answered yet: answer the call first, or wait until it is answered.',
		);
	});

	it.each([
		['an execution that has ended', '/webhook-waiting/7', [409], [true]],
		['a test address that took its event', '/webhook-test/a', [200, 404], [false, true]],
		['a test address that does not listen yet', '/webhook-test/a', [404], [false]],
		['a published address that is gone', '/webhook/a', [200, 404], [false, false]],
	])('whether %s is normal in a test', async (_what, path, statuses, expected) => {
		const url = new URL(path, harness.receiver.baseUrl).href;
		await ask('PATCH', `/simulator/applications/${harness.application}`, { url });
		for (const status of statuses) {
			harness.receiver.answer = () => ({ status });
			harness.simulator.placeCall();
			await harness.news();
		}
		const webhooks = (await rows()).filter(({ kind }) => kind === 'webhook');
		expect(webhooks.map(({ isNormal }) => isNormal)).toEqual(expected);
	});
});

describe('the simulator', () => {
	it('tells those who listen', async () => {
		const heard: string[] = [];
		const changed = new Promise<void>((resolve) => {
			harness.simulator.on('change', resolve);
		});
		const stop = harness.simulator.on('row', ({ name }) => heard.push(name));
		harness.simulator.placeCall();
		await changed;
		stop();
		expect(heard).toContain('You call');
	});

	it('runs by the clock on the wall, and ends with calls and pages still open', async () => {
		const simulator = await startSimulator({ timings: quickTimings });
		const page = await fetch(new URL('/simulator/events', simulator.phoneUrl));
		const rung = new Promise<void>((resolve) => {
			simulator.on('change', () => {
				const [leg] = simulator.calls.values();
				if (leg?.state === 'ringing') resolve();
			});
		});
		simulator.placeCall();
		await rung;
		await simulator.close();
		await expect(fetch(simulator.phoneUrl)).rejects.toThrow();
		await page.body?.cancel().catch(() => {});
	});

	it('says so when its port is taken', async () => {
		const { port } = new URL(harness.simulator.baseUrl);
		await expect(startSimulator({ port: Number(port) })).rejects.toMatchObject({
			code: 'EADDRINUSE',
		});
	});
});
