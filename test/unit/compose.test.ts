/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { queueEnvironment } from '../queue/environment';
import { DOCKER, environmentOf, readCompose } from '../support/compose';
import { N8N_VERSION } from '../support/installN8n';

const FILES = ['compose.yml', 'compose.queue.yml'];

describe.each(FILES)('docker/%s', (file) => {
	const compose = readCompose(file);
	const services = Object.entries(compose.services);

	it('runs the n8n that the tests run', () => {
		const images = services.map(([, { image }]) => image).filter((image) => /n8n/.test(image));
		expect(new Set(images)).toEqual(new Set([`n8nio/n8n:${N8N_VERSION}`]));
	});

	it('pins every image, and takes connections from this machine only', () => {
		for (const [, { image, ports = [] }] of services) {
			expect(image).toMatch(/:\d/);
			for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
		}
	});

	it('names volumes, files and services that exist', () => {
		for (const [, { volumes = [], depends_on = {} }] of services) {
			for (const volume of volumes) {
				const [from] = volume.split(':');
				const isThere = from.startsWith('.')
					? existsSync(join(DOCKER, from))
					: from in compose.volumes;
				expect([from, isThere]).toEqual([from, true]);
			}
			for (const [other, { condition }] of Object.entries(depends_on)) {
				const isHealthy = condition === 'service_healthy';
				expect(isHealthy).toBe('healthcheck' in compose.services[other]);
			}
		}
	});

	it('gives every process of n8n the package before it starts', () => {
		const processes = services.filter(([, { environment }]) => environment?.N8N_WEBHOOK_URL);
		expect(processes.length).toBe(file === 'compose.yml' ? 1 : 3);
		for (const [name, { volumes }] of processes) {
			expect(volumes).toContain('packages:/home/node/.n8n/nodes');
			expect(startedBefore(name)).toContain('package');
		}
		expect(compose.services.package.volumes).toContain('packages:/packages');
	});

	it('is described where it says what to do', () => {
		const readme = readFileSync(join(DOCKER, '../docs/docker.md'), 'utf8');
		expect(readme).toContain(`docker compose -f docker/${file} up`);
	});

	/** All services that a service waits for. */
	function startedBefore(name: string): string[] {
		const others = Object.keys(compose.services[name].depends_on ?? {});
		return others.flatMap((other) => [other, ...startedBefore(other)]);
	}
});

/** Settings that the tests have for themselves. */
const OF_THE_TESTS = [
	// The services have names and their usual ports in Compose, and a database of n8n's own.
	...['QUEUE_BULL_REDIS_HOST', 'QUEUE_BULL_REDIS_PORT'],
	...['DB_POSTGRESDB_HOST', 'DB_POSTGRESDB_PORT', 'DB_POSTGRESDB_DATABASE'],
	// From the shell of the user.
	'N8N_ENCRYPTION_KEY',
	// What the package is compared with.
	'N8N_CUSTOM_EXTENSIONS',
	// A container may be asked by its neighbours.
	'N8N_WORKER_SERVER_ADDRESS',
	// The tests run no code.
	...['N8N_RUNNERS_MODE', 'N8N_RUNNERS_AUTH_TOKEN'],
];

describe('queue mode with Docker', () => {
	const compose = readCompose('compose.queue.yml');
	const services = Object.entries(compose.services);
	const PROCESSES = ['main', 'webhook', 'worker'];
	const tested = queueEnvironment({
		redis: { port: 6379 },
		postgres: { port: 5432, user: 'n8n' },
		url: 'http://127.0.0.1:5678',
	} as never);

	it.each(PROCESSES)('has for %s the settings that the tests have', (name) => {
		const environment = environmentOf(compose, name);
		const same = Object.keys(tested).filter((setting) => !OF_THE_TESTS.includes(setting));
		const pick = (all: NodeJS.ProcessEnv) =>
			Object.fromEntries(same.map((setting) => [setting, all[setting]]));
		expect(pick(environment)).toEqual(pick(tested));
		expect(compose.services).toHaveProperty(environment.QUEUE_BULL_REDIS_HOST);
		expect(compose.services).toHaveProperty(environment.DB_POSTGRESDB_HOST);
	});

	describe('has what docs/scaling.md recommends', () => {
		const scaling = readFileSync(join(DOCKER, '../docs/scaling.md'), 'utf8');

		/** Rows that are not about the environment of n8n, or that leave it as it is. */
		const OTHERS: Array<[row: RegExp, check: () => void]> = [
			// Chosen in the editor.
			[/^Credential: /, () => {}],
			[/^Trigger: /, () => {}],
			[
				/^`N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL`$/,
				() => expect(valuesOf('N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL')).toEqual([undefined]),
			],
			[
				/^Redis$/,
				() =>
					expect(compose.services.redis.command).toEqual([
						...['redis-server', '--appendonly', 'yes', '--appendfsync', 'always'],
					]),
			],
			[
				/`restart: always`/,
				() => {
					// One service installs the package, and ends.
					const lasting = services.filter(([name]) => name !== 'package');
					expect(new Set(lasting.map(([, { restart }]) => restart))).toEqual(new Set(['always']));
				},
			],
		];

		it.each(rowsOf(scaling, 'Which settings'))('%s: %s', (setting, choice) => {
			const other = OTHERS.find(([row]) => row.test(setting));
			if (other) {
				other[1]();
				return;
			}
			const wanted = wantedIn(setting, choice);
			expect(wanted).not.toEqual([]);
			for (const [name, value = expect.stringMatching(/./)] of wanted) {
				expect([name, valuesOf(name)]).toEqual([name, [value]]);
			}
		});

		it('PostgreSQL of the version that n8n wants', () => {
			const [, wanted] = /wants (\d+) or newer/.exec(scaling)!;
			const [, version] = /^postgres:(\d+)/.exec(compose.services.postgres.image)!;
			expect(Number(version)).toBeGreaterThanOrEqual(Number(wanted));
		});

		/** The different values that the processes have. */
		const valuesOf = (name: string) => [
			...new Set(PROCESSES.map((one) => compose.services[one].environment?.[name])),
		];
	});

	it('has one key and one password for all, from the shell of the user', () => {
		const shell = { N8N_ENCRYPTION_KEY: 'key', POSTGRES_PASSWORD: 'password' };
		const secrets = PROCESSES.map((name) => {
			const all = environmentOf(compose, name, shell);
			return [all.N8N_ENCRYPTION_KEY, all.DB_POSTGRESDB_PASSWORD];
		});
		expect(secrets).toEqual(Array(3).fill(['key', 'password']));
		expect(environmentOf(compose, 'postgres', shell)).toEqual({
			POSTGRES_USER: 'n8n',
			POSTGRES_DB: 'n8n',
			POSTGRES_PASSWORD: 'password',
		});
	});

	it('sends events to the webhook processors and everything else to main', () => {
		const proxy = readFileSync(join(DOCKER, 'Caddyfile'), 'utf8');
		expect(proxy).toContain('path /webhook/* /webhook-waiting/*');
		expect(proxy).toContain('dynamic a webhook 5678');
		expect(proxy).toContain('reverse_proxy main:5678');
		expect(compose.services.proxy.ports).toEqual(['127.0.0.1:5678:5678']);
	});
});

/** The first two cells of each row of a table in a page. */
function rowsOf(page: string, heading: string): Array<[string, string]> {
	const [, after] = page.split(`\n## ${heading}\n`);
	const lines = after.split('\n## ')[0].split('\n');
	const rows = lines.filter((line) => line.startsWith('| ')).slice(2);
	return rows
		.map((row) => row.split('|').map((cell) => cell.trim()))
		.map(([, first, second]) => [first, second]);
}

/**
 * The environment variables that a row is about, with their values as far as the row says them: those in the
 * first cell in their order, and assignments in the second.
 */
function wantedIn(setting: string, choice: string): Array<[name: string, value?: string]> {
	const inCode = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
	const isAssignment = (code: string) => /^[A-Z0-9_]+=/.test(code);
	const values = inCode(choice).filter((code) => !isAssignment(code));
	return [
		...inCode(setting).map((name, index): [string, string?] => [name, values[index]]),
		...inCode(choice)
			.filter(isAssignment)
			.map((code) => code.split('=') as [string, string]),
	];
}
