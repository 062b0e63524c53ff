/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code, never shipped */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stepsTo } from '../support/cache';
import { eventually } from '../support/eventually';
import { installN8n } from '../support/installN8n';
import { n8nServer, type LogLine, type Running } from '../support/n8nServer';
import { signUp } from '../support/n8nSession';
import { installByHand, pack } from '../support/packed';
import {
	endedExecutions,
	newPassword,
	publicationOf,
	webhooksReady,
	webhookUrl,
	type Credential,
	type WorkflowJson,
} from '../support/realN8n';
import { openDoor } from './door';
import { queueEnvironment } from './environment';
import { startPostgres, startRedis } from './services';

/** One process of n8n. */
interface Member {
	url: string;
	/** Everything so far. */
	log: LogLine[];
	/** Whether it is ready. */
	isUp: () => boolean;
	start: () => Promise<void>;
	/** Without a chance to tidy up. */
	kill: () => Promise<void>;
	stop: () => Promise<void>;
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>;

/**
 * Starts an n8n in queue mode on 127.0.0.1: Redis, PostgreSQL, main, webhook processors and workers,
 * each with the built package, and a door in front of them.
 */
export async function startCluster({
	processors: processorCount = 2,
	workers: workerCount = 2,
	credentials = [],
	workflows = [],
	published = [],
	onProgress = () => {},
}: {
	processors?: number;
	workers?: number;
	credentials?: Credential[];
	workflows?: WorkflowJson[];
	/** IDs of those that are to be active. */
	published?: string[];
	onProgress?: (message: string) => void;
}) {
	/** What is to be ended, the last first. */
	const ends: (() => unknown)[] = [];
	const stop = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		const installation = await installN8n({ onProgress: stepsTo(onProgress) });
		const folder = await mkdtemp(join(tmpdir(), 'telnyx-queue-'));
		ends.push(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));
		onProgress('Starting Redis and PostgreSQL');
		const redis = await startRedis();
		ends.push(redis.stop);
		const postgres = await startPostgres();
		ends.push(postgres.stop);

		const processors: Member[] = [];
		let main: Member;
		const portOf = ({ url }: Member) => Number(new URL(url).port);
		const door = await openDoor({
			main: () => portOf(main),
			// As a load balancer does that asks whether they are ready.
			processors: () => processors.filter(({ isUp }) => isUp()).map(portOf),
		});
		ends.push(door.close);

		const env = queueEnvironment({ redis, postgres, url: door.url });
		const tarball = await pack(folder);
		const member = async (name: string, role: 'start' | 'webhook' | 'worker') => {
			const userFolder = join(folder, name);
			await mkdir(userFolder);
			await installByHand(userFolder, { tarball });
			const server = await n8nServer({ installation, userFolder, role, env, isKept: true });
			// A worker listens for questions about its health only.
			const { port } = new URL(server.url);
			const log: LogLine[] = [];
			let running: Running | undefined;
			const { add, cli } = server;
			return {
				add,
				cli,
				url: server.url,
				log,
				isUp: () => running !== undefined,
				async start() {
					const started = await server.start({ log, env: { QUEUE_HEALTH_CHECK_PORT: port } });
					running = started;
					void started.ended.then(() => {
						if (running === started) running = undefined;
					});
				},
				kill: async () => await running?.kill(),
				stop: async () => await running?.stop(),
			};
		};
		const first = await member('main', 'start');
		main = first;
		ends.push(first.stop);
		onProgress('Importing into PostgreSQL');
		await first.add('credentials', credentials);
		await first.add('workflow', workflows);
		for (const id of published) await first.cli('publish:workflow', `--id=${id}`);
		onProgress('Starting main');
		await first.start();
		const { rest } = await signUp(door.url, {
			email: 'owner@example.com',
			password: newPassword(),
		});

		const several = async (role: 'webhook' | 'worker', count: number) =>
			await Promise.all(
				Array.from({ length: count }, async (_, index) => {
					const one = await member(`${role}-${index}`, role);
					ends.push(one.stop);
					await one.start();
					return one;
				}),
			);
		onProgress('Starting webhook processors and workers');
		processors.push(...(await several('webhook', processorCount)));
		const workers = await several('worker', workerCount);
		for (const id of published) await webhooksReady(rest, id);
		onProgress(`n8n runs in queue mode: ${door.url}`);

		return {
			/** Where Telnyx reaches it. */
			url: door.url,
			webhookUrl: (id: string) => webhookUrl(door.url, id),
			/** How many requests were handed to which port. */
			handed: door.handed,
			main: () => main,
			processors,
			workers,
			redis,
			postgres,
			/** Asks what the editor would ask. */
			rest,
			publicationOf: async (id: string) => await publicationOf(rest, id),
			executions: async (id: string, count: number, patienceMs: number = 120_000) =>
				await endedExecutions(rest, installation, id, count, patienceMs),
			/**
			 * Lets main look for executions that nobody runs any more, which it does when it starts. Not
			 * under load: main takes one that is just being put into the queue for such a one.
			 */
			async recover() {
				await eventually(
					'the queue to be empty',
					async () => {
						const lists = ['active', 'wait'].map((name) => redis.ask('llen', `bull:jobs:${name}`));
						return (await Promise.all(lists)).every((length) => length === '0');
					},
					60_000,
				);
				await main.stop();
				await main.start();
			},
			/** Kills main, and lets another one take over that has nothing but the database in common with it. */
			async replaceMain() {
				const other = await member('other-main', 'start');
				ends.push(other.stop);
				await main.kill();
				await other.start();
				main = other;
			},
			/** Starts whatever has ended, as Docker or systemd would. */
			async startWhatEnded() {
				const ended = [main, ...processors, ...workers].filter(({ isUp }) => !isUp());
				await Promise.all(ended.map(async (one) => await one.start()));
				return ended.length;
			},
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
