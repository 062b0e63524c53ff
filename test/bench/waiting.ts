/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-explicit-any, no-console -- test code, never shipped */
/**
 * What it costs to wait, in a real n8n: `npm run bench:waiting`. Prints the table of
 * docs/waiting.md. Executions of both kinds are resumed in turn, so that whatever else the machine does
 * hits both alike.
 */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';

import { pause } from '../../nodes/shared/pause';
import { inPool } from '../../nodes/shared/pool';
import { makeKeyPair } from '../simulator/keys';
import { stepsTo } from '../support/cache';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { installN8n } from '../support/installN8n';
import { post, waitForPost } from '../support/n8nNodes';
import { startN8n } from '../support/realN8n';
import { run, straightLine, telnyx } from '../support/straightLine';

const ROUNDS = Number(process.env.ROUNDS ?? 200);
const AT_ONCE = Number(process.env.AT_ONCE ?? 200);
const STARTED_AT_ONCE = 5;
const PHONES = Number(process.env.PHONES ?? 20);
const PATIENCE_MS = 30_000;
/** Time limits to wait out, how many executions of each, and the time between one and the next. */
const LIMITS_SECS = [3, 10, 60];
const OF_EACH_LIMIT = Number(process.env.OF_EACH_LIMIT ?? 5);
const BETWEEN_MS = 1_000;
/** For how long nobody asks after the end of a limit. */
const QUIET_MS = 1_500;
/** For how long nobody asks before and after a webhook: each question takes n8n as long as a part of its work on it. */
const QUIET_WEBHOOK_MS = 150;
const keys = makeKeyPair();

/** Reports the address of its execution to the benchmark. */
const report = (url: string) =>
	post(url, '={{ { call: $json.body.call, url: $execution.resumeUrl, id: $execution.id } }}');
const NEXT = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

const workflows = (url: string) => [
	straightLine('wait-node', {
		Report: report(url),
		Wait: waitForPost('wait-node-resume', { minutes: 10 }),
		Next: NEXT,
	}),
	straightLine('ours', {
		Report: report(url),
		Wait: telnyx('call', 'waitForEvent', {
			call_control_id: { __rl: true, mode: 'id', value: "={{ $('Start').item.json.body.call }}" },
			events: ['call.dtmf.received'],
			wait_timeout_secs: 600,
		}),
		Next: NEXT,
	}),
	straightLine('limit', {
		Report: report(url),
		Wait: telnyx('call', 'waitForEvent', {
			call_control_id: { __rl: true, mode: 'id', value: "={{ $('Start').item.json.body.call }}" },
			events: ['call.dtmf.received'],
			wait_timeout_secs: "={{ $('Start').item.json.body.seconds }}",
			on_failure: 'continue',
		}),
		Next: NEXT,
	}),
	straightLine('window', {
		Report: report(url),
		Wait: telnyx('audio', 'speak', {
			call_control_id: { __rl: true, mode: 'id', value: "={{ $('Start').item.json.body.call }}" },
			payload: 'Hello',
			voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' },
			wait_for_outcome: true,
			wait_timeout_secs: 600,
		}),
		Next: NEXT,
	}),
	straightLine('phone', {
		Report: report(url),
		Dial: telnyx('call', 'dial', {
			connection_id: { __rl: true, mode: 'id', value: '1' },
			from: { __rl: true, mode: 'id', value: '+13125550100' },
			to: '+13125550101',
			more_options: {
				bridging_options: {
					link_to: { __rl: true, mode: 'id', value: "={{ $('Start').item.json.body.call }}" },
				},
			},
			wait_for_outcome: true,
			wait_timeout_secs: 600,
			on_call_end: 'continue',
		}),
		Next: NEXT,
	}),
];

const event = (call: string, type: string) =>
	JSON.stringify({
		data: {
			record_type: 'event',
			event_type: type,
			id: randomUUID(),
			occurred_at: new Date().toISOString(),
			payload: { call_control_id: call, call_leg_id: randomUUID(), digit: '1' },
		},
		meta: { attempt: 1, delivered_to: 'https://n8n.example.com' },
	});

type Waiting = { id: string; url: string; call: string };

async function main() {
	const reported: Map<string, Waiting> = new Map();
	/** Reports when the reply to a command has been sent. */
	const commands = new EventEmitter();
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			response.setHeader('content-type', 'application/json');
			if (request.method === 'GET') {
				response.end('{"data":{"is_alive":true}}');
				return;
			}
			if (request.url === '/v2/calls') {
				const call_control_id = `v3:${randomUUID()}`;
				response.end(JSON.stringify({ data: { call_control_id } }));
				commands.emit('dial', call_control_id);
				return;
			}
			const command = /^\/v2\/calls\/([^/]+)\//.exec(request.url ?? '');
			if (command) {
				response.end('{"data":{"result":"ok"}}');
				commands.emit(decodeURIComponent(command[1]));
				return;
			}
			const waiting = JSON.parse(body);
			reported.set(waiting.call, waiting);
			response.end('{}');
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const here = `http://127.0.0.1:${port}`;
	const all = workflows(here);
	const n8n = await startN8n({
		credentials: [storedCredential({ baseUrl: `${here}/v2`, publicKey: keys.publicKey })],
		workflows: all,
		published: all.map(({ id }) => id),
		onProgress: console.error,
	});
	try {
		const times = { 'wait-node': [] as number[], ours: [] as number[] };
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const kind of ['wait-node', 'ours'] as const) {
				const waiting = await waitingExecution(kind);
				await pause(QUIET_WEBHOOK_MS);
				const sentAt = performance.timeOrigin + performance.now();
				await resumed(waiting, kind);
				await pause(QUIET_WEBHOOK_MS);
				times[kind].push((await startOfNext(waiting.id)) - sentAt);
			}
		}
		const lost = await manyAtOnce();
		print(times, lost, await windows());
		printPhones(await phones());
		printLimits(await limits());
	} finally {
		await n8n.stop();
		server.close();
	}

	async function waitingExecution(kind: string): Promise<Waiting> {
		const call = `v3:${randomUUID()}`;
		await run(n8n, kind, { call });
		const waiting = await eventually('an execution', () => reported.get(call));
		await eventually(`${waiting.id} to wait`, async () => {
			// A busy n8n answers with an error now and then.
			const { data } = (await n8n.rest('GET', `/executions/${waiting.id}`)).body;
			return data?.status === 'waiting';
		});
		return waiting;
	}

	async function resumed(waiting: Waiting, kind: string) {
		const path = kind === 'ours' ? '/telnyx' : '';
		const status = await posted(waiting, path, 'call.dtmf.received');
		if (status !== 200) throw new Error(`${kind}: ${status}`);
	}

	async function posted({ url, call }: Waiting, path: string, type: string) {
		const address = new URL(url);
		address.pathname += path;
		const body = event(call, type);
		const headers = keys.headers(body, Math.floor(Date.now() / 1000));
		const response = await fetch(address, { method: 'POST', headers, body });
		await response.text();
		return response.status;
	}

	/**
	 * How long after the answer to a command an event is still refused, because n8n has not saved the
	 * pause yet. In milliseconds, one of each round.
	 */
	async function windows() {
		const found: number[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			const call = `v3:${randomUUID()}`;
			const answered = once(commands, call);
			await run(n8n, 'window', { call });
			await answered;
			const waiting = reported.get(call) as Waiting;
			const start = performance.now();
			let accepted = start;
			for (;;) {
				const sentAt = performance.now();
				const status = await posted(waiting, '/telnyx', 'call.speak.ended');
				accepted = sentAt;
				if (status === 200) break;
				if (status !== 409) throw new Error(`window: ${status}`);
			}
			found.push(accepted - start);
		}
		return found;
	}

	/** How long after the caller has left a phone that rings for them is hung up, in milliseconds. */
	async function phones() {
		const took: number[] = [];
		for (let round = 0; round < PHONES; round += 1) {
			const signal = AbortSignal.timeout(PATIENCE_MS);
			const dialed = once(commands, 'dial', { signal });
			const waiting = await waitingExecution('phone');
			const [phone] = (await dialed) as [string];
			// Until the node has read the reply.
			await pause(500);
			const isHungUp = once(commands, phone, { signal });
			const leftAt = performance.now();
			await posted(waiting, '/telnyx', 'call.hangup');
			await isHungUp;
			took.push(performance.now() - leftAt);
		}
		return took;
	}

	/** @returns milliseconds since 1970 */
	async function startOfNext(id: string): Promise<number> {
		const next = await eventually(`${id} to end`, async () => runsOf(id, 'Next'));
		return next[0].startTime;
	}

	async function runsOf(id: string, node: string) {
		const { data: execution } = (await n8n.rest('GET', `/executions/${id}`)).body;
		return execution?.status === 'success'
			? parse(execution.data).resultData.runData[node]
			: undefined;
	}

	/** How much later than its limit each wait ended, in milliseconds, by the limit. */
	async function limits(): Promise<Array<[seconds: number, late: number[]]>> {
		const wait = async (seconds: number) => {
			const call = `v3:${randomUUID()}`;
			await run(n8n, 'limit', { call, seconds });
			const { id } = await eventually('an execution', () => reported.get(call));
			// n8n is not asked at the moment that counts: a question costs it as much as going on.
			await pause(seconds * 1_000 + QUIET_MS);
			const next = await startOfNext(id);
			const [{ startTime, executionTime }] = await runsOf(id, 'Report');
			return next - startTime - executionTime - seconds * 1_000;
		};
		return await Promise.all(
			LIMITS_SECS.map(
				async (seconds): Promise<[number, number[]]> => [
					seconds,
					await Promise.all(
						Array.from({ length: OF_EACH_LIMIT }, async (_, index) => {
							await pause(index * BETWEEN_MS);
							return await wait(seconds);
						}),
					),
				],
			),
		);
	}

	/** Waits for so many calls at once, and resumes them all in another order. */
	async function manyAtOnce() {
		// A few at a time: asking n8n whether an execution waits costs it more than the execution.
		const waiting = await inPool(
			Array.from({ length: AT_ONCE }),
			STARTED_AT_ONCE,
			async () => await waitingExecution('ours'),
		);
		await Promise.all([...waiting].reverse().map(async (one) => await resumed(one, 'ours')));
		let good = 0;
		for (const { id, call } of waiting) {
			const [{ data }] = await eventually(`${id} to end`, async () => runsOf(id, 'Next'));
			if (data.main[0][0].json.payload.call_control_id === call) good += 1;
		}
		return { waited: AT_ONCE, good };
	}
}

let parse: (text: string) => any;

function print(
	times: Record<'wait-node' | 'ours', number[]>,
	{ waited, good }: { waited: number; good: number },
	windows: number[],
) {
	const at = (all: number[], share: number) =>
		[...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))];
	const row = (name: string, share: number) => {
		const [ours, theirs] = [at(times.ours, share), at(times['wait-node'], share)];
		return `| ${name} | ${ours.toFixed(0)} ms | ${theirs.toFixed(0)} ms | ${(ours / theirs).toFixed(2)} | 1.10 |`;
	};
	console.log(`${ROUNDS} executions of each kind in turn, ${cpus().length} processors\n`);
	console.log("| from the webhook to the next node | ours | n8n's Wait node | ratio | goal |");
	console.log('| --- | --- | --- | --- | --- |');
	console.log(row('median', 0.5));
	console.log(row('99th percentile', 0.99));
	console.log(
		`\nFrom the answer to a command until an event is taken: median ${at(windows, 0.5).toFixed(0)} ms, 99th percentile ${at(windows, 0.99).toFixed(0)} ms.`,
	);
	console.log(`\n${waited} calls waiting at once: ${good} went on, each with its own event.`);
}

function printPhones(took: number[]) {
	const sorted = [...took].sort((a, b) => a - b);
	const [median, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)!];
	console.log(
		`\nA phone that rings for a caller who leaves, ${took.length} times: hung up after ${median.toFixed(0)} ms at the median, ${most.toFixed(0)} ms at most.`,
	);
}

function printLimits(limits: Array<[seconds: number, late: number[]]>) {
	console.log(`\n${OF_EACH_LIMIT} waits of each limit, one a second:\n`);
	console.log('| limit | late by at most |');
	console.log('| --- | --- |');
	for (const [seconds, late] of limits) {
		console.log(`| ${seconds} s | ${Math.max(...late).toFixed(0)} ms |`);
	}
}

(async () => {
	const { n8n } = await installN8n({ onProgress: stepsTo(console.error) });
	parse = createRequire(n8n)('flatted').parse;
	await main();
})();
