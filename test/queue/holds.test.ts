import { startSimulator } from '../simulator';
import { realClock } from '../simulator/clock';
import { event, toBody, type TelnyxEvent } from '../e2e/events';
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
import { run, straightLine, telnyx as action } from '../support/straightLine';
import { startCluster } from './cluster';
import { BEHIND, ours, TRIGGER, workflow } from './workflows';

/** The guarantees in queue mode, where no process knows what another one knows. */
const APPLICATION = '1293384261075730001';
const COMMANDS = 12;
const WAITS = { wait_for_outcome: true, wait_timeout_secs: 600 };

/** While it stands still, the simulator knows each command_id however long n8n takes to notice. */
let stoppedAt: number | undefined;
let telnyx: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startCluster>>;

beforeAll(async () => {
	telnyx = await startSimulator({
		clock: { ...realClock(), now: () => stoppedAt ?? Date.now() },
		applications: [
			{ id: APPLICATION, name: 'support', webhookUrl: 'https://pbx.example.com/support' },
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
			workflow(
				'registered',
				ours({
					setup: 'automatic',
					connection_id: { mode: 'list', value: APPLICATION, __rl: true },
				}),
			),
			manyCommands('commands', sendsDtmf({ request_options: { most_at_once: 2 } })),
			straightLine('waits', {
				Dial: action('call', 'dial', {
					connection_id: { __rl: true, mode: 'id', value: APPLICATION },
					from: { __rl: true, mode: 'id', value: '+13125550100' },
					to: '={{ $json.body.to }}',
					...WAITS,
				}),
				Speak: action('audio', 'speak', {
					payload: 'Hello',
					voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' },
					...WAITS,
				}),
			}),
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
			() =>
				telnyx.applications.get(APPLICATION)!.data.webhook_event_url ===
				'https://pbx.example.com/support',
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

it('an execution that waits goes on though another processor gets the event and another worker runs it', async () => {
	stoppedAt = undefined;
	telnyx.faults.latencyMs = 0;
	const to = '+13125551999';
	await run(n8n.processors[0], 'waits', { to });
	await eventually('the execution to wait', async () => {
		const query = `select status from execution_entity where "workflowId" = 'waits'`;
		return (await n8n.postgres.sql(query))[0]?.[0] === 'waiting';
	});
	// The command is sent once the pause is saved.
	const { call_control_id: call } = await eventually('the dial', () =>
		[...telnyx.calls.values()].find((leg) => leg.to === to),
	);
	const worker = await workerOf('waits');
	await Promise.all([worker.stop(), n8n.processors[0].stop()]);

	telnyx.answer(call);

	const [execution] = await n8n.executions('waits', 1);
	expect(execution.error).toBeUndefined();
	expect(execution.items('Dial')).toMatchObject([
		{ event_type: 'call.answered', outcome: 'success', call_control_id: call },
	]);
	expect(execution.items('Speak')).toMatchObject([
		{ event_type: 'call.speak.ended', outcome: 'success' },
	]);
	expect(await n8n.startWhatEnded()).toBe(2);
});
