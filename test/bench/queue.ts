/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * What the package costs in queue mode, and what a second processor and worker bring: `npm run
 * bench:queue`. Prints the tables of docs/scaling.md. Ours and the yardstick take turns in short rounds,
 * so that whatever else the machine does hits both alike.
 */
import { cpus, loadavg } from 'node:os';

import { startCluster, type Cluster } from '../queue/cluster';
import { webhook } from '../queue/load';
import { ours, trivial, workflow } from '../queue/workflows';
import { makeKeyPair } from '../simulator/keys';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { manyCommands, sendsDtmf, startCommands } from '../support/manyCommands';
import { startApi } from './api';
import { cpuMs } from '../support/n8nProcesses';
import { httpRequest } from './realN8n';

const ROUNDS = Number(process.env.ROUNDS ?? 8);
const WEBHOOKS = 40;
const CONNECTIONS = 10;
/** Executions at the same time, so that each worker has some. */
const EXECUTIONS = 4;
const COMMANDS = 100;
const PATIENCE_MS = 300_000;

const keys = makeKeyPair();

/** The processor time of one execution, over all of n8n's processes. */
type Speed = { perSecond: number; cpuMs: number };

type Round = () => Promise<Speed>;

const median = (values: number[]) =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function rate(count: number, act: () => Promise<unknown>): Promise<Speed> {
	const start = process.hrtime.bigint();
	const before = cpuMs();
	await act();
	const seconds = Number(process.hrtime.bigint() - start) / 1e9;
	return { perSecond: count / seconds, cpuMs: (cpuMs() - before) / count };
}

/** Until the last execution has ended. */
const ended = async (n8n: Cluster, id: string) =>
	await eventually(
		`the executions of ${id}`,
		async () => {
			const query = `select count(*) from execution_entity where "workflowId" = '${id}' and status in ('new', 'running')`;
			return (await n8n.postgres.sql(query))[0][0] === '0';
		},
		PATIENCE_MS,
	);

async function webhooks(n8n: Cluster, id: string) {
	const posts = Array.from({ length: WEBHOOKS }, (_, index) =>
		webhook(keys, `mark:${id}:${index}`),
	);
	const url = n8n.webhookUrl(id);
	await Promise.all(
		Array.from({ length: CONNECTIONS }, async () => {
			for (let post = posts.pop(); post; post = posts.pop()) {
				const answer = await fetch(url, { method: 'POST', ...post });
				await answer.text();
				if (!answer.ok) throw new Error(`${id} answered ${answer.status}`);
			}
		}),
	);
	await ended(n8n, id);
}

async function commands(n8n: Cluster, id: string) {
	await Promise.all(
		Array.from({ length: EXECUTIONS }, async (_, execution) => {
			const items = Array.from({ length: COMMANDS }, (__, index) => ({
				call: `v3:call-${execution}`,
				digits: `${index}`,
			}));
			await startCommands(n8n, id, items);
		}),
	);
	await ended(n8n, id);
}

const kinds = (n8n: Cluster): Record<string, [ours: Round, yardstick: Round]> => ({
	'Webhooks, trivial trigger': [
		async () => await rate(WEBHOOKS, async () => await webhooks(n8n, 'ours')),
		async () => await rate(WEBHOOKS, async () => await webhooks(n8n, 'trivial')),
	],
	'Webhooks with duplicates remembered for good, trivial trigger': [
		async () => await rate(WEBHOOKS, async () => await webhooks(n8n, 'forgood')),
		async () => await rate(WEBHOOKS, async () => await webhooks(n8n, 'trivial')),
	],
	'Commands, HTTP Request node': [
		async () => await rate(EXECUTIONS * COMMANDS, async () => await commands(n8n, 'dtmf')),
		async () => await rate(EXECUTIONS * COMMANDS, async () => await commands(n8n, 'http')),
	],
});

/** @returns rows */
async function measure(n8n: Cluster, processes: string): Promise<string[]> {
	const rows = [];
	for (const [name, [one, other]] of Object.entries(kinds(n8n))) {
		const measured: { mine: Speed; theirs: Speed }[] = [];
		for (let round = -1; round < ROUNDS; round += 1) {
			// Whoever is first in one round is second in the next.
			const isFirst = round % 2 === 0;
			const early = await (isFirst ? one : other)();
			const late = await (isFirst ? other : one)();
			const [mine, theirs] = isFirst ? [early, late] : [late, early];
			// The first round warms up.
			if (round >= 0) measured.push({ mine, theirs });
		}
		const cells = (what: keyof Speed) => [
			median(measured.map(({ mine }) => mine[what])).toFixed(1),
			median(measured.map(({ theirs }) => theirs[what])).toFixed(1),
			median(measured.map(({ mine, theirs }) => mine[what] / theirs[what])).toFixed(2),
		];
		const row = `| ${[name, processes, ...cells('perSecond'), ...cells('cpuMs')].join(' | ')} |`;
		console.error(row, `load ${loadavg()[0].toFixed(1)}`);
		rows.push(row);
	}
	return rows;
}

async function main() {
	const api = await startApi();
	let n8n: Cluster | undefined;
	try {
		const ids = ['ours', 'forgood', 'trivial', 'dtmf', 'http'];
		n8n = await startCluster({
			credentials: [storedCredential({ ...api, publicKey: keys.publicKey })],
			workflows: [
				workflow('ours', ours({})),
				workflow('forgood', ours({ options: { duplicates: 'dropForGood' } })),
				workflow('trivial', trivial),
				manyCommands('dtmf', sendsDtmf()),
				manyCommands('http', httpRequest(api.baseUrl)),
			],
			published: ids,
			onProgress: console.error,
		});
		const two = await measure(n8n, 'two');
		await n8n.processors[1].stop();
		await n8n.workers[1].stop();
		const one = await measure(n8n, 'one');
		console.log(
			[
				`${ROUNDS} rounds, ${cpus().length} processors, load average ${loadavg()
					.map((load) => load.toFixed(1))
					.join(', ')}.`,
				'',
				'| What, and its yardstick | Processors and workers, each | A second | Yardstick | Ratio | Processor time of one, ms | Yardstick | Ratio |',
				'| --- | --- | --- | --- | --- | --- | --- | --- |',
				...two,
				...one,
			].join('\n'),
		);
	} finally {
		await n8n?.stop();
		api.close();
	}
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
