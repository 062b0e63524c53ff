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

describe('queue mode with Docker', () => {
	const compose = readCompose('compose.queue.yml');
	const tested = queueEnvironment({
		redis: { port: 6379 },
		postgres: { port: 5432, user: 'n8n' },
		url: 'http://127.0.0.1:5678',
	} as never);

	it.each(['main', 'webhook', 'worker'])('has for %s the settings that the tests have', (name) => {
		const environment = environmentOf(compose, name);
		const same = [
			'EXECUTIONS_MODE',
			'DB_TYPE',
			'DB_POSTGRESDB_USER',
			'N8N_WEBHOOK_URL',
			'N8N_DISABLE_PRODUCTION_MAIN_PROCESS',
			'QUEUE_HEALTH_CHECK_ACTIVE',
			'QUEUE_WORKER_LOCK_DURATION',
			'QUEUE_WORKER_LOCK_RENEW_TIME',
			'QUEUE_WORKER_STALLED_INTERVAL',
		];
		const pick = (all: NodeJS.ProcessEnv) =>
			Object.fromEntries(same.map((setting) => [setting, all[setting]]));
		expect(pick(environment)).toEqual(pick(tested));
		expect(compose.services).toHaveProperty(environment.QUEUE_BULL_REDIS_HOST);
		expect(compose.services).toHaveProperty(environment.DB_POSTGRESDB_HOST);
	});

	it('has one key and one password for all, from the shell of the user', () => {
		const shell = { N8N_ENCRYPTION_KEY: 'key', POSTGRES_PASSWORD: 'password' };
		const secrets = ['main', 'webhook', 'worker'].map((name) => {
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
