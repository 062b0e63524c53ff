/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code, never shipped */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installPackage, npmEnvironment, once, type OnProgress } from './cache';
import { eventually } from './eventually';
import { run, start } from './guarded';
import type { Installation } from './installN8n';
import { pack } from './packed';
import { freePorts } from './ports';

const VERDACCIO_VERSION = '6.10.4';
const START_MS = 60_000;

/**
 * A local npm registry that has the built package and nothing else.
 * @param options `installation`: whose Node.js it runs on
 */
export async function startRegistry({
	installation: { node },
	onProgress = () => {},
}: {
	installation: Installation;
	onProgress?: OnProgress;
}): Promise<{ url: string; stop: () => Promise<void> }> {
	const verdaccio = await once(`verdaccio-${VERDACCIO_VERSION}`, async (folder) => {
		onProgress(`Installing the npm registry Verdaccio ${VERDACCIO_VERSION} once`);
		await installPackage(join(folder, 'npm'), `verdaccio@${VERDACCIO_VERSION}`, {
			// It asks for this version by a tag, which not every mirror has.
			overrides: { 'verdaccio-audit': { 'node-fetch': '2.6.7' } },
		});
	});
	const folder = await mkdtemp(join(tmpdir(), 'telnyx-registry-'));
	const program = join(verdaccio, 'npm/node_modules/verdaccio/bin/verdaccio');
	const [port] = await freePorts(1);
	const host = `127.0.0.1:${port}`;
	const url = `http://${host}/`;
	const config = join(folder, 'config.yaml');
	await writeFile(config, JSON.stringify(settings(folder)));
	const server = start(node, [program, '--config', config, '--listen', host], {
		cwd: folder,
		env: npmEnvironment(),
		removeAfter: folder,
	});
	try {
		let printed = '';
		server.output.on('data', (text) => (printed += text));
		let over = false;
		void server.ended.catch(() => {}).then(() => (over = true));
		await eventually(
			'the registry',
			async () => {
				if (over) throw new Error(`Verdaccio ended before it was ready:\n${printed}`);
				return (await fetch(`${url}-/ping`).catch(() => undefined))?.ok;
			},
			START_MS,
		);
		await publish(folder, host, url);
		return { url, stop: server.stop };
	} catch (error) {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
}

/** No registry behind it, so what it does not have does not exist. */
const settings = (folder: string) => ({
	storage: join(folder, 'storage'),
	uplinks: {},
	packages: { '**': { access: '$all', publish: '$all' } },
	log: { type: 'stdout', format: 'pretty', level: 'warn' },
	web: { enable: false },
});

async function publish(folder: string, host: string, url: string) {
	// npm does not publish without a token, whoever asks for none.
	const userconfig = join(folder, 'npmrc');
	await writeFile(userconfig, `//${host}/:_authToken=nobody`);
	const tarball = await pack(folder);
	await run('npm', ['publish', tarball, `--registry=${url}`, '--provenance=false'], {
		cwd: folder,
		env: { ...npmEnvironment(), npm_config_userconfig: userconfig },
	});
}
