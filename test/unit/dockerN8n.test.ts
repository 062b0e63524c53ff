/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { dockerN8n } from '../support/dockerN8n';
import { eventually } from '../support/eventually';
import { run, start, type Guarded } from '../support/guarded';

/** n8n in Docker, with a `docker` that notes how it is called, and whose container `start` runs until it is ended. */
const SETTINGS = {
	HOME: '/home/me',
	DOCKER_HOST: 'unix:///run/user/1000/docker.sock',
	DOCKER_CONTEXT: 'mine',
	XDG_RUNTIME_DIR: '/run/user/1000',
};
const before = { ...process.env };

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'telnyx-docker-'));
	await writeFile(
		join(folder, 'docker'),
		`#!${process.execPath}
		const { appendFileSync } = require('node:fs');
		const call = JSON.stringify({ args: process.argv.slice(2), env: process.env });
		appendFileSync(${JSON.stringify(join(folder, 'calls'))}, call + '\\n');
		if (process.argv.at(-1) === 'start') {
			console.log('n8n runs');
			setInterval(() => {}, 1_000);
		}`,
		{ mode: 0o755 },
	);
	Object.assign(process.env, SETTINGS, { PATH: [folder, before.PATH].join(delimiter) });
});

afterEach(async () => {
	process.env = { ...before };
	await rm(folder, { recursive: true, force: true });
});

/** How `docker` was called so far. */
async function calls(): Promise<Array<{ args: string[]; env: Record<string, string> }>> {
	const noted = await readFile(join(folder, 'calls'), 'utf8').catch(() => '');
	return noted
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}

/** As `n8nServer` starts one of n8n's commands. */
function launched(...args: string[]) {
	const env = { HOME: folder, N8N_PORT: '5678', N8N_ENCRYPTION_KEY: 'secret' };
	const { command, ...surroundings } = dockerN8n.launch(args, { userFolder: folder, env });
	return { command, surroundings: { cwd: folder, ...surroundings } };
}

it('the demo runs n8n in Docker on the network, in the folder and as the user of this machine, without showing secrets', async () => {
	const { command, surroundings } = launched('export:workflow', '--all');
	await run(...command, surroundings);

	const [{ args, env }] = await calls();
	expect(args).toEqual([
		'run',
		'--rm',
		'--init',
		expect.stringMatching(/^--name=\S+$/),
		'--network=host',
		expect.stringMatching(/^--user=\d+:\d+$/),
		`--volume=${folder}:${folder}`,
		`--workdir=${folder}`,
		`--env=HOME=${folder}`,
		'--env=N8N_PORT',
		'--env=N8N_ENCRYPTION_KEY',
		expect.stringMatching(/^n8nio\/n8n:\d/),
		'export:workflow',
		'--all',
	]);
	expect(env).toMatchObject({ N8N_PORT: '5678', N8N_ENCRYPTION_KEY: 'secret' });
});

it('the client finds Docker where the user has it', async () => {
	const { command, surroundings } = launched('export:workflow');
	await run(...command, surroundings);

	const all = await calls();
	expect(all.length).toBeGreaterThan(1);
	for (const { env } of all) expect(env).toMatchObject(SETTINGS);
});

describe('no container goes on', () => {
	it.each([
		['stopped', async ({ stop }: Guarded) => await stop()],
		[
			'killed, so that it can no longer end its container',
			async ({ kill }: Guarded) => await kill(),
		],
	])('when the client is %s', async (_how, end) => {
		const { command, surroundings } = launched('start');
		const client = start(...command, surroundings);
		await once(client.output, 'data');

		await end(client);

		await expectRemoved();
	});

	it('when the demo is killed', async () => {
		const { command, surroundings } = launched('start');
		const program = `require(${JSON.stringify(require.resolve('../support/guarded'))})
			.start(...${JSON.stringify(command)}, ${JSON.stringify(surroundings)})`;
		const options = ['--require', require.resolve('tsx/cjs'), '--eval', program];
		const demo = spawn(process.execPath, options, { stdio: 'ignore' });
		try {
			await eventually('the container', async () => (await calls()).length === 1);
		} finally {
			demo.kill('SIGKILL');
		}

		await eventually('its end', async () => (await calls()).length === 2);
		await expectRemoved();
	});

	async function expectRemoved() {
		const [{ args: began }, ...later] = await calls();
		const name = began.find((arg) => arg.startsWith('--name='))?.slice('--name='.length);
		expect(later.map(({ args }) => args)).toEqual([['rm', '--force', '--volumes', name]]);
	}
});

it('each container has a name of its own', () => {
	const names = [launched('start'), launched('start')].map(({ command: [, args] }) =>
		args.find((arg) => arg.startsWith('--name=')),
	);
	expect(new Set(names).size).toBe(2);
});
