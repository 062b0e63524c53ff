// @ts-check
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

const { npmEnvironment } = require('./cache');
const { run } = require('./guarded');
const { name } = require('../../package.json');

const ROOT = join(__dirname, '../..');
const QUIETLY = ['--no-audit', '--no-fund'];

/**
 * Packs the built package as it would be published.
 * @param {string} folder where to put it
 * @returns {Promise<string>} the path of the tarball
 */
async function pack(folder) {
	const printed = await run(
		'npm',
		['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
		{ cwd: ROOT, env: npmEnvironment() },
	);
	return join(folder, lastLine(printed));
}

/**
 * As n8n's documentation has users do it by hand: `npm install` in `~/.n8n/nodes`.
 * @param {string} userFolder
 * @param {{ tarball: string } | { registry: string }} from a registry, by the package's name
 */
async function installByHand(userFolder, from) {
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
 * @param {string} userFolder
 * @param {string} registry
 * @returns {Promise<string>} the folder of the package
 */
async function installAsN8nDoes(userFolder, registry) {
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

/** @param {string} userFolder */
async function nodesFolder(userFolder) {
	const nodes = join(userFolder, '.n8n/nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	return nodes;
}

/** @param {string} text */
const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';

module.exports = { installAsN8nDoes, installByHand, pack };
