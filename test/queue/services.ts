/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { eventually } from '../support/eventually';
import { run, start, type Guarded } from '../support/guarded';
import { freePorts } from '../support/ports';

/** A program that can be killed and started again with the same data. */
export interface Service {
	port: number;
	/** Resolves when it is ready. */
	start: () => Promise<void>;
	/** Without a chance to tidy up. */
	kill: () => Promise<void>;
	/** Ends it and removes its data. */
	stop: () => Promise<void>;
}

/** Debian's package by what of it is needed. */
const PACKAGES = { 'redis-server': 'redis-server', initdb: 'postgresql' };

/**
 * Installs what is missing, without starting it.
 * @throws with the names of the packages, where that takes somebody else
 */
export async function installServices() {
	const missing = Object.entries(PACKAGES)
		.filter(([program]) => !find(program))
		.map(([, name]) => name);
	if (missing.length === 0) return;
	if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
		throw new Error(`Install what this needs first: ${missing.join(' ')} (Debian's packages)`);
	}
	// In this run level Debian's packages do not start their services.
	const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update', '-qq'], { env });
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}

/** @returns its path; Debian's PostgreSQL is not in PATH */
function find(program: string): string | undefined {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian)
		? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
		: [];
	return [
		...versions.map((version) => join(debian, version, 'bin')),
		...String(process.env.PATH).split(delimiter),
	]
		.map((folder) => join(folder, program))
		.find((path) => existsSync(path));
}

function path(program: string) {
	const found = find(program);
	if (!found) throw new Error(`There is no ${program}`);
	return found;
}

/** A Redis that writes everything it is told to its disk. */
export async function startRedis(): Promise<
	Service & { ask: (...command: string[]) => Promise<string> }
> {
	const folder = await mkdtemp(join(tmpdir(), 'telnyx-redis-'));
	const [port] = await freePorts(1);
	const config = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
	const args = [...config, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
	return {
		...(await service(path('redis-server'), args, { folder, port })),
		ask: async (...command) =>
			(await run(path('redis-cli'), ['-p', String(port), ...command], { cwd: folder })).trim(),
	};
}

/** A PostgreSQL without passwords, with an empty database. */
export async function startPostgres(): Promise<
	Service & { sql: (query: string) => Promise<string[][]>; user: string }
> {
	const folder = await mkdtemp(join(tmpdir(), 'telnyx-postgres-'));
	const [port] = await freePorts(1);
	const user = 'n8n';
	const as = await unprivileged(folder);
	const data = join(folder, 'data');
	const [initdb, ...initArgs] = [...as, path('initdb'), '-D', data, '-U', user, '-A', 'trust'];
	await run(initdb, [...initArgs, '-E', 'UTF8', '--no-locale', '--no-sync'], { cwd: folder });
	const [postgres, ...args] = [...as, path('postgres'), '-D', data, '-k', folder];
	const running = await service(
		postgres,
		[...args, '-h', '127.0.0.1', '-p', String(port), '-c', 'max_connections=200'],
		{ folder, port, cwd: folder },
	);
	const sql = async (query: string) => {
		const to = ['-h', '127.0.0.1', '-p', String(port), '-U', user, '-d', 'postgres'];
		const printed = await run(path('psql'), [...to, '-X', '-q', '-A', '-t', '-c', query], {
			cwd: folder,
		});
		const lines = printed.split('\n').filter(Boolean);
		return lines.map((line) => line.split('|'));
	};
	const ready = async () =>
		await eventually('PostgreSQL', async () => await sql('select 1').catch(() => undefined));
	await ready();
	return {
		...running,
		async start() {
			await running.start();
			await ready();
		},
		sql,
		user,
	};
}

/**
 * PostgreSQL refuses to run as root.
 * @param folder is given to the user that it runs as instead
 * @returns what to put before the command
 */
async function unprivileged(folder: string): Promise<string[]> {
	if (process.getuid?.() !== 0) return [];
	const [uid, gid] = (await run('id', ['postgres']).catch(() => run('id', ['nobody'])))
		.match(/\d+/g)
		?.map(Number) ?? [65534, 65534];
	await chown(folder, uid, gid);
	return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'];
}

async function service(
	command: string,
	args: string[],
	{ folder, port, cwd = folder }: { folder: string; port: number; cwd?: string },
): Promise<Service> {
	let running: Guarded | undefined;
	const begin = async () => {
		let over = false;
		let printed = '';
		running = start(command, args, { cwd, removeAfter: folder });
		running.output
			.setEncoding('utf8')
			.on('data', (text) => (printed = (printed + text).slice(-2000)));
		void running.ended.then(() => (over = true));
		await eventually(`${command} to listen`, async () => {
			if (over) throw new Error(`${command} ended:\n${printed}`);
			return await listens(port);
		});
	};
	await begin();
	return {
		port,
		start: begin,
		kill: async () => await running?.kill(),
		stop: async () => await running?.stop(),
	};
}

const listens = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		const answer = (is: boolean) => () => {
			socket.destroy();
			resolve(is);
		};
		socket.on('connect', answer(true)).on('error', answer(false));
	});
