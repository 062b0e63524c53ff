import { startSimulator } from '../simulator';
import { realClock } from '../simulator/clock';
import { event, toBody, type TelnyxEvent } from '../e2e/events';
import { assistantWorkflow } from '../support/assistant';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import {
	answeredCalls,
	manyCommands,
	SENDER,
	sendsDtmf,
	startCommands,
	tonesOn,
} from '../support/manyCommands';
import { brokenByN8n3, WITH_DEFAULTS } from '../support/migration';
import { byId, set } from '../support/n8nNodes';
import { run, straightLine, telnyx as action } from '../support/straightLine';
import { startCluster } from './cluster';
import { BEHIND, byHand, ours, TRIGGER, workflow } from './workflows';

/** The guarantees in queue mode, where no process knows what another one knows. */
const APPLICATION = '1293384261075730001';
/** Its calls are for a workflow that is not published. */
const TESTED = '1293384261075730002';
const COMMANDS = 12;
const WAITS = { wait_for_outcome: true, wait_timeout_secs: 600 };
const FORMER_URL = 'https://pbx.example.com/support';

/** Registers with an application by itself. */
const automatic = (application: string, more: object = {}) =>
	ours({
		setup: 'automatic',
		connection_id: { mode: 'list', value: application, __rl: true },
		...more,
	});

const speak = action('audio', 'speak', {
	payload: 'Hello',
	voice: byId('AWS.Polly.Joanna'),
	...WAITS,
});
/** Dials a number, and speaks when it is answered. */
const dialAndSpeak = (to: string) => ({
	Dial: action('call', 'dial', {
		connection_id: byId(APPLICATION),
		from: byId('+13125550100'),
		to,
		...WAITS,
	}),
	Speak: speak,
});
const TESTED_NUMBER = '+13125551888';
/** An assistant that waits for its answer, however busy the machine is. */
const PATIENT = { options: { within_ms: 60_000 } };

/** While it stands still, the simulator knows each command_id however long n8n takes to notice. */
let stoppedAt: number | undefined;
let telnyx: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startCluster>>;

beforeAll(async () => {
	telnyx = await startSimulator({
		clock: { ...realClock(), now: () => stoppedAt ?? Date.now() },
		applications: [
			{ id: APPLICATION, name: 'support', webhookUrl: FORMER_URL },
			{ id: TESTED, name: 'tested', webhookUrl: FORMER_URL },
		],
	});
	const dropsForGood = ours({ options: { duplicates: 'dropForGood' } });
	n8n = await startCluster({
		// Without a public key.
		credentials: [storedCredential(telnyx, { publicKey: '' })],
		workflows: [
			workflow('plain', ours({})),
			workflow('for-good', dropsForGood),
			workflow('at-once', dropsForGood),
			workflow('registered', automatic(APPLICATION)),
			manyCommands('commands', sendsDtmf({ request_options: { most_at_once: 2 } })),
			straightLine('waits', dialAndSpeak('={{ $json.body.to }}')),
			workflow('by-hand', byHand, dialAndSpeak(TESTED_NUMBER)),
			workflow('in-test', automatic(TESTED, { borrow_url: true }), {
				Answer: action('call', 'answer', WAITS),
				Speak: speak,
			}),
			assistantWorkflow(
				'tool',
				{ respond: 'lastNode', ...PATIENT },
				{ Answer: set({ booked: true }) },
			),
			assistantWorkflow(
				'variables',
				{ request: 'variables', ...PATIENT },
				{ Wrong: set({ memory: 'none' }) },
			),
		],
		published: ['plain', 'for-good', 'at-once', 'registered', 'commands', 'waits'],
	});
}, 600_000);

afterAll(async () => {
	await n8n?.stop();
	await telnyx?.close();
}, 120_000);

async function post(url: string, id: string, content: TelnyxEvent) {
	const body = toBody(content);
	const headers = telnyx.keys.headers(body, Math.floor(Date.now() / 1000));
	const { status } = await fetch(`${url}/webhook/${id}/webhook`, { method: 'POST', headers, body });
	return status;
}

const someEvents = (count: number) =>
	Array.from({ length: count }, (_, index) => event('call.hangup', { index }));

/** The IDs of the events that came out of a node. */
const eventsAt = (node: string, executions: Awaited<ReturnType<typeof n8n.executions>>) =>
	executions.flatMap(({ items }) => items(node) ?? []).map(({ id }) => id as string);

/** The worker that began the last execution of a workflow. */
async function workerOf(workflowId: string) {
	const query = `select max(id) from execution_entity where "workflowId" = '${workflowId}'`;
	const [[id]] = await n8n.postgres.sql(query);
	return n8n.workers.find(({ log }) =>
		log.some(({ message }) => message.startsWith(`Worker started execution ${id} `)),
	)!;
}

async function restart(member: (typeof n8n.processors)[number]) {
	await member.stop();
	await member.start();
}

/** Presses *Execute workflow*, and returns n8n's answer. */
async function inEditor(workflowId: string, trigger: string = TRIGGER) {
	const { body } = await n8n.rest('POST', `/workflows/${workflowId}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	return body.data as object;
}

const requestsTo = (method: string, path: RegExp) =>
	telnyx.requests.filter((request) => request.method === method && path.test(request.path));

it('every event starts one execution, whichever process receives it and whichever runs it', async () => {
	const sent = someEvents(30);
	const before = { ...n8n.handed };

	const statuses = await Promise.all(
		sent.map(async (content) => await post(n8n.url, 'plain', content)),
	);

	expect(new Set(statuses)).toEqual(new Set([200]));
	const executions = await n8n.executions('plain', sent.length);
	expect(executions.every(({ status }) => status === 'success')).toBe(true);
	expect(eventsAt(BEHIND, executions).sort()).toEqual(sent.map(({ data }) => data.id).sort());
	for (const { url } of n8n.processors) {
		const { port } = new URL(url);
		expect(n8n.handed[port]).toBeGreaterThan(before[port] ?? 0);
	}
	for (const { log } of n8n.workers) {
		expect(log.some(({ message }) => message.startsWith('Worker started execution'))).toBe(true);
	}
});

it('each process that receives webhooks asks Telnyx once for the public key', () => {
	expect(requestsTo('GET', /public_key/)).toHaveLength(3);
});

it('a processor that starts while Telnyx is down has the public key that main stored', async () => {
	const { length } = await n8n.executions('plain', 0);
	const [processor] = n8n.processors;
	await processor.kill();
	telnyx.faults.failNext(99, 503);
	await processor.start();
	expect(await post(processor.url, 'plain', event('call.hangup', {}))).toBe(200);
	await n8n.executions('plain', length + 1);
	telnyx.faults.reset();
});

describe('a duplicate that reaches another process', () => {
	const [once, again] = someEvents(2);

	it('is dropped if the user chose that', async () => {
		for (const { url } of [...n8n.processors, ...n8n.processors]) {
			expect(await post(url, 'for-good', once)).toBe(200);
			await n8n.executions('for-good', 1);
		}
		await post(n8n.url, 'for-good', again);
		const executions = await n8n.executions('for-good', 3);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		expect(eventsAt(BEHIND, executions)).toEqual([once.data.id, again.data.id]);
	});

	it('otherwise starts an execution once for each process', async () => {
		const { length } = await n8n.executions('plain', 0);
		for (const { url } of [...n8n.processors, ...n8n.processors]) await post(url, 'plain', once);
		const executions = (await n8n.executions('plain', length + 2)).slice(length);
		expect(eventsAt(BEHIND, executions)).toEqual([once.data.id, once.data.id]);
	});

	it('is dropped even if many arrive at once, and no other event is dropped with it', async () => {
		const sent = someEvents(40);
		const ids = sent.map(({ data }) => data.id).sort();
		const postAll = async (to: (index: number) => string) =>
			await Promise.all(
				sent.map(async (content, index) => await post(to(index), 'at-once', content)),
			);
		const processor = (index: number) => n8n.processors[index % 2].url;

		await postAll(processor);
		const first = await n8n.executions('at-once', sent.length);
		expect(new Set(first.map(({ status }) => status))).toEqual(new Set(['success']));
		expect(eventsAt(BEHIND, first).sort()).toEqual(ids);
		await eventually('the database to have all', async () => {
			const query = `select value from processed_data where "workflowId" = 'at-once'`;
			const [[value]] = await n8n.postgres.sql(query);
			return JSON.parse(value).data.length === sent.length;
		});

		await postAll((index) => processor(index + 1));
		const all = await n8n.executions('at-once', 2 * sent.length);
		expect(eventsAt(BEHIND, all).sort()).toEqual(ids);
	});
});

describe('registration', () => {
	const changes = () => requestsTo('PATCH', /call_control_applications/);

	it('is done once, by main, with the URL of the processors', () => {
		expect(changes()).toHaveLength(1);
		const { webhook_event_url } = telnyx.applications.get(APPLICATION)!.data;
		expect(webhook_event_url.split('?')[0]).toBe(n8n.webhookUrl('registered'));
	});

	it.each([
		['a restart of main', async () => await restart(n8n.main())],
		[
			'a change of leader: main is killed, and another one takes over',
			async () => await n8n.replaceMain(),
		],
	])('stays through %s', async (_what, happens) => {
		const { length } = await n8n.executions('registered', 0);
		await happens();
		await eventually('the webhooks', async () => {
			const { status } = await n8n.publicationOf('registered');
			return status === 'published';
		});
		telnyx.placeCall({ applicationId: APPLICATION });
		const execution = (await n8n.executions('registered', length + 1)).at(-1)!;
		expect(execution.items(TRIGGER)).toMatchObject([{ event_type: 'call.initiated' }]);
		expect(changes()).toHaveLength(1);
	});

	it('is undone by the current leader when the workflow is unpublished', async () => {
		await n8n.rest('POST', '/workflows/registered/deactivate');
		await eventually(
			'the application to have its own URL',
			() => telnyx.applications.get(APPLICATION)!.data.webhook_event_url === FORMER_URL,
		);
	});
});

describe('commands of an execution whose worker is killed in the middle', () => {
	const tones = (items: Array<{ call: string }>) =>
		items.flatMap(({ call }) => tonesOn(telnyx, call));

	/** Sends half of them, and says which worker was at it. */
	async function half(items: Array<{ call: string; digits: string }>) {
		await startCommands(n8n.processors[0], 'commands', items);
		await eventually('half of the commands', () => tones(items).length >= COMMANDS / 2);
		return await workerOf('commands');
	}

	it('are not sent again by n8n itself', async () => {
		const items = await answeredCalls(telnyx, COMMANDS);
		const worker = await half(items);
		await worker.kill();

		const [{ status }] = await n8n.executions('commands', 1);
		expect(['crashed', 'error']).toContain(status);
		await worker.start();
		await n8n.executions('commands', 1);
		expect(tones(items).length).toBeLessThan(COMMANDS);
		for (const { call } of items) expect(tonesOn(telnyx, call).length).toBeLessThanOrEqual(1);
	});

	it('are sent once each when the user retries it on another worker', async () => {
		const { length } = await n8n.executions('commands', 1);
		stoppedAt = Date.now();
		const items = await answeredCalls(telnyx, COMMANDS);
		const worker = await half(items);
		// The processor as well, as if their machine had lost its power: else it replaces what n8n has
		// stored of the execution by an error.
		await Promise.all([worker.kill(), n8n.processors[0].kill()]);
		await n8n.recover();

		const crashed = (await n8n.executions('commands', length + 1)).at(-1)!;
		expect(crashed.status).toBe('crashed');
		expect(tones(items).length).toBeLessThan(COMMANDS);
		await n8n.rest('POST', `/executions/${crashed.id}/retry`, { loadWorkflow: false });
		const retried = (await n8n.executions('commands', length + 2)).at(-1)!;

		expect(retried.status).toBe('success');
		expect(retried.items(SENDER)).toHaveLength(COMMANDS);
		expect(items.map(({ call }) => tonesOn(telnyx, call))).toEqual(
			items.map(({ digits }) => [digits]),
		);
		expect(telnyx.requests.filter(({ duplicate }) => duplicate).length).toBeGreaterThan(0);
		await n8n.startWhatEnded();
	});
});

describe('an execution that waits', () => {
	beforeAll(() => {
		stoppedAt = undefined;
		telnyx.faults.latencyMs = 0;
	});

	it.each([
		[
			'goes on though another processor gets the event and another worker runs it',
			'waits',
			'+13125551999',
			async () => await run(n8n.processors[0], 'waits', { to: '+13125551999' }),
		],
		[
			'goes on like that if it was started in the editor',
			'by-hand',
			TESTED_NUMBER,
			async () => await inEditor('by-hand'),
		],
	])('%s', async (_what, id, to, begin) => {
		await begin();
		await eventually('the execution to wait', async () => {
			const query = `select status from execution_entity where "workflowId" = '${id}'`;
			return (await n8n.postgres.sql(query))[0]?.[0] === 'waiting';
		});
		// The command is sent once the pause is saved.
		const { call_control_id: call } = await eventually('the dial', () =>
			[...telnyx.calls.values()].find((leg) => leg.to === to),
		);
		const worker = await workerOf(id);
		await Promise.all([worker.stop(), n8n.processors[0].stop()]);

		telnyx.answer(call);

		const [execution] = await n8n.executions(id, 1);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Dial')).toMatchObject([
			{ event_type: 'call.answered', outcome: 'success', call_control_id: call },
		]);
		expect(execution.items('Speak')).toMatchObject([
			{ event_type: 'call.speak.ended', outcome: 'success' },
		]);
		expect(await n8n.startWhatEnded()).toBe(2);
	});
});

describe('a test in the editor', () => {
	it('takes one event of the application, and a worker runs the workflow with its waits', async () => {
		const url = () => telnyx.applications.get(TESTED)!.data.webhook_event_url;
		expect(await inEditor('in-test')).toEqual({ waitingForWebhook: true });
		expect(url().split('?')[0]).toBe(testUrl('in-test'));

		const { call_control_id: call } = telnyx.placeCall({ applicationId: TESTED });

		const [execution] = await n8n.executions('in-test', 1);
		expect(execution.error).toBeUndefined();
		expect(execution.items(TRIGGER)).toMatchObject([{ event_type: 'call.initiated' }]);
		expect(execution.items('Speak')).toMatchObject([
			{ event_type: 'call.speak.ended', outcome: 'success', call_control_id: call },
		]);
		await eventually('its worker', async () => await workerOf('in-test'));
		await eventually('the application to have its own URL', () => url() === FORMER_URL);
	});

	it('answers an AI assistant with what a worker has put out, also if it asks the same again', async () => {
		const body = JSON.stringify({ guests: 4 });
		const headers = signed(body);
		for (let time = 1; time <= 2; time += 1) {
			expect(await asks('tool', body, headers)).toEqual({ booked: true });
			await n8n.executions('tool', time);
			await eventually('its worker', async () => await workerOf('tool'));
		}
	});

	it('says in the answer to an AI assistant what is wrong with what a worker has put out', async () => {
		const body = toBody(event('assistant.initialization', {}));
		expect(await asks('variables', body, signed(body))).toEqual({
			dynamic_variables: {},
			error: "'memory' has to be an object.",
		});
	});

	const signed = (body: string) => telnyx.keys.headers(body, Math.floor(Date.now() / 1000));

	/** Starts a test, and lets an assistant ask. */
	async function asks(id: string, body: string, headers: Record<string, string>) {
		expect(await inEditor(id, 'Assistant')).toEqual({ waitingForWebhook: true });
		const answer = await fetch(testUrl(id), { method: 'POST', headers, body });
		return await answer.json();
	}

	const testUrl = (id: string) => n8n.webhookUrl(id).replace('/webhook/', '/webhook-test/');
});

it('n8n finds nothing here that its version 3 changes for queue mode', async () => {
	const { ofInstance } = await brokenByN8n3(n8n);
	expect(ofInstance).toEqual(WITH_DEFAULTS);
});
