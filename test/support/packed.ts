/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports -- test code, never shipped */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { name } from '../../package.json';
import { npmEnvironment } from './cache';
import { run } from './guarded';

const ROOT = join(__dirname, '../..');
const QUIETLY = ['--no-audit', '--no-fund'];

/**
 * Packs the built package as it would be published.
 * @param folder where to put it
 * @returns the path of the tarball
 */
export async function pack(folder: string): Promise<string> {
	const printed = await run(
		'npm',
		['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
		{ cwd: ROOT, env: npmEnvironment() },
	);
	return join(folder, lastLine(printed));
}

/**
 * As n8n's documentation has users do it by hand: `npm install` in `~/.n8n/nodes`.
 * @param from a registry, by the package's name
 */
export async function installByHand(
	userFolder: string,
	from: { tarball: string } | { registry: string },
) {
	const nodes = await nodesFolder(userFolder);
	const what =
		'tarball' in from ? [from.tarball, '--offline'] : [name, `--registry=${from.registry}`];
	const how = ['--ignore-scripts', '--legacy-peer-deps', '--prefer-online', ...QUIETLY];
	await run('npm', ['install', ...what, '--prefix', nodes, ...how], {
		cwd: nodes,
		env: npmEnvironment(),
	});
}

/**
 * As n8n's own installer does it, whose registry cannot be chosen without a licence.
 * This follows `downloadPackage` in its `community-packages.service.js`.
 * @returns the folder of the package
 */
export async function installAsN8nDoes(userFolder: string, registry: string): Promise<string> {
	const nodes = await nodesFolder(userFolder);
	const folder = join(nodes, 'node_modules', name);
	await mkdir(folder, { recursive: true });
	const env = npmEnvironment();
	const from = `--registry=${registry}`;
	const tarball = lastLine(
		await run('npm', ['pack', `${name}@latest`, '--quiet', '--prefer-online', from], {
			cwd: nodes,
			env,
		}),
	);
	await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], { cwd: nodes, env });
	await rm(join(nodes, tarball));
	const path = join(folder, 'package.json');
	const content = { ...require(path) };
	for (const kind of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete content[kind];
	}
	await writeFile(path, JSON.stringify(content, null, 2));
	const how = ['--bin-links=false', '--install-strategy=shallow', '--ignore-scripts=true'];
	await run('npm', ['install', ...how, '--package-lock=false', from, ...QUIETLY], {
		cwd: folder,
		env,
	});
	const ledger = { name: 'installed-nodes', dependencies: { [name]: content.version } };
	await writeFile(join(nodes, 'package.json'), JSON.stringify(ledger));
	return folder;
}

async function nodesFolder(userFolder: string) {
	const nodes = join(userFolder, '.n8n/nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	return nodes;
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
