// @ts-check
const { existsSync } = require('node:fs');
const { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } = require('node:fs/promises');
const { homedir } = require('node:os');
const { join } = require('node:path');

const { start } = require('./guarded');

const A_DAY_MS = 86_400_000;

/**
 * Told what is being done; while it goes on also how much of it is done, from 0 to 1.
 * @typedef {(message: string, share?: number) => void} OnProgress
 */

/** The folder that all clones of this repository share. */
function cacheFolder() {
	const { N8N_TEST_CACHE, XDG_CACHE_HOME } = process.env;
	const caches = XDG_CACHE_HOME || join(homedir(), '.cache');
	return N8N_TEST_CACHE || join(caches, 'n8n-nodes-telnyx-advanced');
}

/**
 * Makes a folder in the cache unless an earlier run did.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make fills it
 * @returns {Promise<string>}
 */
async function once(name, make) {
	const cache = cacheFolder();
	const folder = join(cache, name);
	if (existsSync(folder)) return folder;
	await mkdir(cache, { recursive: true });
	await removeLeftovers(cache);
	// Under its final name the folder is complete: that is how two runs at once get along.
	const unfinished = await mkdtemp(join(cache, `${name}.unfinished-`));
	try {
		await make(unfinished);
		await rename(unfinished, folder).catch((error) => {
			if (!existsSync(folder)) throw error;
		});
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
	return folder;
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

/**
 * Installs a package into a new folder without running its scripts.
 * @param {string} folder
 * @param {string} wanted name and version
 * @param {object} [options]
 * @param {Record<string, unknown>} [options.overrides] as in a package.json
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(requests: number) => void} [options.onRequest] how often the registry was asked so far
 */
async function installPackage(folder, wanted, options = {}) {
	const { overrides = {}, env = npmEnvironment(), onRequest } = options;
	await mkdir(folder);
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
	await npm(['install', '--ignore-scripts', wanted], folder, env, onRequest);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @param {(requests: number) => void} [onRequest]
 * @throws if npm fails, with the last lines of what it said
 */
async function npm(args, cwd, env, onRequest = () => {}) {
	const all = [...args, '--prefix', cwd, '--no-audit', '--no-fund', '--loglevel=http'];
	const { output, ended } = start('npm', all, { cwd, env });
	let requests = 0;
	/** @type {string[]} */
	const said = [];
	for await (const line of linesOf(output)) {
		if (/^npm http (fetch|cache)/.test(line)) onRequest((requests += 1));
		else said.push(line);
	}
	const code = await ended;
	if (code === 0) return;
	throw new Error(
		`'npm ${args.join(' ')}' ended with code ${code}:\n${said.slice(-30).join('\n')}`,
	);
}

/** @param {import('node:stream').Readable} input */
const linesOf = (input) => require('node:readline').createInterface({ input });

/** The user's settings for npm, without what an `npm run` or jest around us adds. */
function npmEnvironment() {
	const theirs = /^(npm_(package|lifecycle)_.*|npm_config_local_prefix|NODE_ENV|NODE_OPTIONS)$/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}

module.exports = { cacheFolder, installPackage, npm, npmEnvironment, once };
