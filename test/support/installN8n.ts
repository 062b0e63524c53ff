/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { cacheFolder, installPackage, npm, npmEnvironment, once, type OnProgress } from './cache';
import { run, type Command } from './guarded';

/** The version that the tests run on by default. */
export const N8N_VERSION = '2.41.1';
/** The last of the first major version, which many still run. */
export const LAST_1_VERSION = '1.123.81';

/** What is known about the versions: their size, and roughly how often npm asks the registry. */
const VERSIONS: Record<
	string,
	{ size: string; requests: number; overrides?: Record<string, string> }
> = {
	[N8N_VERSION]: { size: '3 GB', requests: 4700 },
	[LAST_1_VERSION]: {
		size: '2 GB',
		requests: 3700,
		// It is meant to come from a server of its own, which not everybody can reach.
		overrides: { xlsx: '0.18.5' },
	},
};

/** The Node.js that these versions need. The tests may run on another one. */
const NODE_VERSION = '24';

/** A program that runs n8n, and what has to be around it. */
interface Launch {
	command: Command;
	env: NodeJS.ProcessEnv;
	/** What to run once it has ended. */
	cleanUp?: Command;
}

/** An n8n that can be started. */
export interface N8nProgram {
	version: string;
	/** How to run one of n8n's commands, such as `start`, with an environment for n8n. */
	launch: (args: string[], where: { userFolder: string; env: NodeJS.ProcessEnv }) => Launch;
	/** What to do if it does not start. */
	advice: string;
}

/** A real n8n on this machine, with a Node.js of its own. */
export interface Installation extends N8nProgram {
	folder: string;
	/** The program, to be run with `node`. */
	n8n: string;
	node: string;
}

/**
 * Installs n8n unless an earlier run did, in a folder that all clones of this repository share:
 * `$N8N_TEST_CACHE`, or the user's cache folder.
 * @throws with what to do about it
 */
export async function installN8n({
	version = N8N_VERSION,
	onProgress = () => {},
}: { version?: string; onProgress?: OnProgress } = {}): Promise<Installation> {
	const folder = await once(`n8n-${version}`, async (unfinished) => {
		if (process.platform === 'win32') {
			throw new Error('A real n8n can be started here on Linux and macOS only. Use WSL.');
		}
		await installInto(unfinished, version, onProgress).catch((error) => {
			throw new Error(`${adviceFor(version)}\n\n${error.message}`);
		});
	});
	return parts(folder, version);
}

function parts(folder: string, version: string): Installation {
	const n8n = join(folder, 'n8n/node_modules/n8n/bin/n8n');
	const node = join(folder, 'node/node_modules/node/bin/node');
	const PATH = [dirname(node), process.env.PATH].join(delimiter);
	return {
		version,
		folder,
		n8n,
		node,
		launch: (args, { env }) => ({ command: [node, [n8n, ...args]], env: { PATH, ...env } }),
		advice: `If the installation in ${folder} is broken, delete it: the next run makes a new one.`,
	};
}

async function installInto(folder: string, version: string, onProgress: OnProgress) {
	const { node, n8n } = parts(folder, version);
	const { overrides, requests, size } = VERSIONS[version] ?? VERSIONS[N8N_VERSION];
	const nodeFolder = join(folder, 'node');
	const n8nFolder = join(folder, 'n8n');
	const env = npmEnvironment();

	onProgress(`Installing n8n ${version} once, which takes some minutes and ${size}: ${folder}`);
	onProgress(`1 of 4: Node.js ${NODE_VERSION}, which n8n runs on`);
	await installPackage(nodeFolder, `node@${NODE_VERSION}`, { env });
	// This fetches the binary. Run by hand, because npm may be set, or come, to refuse such scripts.
	const nodePackage = join(nodeFolder, 'node_modules/node');
	await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: nodePackage, env });

	env.PATH = [dirname(node), env.PATH].join(delimiter);
	const download = '2 of 4: n8n and its packages, about 3 minutes';
	onProgress(download);
	// Of the packages that compile something, n8n needs two, and some cannot be compiled everywhere.
	await installPackage(n8nFolder, `n8n@${version}`, {
		env,
		overrides,
		onRequest: (count) => onProgress(download, Math.min(count / requests, 0.99)),
	});

	onProgress('3 of 4: compiling the packages that have to be, about 1 minute');
	env.npm_config_nodedir = await headersFolder(nodeFolder);
	await npm(['rebuild', '--ignore-scripts=false', 'sqlite3', 'isolated-vm'], n8nFolder, env);

	onProgress('4 of 4: checking the installation');
	const load = "for (const name of ['sqlite3', 'isolated-vm']) require(name)";
	await run(node, ['-e', load], { cwd: n8nFolder, env });
	await run(node, [n8n, '--version'], { cwd: n8nFolder, env });
}

/** The C headers are in a package whose name differs from platform to platform. */
async function headersFolder(nodeFolder: string) {
	const files = await readdir(nodeFolder, { recursive: true });
	const header = files.find((file) => file.endsWith(join('include', 'node', 'node_api.h')));
	if (!header)
		throw new Error(`The package node@${NODE_VERSION} has no C headers on this platform`);
	return join(nodeFolder, header, '../../..');
}

const adviceFor = (version: string) =>
	[
		`n8n ${version} could not be installed into ${cacheFolder()}. Nothing is left of the attempt.`,
		'It takes an npm registry that can be reached, 3 GB of disk, and, where no prebuilt sqlite3',
		'can be downloaded, Python 3, make and a C++ compiler (Debian: python3 make g++; macOS:',
		'xcode-select --install). N8N_TEST_CACHE names another folder. What went wrong follows.',
	].join('\n');
