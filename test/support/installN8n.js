// @ts-check
const { existsSync } = require('node:fs');
const { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } = require('node:fs/promises');
const { homedir } = require('node:os');
const { delimiter, dirname, join } = require('node:path');

const { run } = require('./guarded');

const N8N_VERSION = '2.41.1';
/** What this n8n needs at least. It need not be what the tests run on. */
const NODE_VERSION = '24';
const A_DAY_MS = 86_400_000;

/**
 * A real n8n on this machine, with a Node.js of its own.
 * @typedef {object} Installation
 * @property {string} folder
 * @property {string} n8n the program, to be run with `node`
 * @property {string} node
 */

/** @typedef {(message: string) => void} OnProgress */

/**
 * Installs n8n unless an earlier run did, in a folder that all clones of this repository share:
 * `$N8N_TEST_CACHE`, or the user's cache folder.
 * @param {{ onProgress?: OnProgress }} [options]
 * @returns {Promise<Installation>}
 * @throws with what to do about it
 */
async function installN8n({ onProgress = () => {} } = {}) {
	const cache = cacheFolder();
	const folder = join(cache, `n8n-${N8N_VERSION}`);
	if (!existsSync(folder)) {
		if (process.platform === 'win32') {
			throw new Error('A real n8n can be started here on Linux and macOS only. Use WSL.');
		}
		await mkdir(cache, { recursive: true });
		await removeLeftovers(cache);
		// Under its final name the folder is complete: that is how two runs at once get along.
		const unfinished = await mkdtemp(join(cache, `n8n-${N8N_VERSION}.unfinished-`));
		try {
			await installInto(unfinished, onProgress);
			await rename(unfinished, folder).catch((error) => {
				if (!existsSync(folder)) throw error;
			});
		} catch (error) {
			throw new Error(`${adviceFor(cache)}\n\n${/** @type {Error} */ (error).message}`);
		} finally {
			await rm(unfinished, { recursive: true, force: true });
		}
	}
	return parts(folder);
}

/** @param {string} folder @returns {Installation} */
const parts = (folder) => ({
	folder,
	n8n: join(folder, 'n8n/node_modules/n8n/bin/n8n'),
	node: join(folder, 'node/node_modules/node/bin/node'),
});

function cacheFolder() {
	const { N8N_TEST_CACHE, XDG_CACHE_HOME } = process.env;
	const caches = XDG_CACHE_HOME || join(homedir(), '.cache');
	return N8N_TEST_CACHE || join(caches, 'n8n-nodes-telnyx-advanced');
}

/** @param {string} folder @param {OnProgress} onProgress */
async function installInto(folder, onProgress) {
	const { node, n8n } = parts(folder);
	const nodeFolder = join(folder, 'node');
	const n8nFolder = join(folder, 'n8n');
	for (const one of [nodeFolder, n8nFolder]) {
		await mkdir(one);
		await writeFile(join(one, 'package.json'), '{ "private": true }');
	}
	const env = npmEnvironment();

	onProgress(`Installing n8n ${N8N_VERSION} once, which takes some minutes and 3 GB: ${folder}`);
	onProgress(`1 of 4: Node.js ${NODE_VERSION}, which n8n runs on`);
	await npm(['install', '--ignore-scripts', `node@${NODE_VERSION}`], nodeFolder, env);
	// This fetches the binary. Run by hand, because npm may be set, or come, to refuse such scripts.
	const nodePackage = join(nodeFolder, 'node_modules/node');
	await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: nodePackage, env });

	env.PATH = [dirname(node), env.PATH].join(delimiter);
	onProgress('2 of 4: n8n and its packages, about 3 minutes');
	// Of the packages that compile something, n8n needs two, and some cannot be compiled everywhere.
	await npm(['install', '--ignore-scripts', `n8n@${N8N_VERSION}`], n8nFolder, env);

	onProgress('3 of 4: compiling the packages that have to be, about 1 minute');
	env.npm_config_nodedir = await headersFolder(nodeFolder);
	await npm(['rebuild', '--ignore-scripts=false', 'sqlite3', 'isolated-vm'], n8nFolder, env);

	onProgress('4 of 4: checking the installation');
	const load = "for (const name of ['sqlite3', 'isolated-vm']) require(name)";
	await run(node, ['-e', load], { cwd: n8nFolder, env });
	await run(node, [n8n, '--version'], { cwd: n8nFolder, env });
}

/** @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} env */
const npm = async (args, cwd, env) =>
	await run('npm', [...args, '--prefix', cwd, '--no-audit', '--no-fund'], { cwd, env });

/** The user's settings for npm, without what an `npm run` or jest around us adds. */
function npmEnvironment() {
	const theirs = /^(npm_(package|lifecycle)_.*|npm_config_local_prefix|NODE_ENV|NODE_OPTIONS)$/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}

/** The C headers are in a package whose name differs from platform to platform. */
async function headersFolder(/** @type {string} */ nodeFolder) {
	const files = await readdir(nodeFolder, { recursive: true });
	const header = files.find((file) => file.endsWith(join('include', 'node', 'node_api.h')));
	if (!header)
		throw new Error(`The package node@${NODE_VERSION} has no C headers on this platform`);
	return join(nodeFolder, header, '../../..');
}

/** Of runs that were killed. Younger ones may belong to a run that is still going on. */
async function removeLeftovers(/** @type {string} */ cache) {
	for (const name of await readdir(cache)) {
		const path = join(cache, name);
		if (!name.includes('.unfinished-')) continue;
		const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
		if (Date.now() - mtimeMs > A_DAY_MS) await rm(path, { recursive: true, force: true });
	}
}

const adviceFor = (/** @type {string} */ cache) =>
	[
		`n8n ${N8N_VERSION} could not be installed into ${cache}. Nothing is left of the attempt.`,
		'It takes an npm registry that can be reached, 3 GB of disk, and, where no prebuilt sqlite3',
		'can be downloaded, Python 3, make and a C++ compiler (Debian: python3 make g++; macOS:',
		'xcode-select --install). N8N_TEST_CACHE names another folder. What went wrong follows.',
	].join('\n');

module.exports = { installN8n, npmEnvironment };
