/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { start } from './guarded';

const A_DAY_MS = 86_400_000;

/** Called with the current step and, while that goes on, the share of it that is done, from 0 to 1. */
export type OnProgress = (message: string, share?: number) => void;

/** Tells each step once, for a log that shows no bars. */
export const stepsTo =
	(tell: (message: string) => void): OnProgress =>
	(message, share) => {
		if (share === undefined) tell(message);
	};

/** The folder that all clones of this repository share. */
export function cacheFolder() {
	const { N8N_TEST_CACHE, XDG_CACHE_HOME } = process.env;
	const caches = XDG_CACHE_HOME || join(homedir(), '.cache');
	return N8N_TEST_CACHE || join(caches, 'n8n-nodes-telnyx-advanced');
}

/**
 * Makes a folder in the cache unless an earlier run did.
 * @param make fills it
 */
export async function once(name: string, make: (folder: string) => Promise<void>): Promise<string> {
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
async function removeLeftovers(cache: string) {
	for (const name of await readdir(cache)) {
		const path = join(cache, name);
		if (!name.includes('.unfinished-')) continue;
		const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
		if (Date.now() - mtimeMs > A_DAY_MS) await rm(path, { recursive: true, force: true });
	}
}

/**
 * Installs a package into a new folder without running its scripts.
 * @param wanted name and version
 */
export async function installPackage(
	folder: string,
	wanted: string,
	options: {
		/** As in a package.json. */
		overrides?: Record<string, unknown>;
		env?: NodeJS.ProcessEnv;
		/** How often the registry was asked so far. */
		onRequest?: (requests: number) => void;
	} = {},
) {
	const { overrides = {}, env = npmEnvironment(), onRequest } = options;
	await mkdir(folder);
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }));
	await npm(['install', '--ignore-scripts', wanted], folder, env, onRequest);
}

/** @throws if npm fails, with the last lines of what it said */
export async function npm(
	args: string[],
	cwd: string,
	env: NodeJS.ProcessEnv,
	onRequest: (requests: number) => void = () => {},
) {
	const all = [...args, '--prefix', cwd, '--no-audit', '--no-fund', '--loglevel=http'];
	const { output, ended } = start('npm', all, { cwd, env });
	let requests = 0;
	const said: string[] = [];
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

const linesOf = (input: Readable) => createInterface({ input });

/** The user's settings for npm, without what an `npm run` or jest around us adds. */
export function npmEnvironment() {
	const theirs = /^(npm_(package|lifecycle)_.*|npm_config_local_prefix|NODE_ENV|NODE_OPTIONS)$/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}
