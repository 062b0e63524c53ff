// @ts-check
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { mkdir, mkdtemp, rm, writeFile } = require('node:fs/promises');
const { createRequire } = require('node:module');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { delimiter, dirname, join } = require('node:path');
const { createInterface } = require('node:readline');
const { setTimeout: sleep } = require('node:timers/promises');

const { run, start } = require('./guarded');
const { installN8n, npmEnvironment } = require('./installN8n');

const ROOT = join(__dirname, '../..');
const START_MS = 180_000;
const WAIT_MS = 30_000;
const POLL_MS = 100;

/** @typedef {import('./installN8n').Installation} Installation */
/** @typedef {{ id: string, name: string, type: string, data: Record<string, unknown> }} Credential */
/** @typedef {{ id: string, name: string, nodes: object[], connections: object }} WorkflowJson */

/**
 * @typedef {object} LogLine
 * @property {string} level such as `warn`
 * @property {string} message
 */

/**
 * An execution that has ended.
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status such as `success`
 * @property {(node: string, output?: number) => any[] | undefined} items
 * what came out of a node, or undefined if it did not run
 */

/**
 * @typedef {object} RealN8n
 * @property {string} url
 * @property {{ email: string, password: string }} owner for signing in to the editor
 * @property {(webhookId: string) => string} webhookUrl the production URL of a trigger of ours
 * @property {(method: string, path: string, body?: unknown) => Promise<{ status: number, body: any }>} rest
 * asks what the editor would ask, as the owner
 * @property {(workflowId: string, count: number) => Promise<Execution[]>} executions
 * waits until a workflow has at least so many executions and all have ended, and returns them all
 * @property {LogLine[]} log everything so far
 * @property {(how?: { kill?: boolean, env?: NodeJS.ProcessEnv }) => Promise<void>} restart
 * ends n8n, or kills it, and starts it anew with the same data, and with more environment from then on
 * @property {() => Promise<void>} stop ends n8n and removes its data
 */

/**
 * Starts a new n8n on 127.0.0.1 that has the built package as a community package.
 * @param {object} options
 * @param {Installation} [options.installation] the one that `installN8n` makes, unless given
 * @param {Credential[]} [options.credentials]
 * @param {WorkflowJson[]} [options.workflows]
 * @param {string[]} [options.published] IDs of those that are to be active
 * @param {NodeJS.ProcessEnv} [options.env] what n8n is to have in its environment besides
 * @param {(message: string) => void} [options.onProgress]
 * @returns {Promise<RealN8n>}
 */
async function startN8n({
	installation,
	credentials = [],
	workflows = [],
	published = [],
	env: moreEnv = {},
	onProgress = () => {},
}) {
	const { folder, n8n, node } = installation ?? (await installN8n({ onProgress }));
	const userFolder = await mkdtemp(join(tmpdir(), 'telnyx-n8n-'));
	/** @type {import('./guarded').Guarded | undefined} */
	let server;
	try {
		onProgress('Installing the package into n8n');
		await installPackage(userFolder);

		const [port, brokerPort] = await freePorts(2);
		const env = {
			...n8nEnvironment(userFolder, dirname(node), port, brokerPort),
			...moreEnv,
		};
		const cli = async (/** @type {string[]} */ ...args) =>
			await run(node, [n8n, ...args], { cwd: userFolder, env });
		onProgress(`Importing ${credentials.length} credentials and ${workflows.length} workflows`);
		if (credentials.length > 0) {
			await cli('import:credentials', `--input=${await json(userFolder, credentials)}`);
		}
		if (workflows.length > 0) {
			await cli('import:workflow', `--input=${await json(userFolder, workflows)}`);
		}
		for (const id of published) await cli('publish:workflow', `--id=${id}`);

		/** @type {LogLine[]} */
		const log = [];
		const url = `http://127.0.0.1:${port}`;
		const begin = async () => {
			onProgress('Starting n8n');
			server = start(node, [n8n, 'start'], { cwd: userFolder, env, removeAfter: userFolder });
			collectLog(server.output, log);
			await ready(server, url, log, folder);
		};
		await begin();
		const owner = { email: 'owner@example.com', password: `Aa1${randomBytes(12).toString('hex')}` };
		const rest = await signUp(url, owner);
		for (const id of published) await webhooksReady(rest, id);
		const readOutput = createRequire(n8n)('flatted').parse;
		onProgress(`n8n runs: ${url}`);
		return {
			url,
			owner,
			webhookUrl: (webhookId) => `${url}/webhook/${webhookId}/webhook`,
			rest,
			executions: async (workflowId, count) =>
				await endedExecutions(rest, readOutput, workflowId, count),
			log,
			async restart({ kill = false, env: changes = {} } = {}) {
				await (kill ? server?.kill() : server?.pause());
				Object.assign(env, changes);
				await begin();
			},
			stop: async () => await server?.stop(),
		};
	} catch (error) {
		await server?.stop();
		await rm(userFolder, { recursive: true, force: true });
		throw error;
	}
}

/** As n8n's documentation has users do it by hand, from the same tarball that would be published. */
async function installPackage(/** @type {string} */ userFolder) {
	const env = npmEnvironment();
	const packed = await run(
		'npm',
		['pack', '--ignore-scripts', '--silent', '--pack-destination', userFolder],
		{ cwd: ROOT, env },
	);
	const tarball = join(userFolder, packed.trim().split('\n').at(-1) ?? '');
	const nodes = join(userFolder, '.n8n/nodes');
	await mkdir(nodes, { recursive: true });
	await writeFile(join(nodes, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	const how = ['--ignore-scripts', '--legacy-peer-deps', '--offline', '--no-audit', '--no-fund'];
	await run('npm', ['install', tarball, '--prefix', nodes, ...how], { cwd: nodes, env });
}

/**
 * Nothing of the environment around us, so that n8n behaves the same everywhere.
 * @param {string} userFolder
 * @param {string} nodeFolder
 * @param {number} port
 * @param {number} brokerPort
 * @returns {NodeJS.ProcessEnv}
 */
const n8nEnvironment = (userFolder, nodeFolder, port, brokerPort) => ({
	HOME: userFolder,
	PATH: [nodeFolder, process.env.PATH].join(delimiter),
	NODE_ENV: 'production',
	N8N_USER_FOLDER: userFolder,
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_PORT: String(port),
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_LOG_FORMAT: 'json',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	// Fetches a list from n8n's own servers.
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
});

/**
 * Ports that nobody listens on. n8n cannot be made to take one from the system and to tell which.
 * @param {number} count
 */
async function freePorts(count) {
	const servers = await Promise.all(
		Array.from({ length: count }, async () => {
			const server = createServer().listen(0, '127.0.0.1');
			await once(server, 'listening');
			return server;
		}),
	);
	const ports = servers.map(
		(server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port,
	);
	for (const server of servers) server.close();
	return ports;
}

/** @param {string} folder @param {unknown} content */
async function json(folder, content) {
	const path = join(folder, `import-${randomBytes(4).toString('hex')}.json`);
	await writeFile(path, JSON.stringify(content));
	return path;
}

/** @param {import('node:stream').Readable} output @param {LogLine[]} lines */
function collectLog(output, lines) {
	createInterface({ input: output }).on('line', (line) => {
		try {
			const { level, message } = JSON.parse(line);
			lines.push({ level: String(level), message: String(message) });
		} catch {
			lines.push({ level: 'print', message: line });
		}
	});
}

/**
 * @param {import('./guarded').Guarded} server
 * @param {string} url
 * @param {LogLine[]} log
 * @param {string} folder
 */
async function ready(server, url, log, folder) {
	let over = false;
	void server.ended.catch(() => {}).then(() => (over = true));
	const isReady = async () => {
		if (over) throw new Error('n8n ended before it was ready');
		const health = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		return health?.ok;
	};
	await eventually('n8n to be ready', isReady, START_MS).catch((error) => {
		const tail = log.slice(-30).map(({ message }) => message);
		throw new Error(
			`${error.message}. If the installation in ${folder} is broken, delete it: the next run makes a new one. n8n's last words:\n${tail.join('\n')}`,
		);
	});
}

/**
 * @param {string} url
 * @param {RealN8n['owner']} owner
 * @returns {Promise<RealN8n['rest']>}
 */
async function signUp(url, owner) {
	/** @type {string | undefined} */
	let cookie;
	/** @type {RealN8n['rest']} */
	const rest = async (method, path, body) => {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		cookie ??= response.headers.getSetCookie()[0]?.split(';')[0];
		return { status: response.status, body: await response.json() };
	};
	const name = { firstName: 'Test', lastName: 'Owner' };
	const { status, body } = await rest('POST', '/owner/setup', { ...owner, ...name });
	if (status !== 200) throw new Error(`n8n refuses its owner: ${JSON.stringify(body)}`);
	return rest;
}

/**
 * n8n calls itself ready before the webhooks of published workflows are there.
 * @param {RealN8n['rest']} rest
 * @param {string} workflowId
 */
async function webhooksReady(rest, workflowId) {
	await eventually(`the webhooks of ${workflowId}`, async () => {
		const { status, triggers } = await publicationOf(rest, workflowId);
		if (status === 'failed') throw new Error(`${workflowId}: ${JSON.stringify(triggers)}`);
		return status === 'published';
	});
}

/**
 * What became of publishing a workflow. n8n answers before it has registered the webhooks, and when
 * a trigger refuses, tries again for 15 s before it gives up.
 * @param {RealN8n['rest']} rest
 * @param {string} workflowId
 * @returns {Promise<{ status: string, triggers: { status: string, errorMessage: string | null }[] }>}
 */
async function publicationOf(rest, workflowId) {
	return (await rest('GET', `/workflows/${workflowId}/publication-status`)).body.data;
}

/**
 * @param {RealN8n['rest']} rest
 * @param {(text: string) => any} readOutput
 * @param {string} workflowId
 * @param {number} count
 */
async function endedExecutions(rest, readOutput, workflowId, count) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const running = ['new', 'running', 'waiting'];
	/** @type {{ id: string, status: string }[]} */
	const found = await eventually(`${count} executions of ${workflowId} to end`, async () => {
		const { results } = (await rest('GET', `/executions?limit=100&filter=${filter}`)).body.data;
		const haveEnded = results.every((/** @type {any} */ { status }) => !running.includes(status));
		return results.length >= count && haveEnded ? results : undefined;
	});
	const inOrder = found.sort((a, b) => Number(a.id) - Number(b.id));
	return await Promise.all(
		inOrder.map(async ({ id, status }) => {
			const { data } = (await rest('GET', `/executions/${id}`)).body.data;
			const { runData } = readOutput(data).resultData;
			/** @type {Execution} */
			const execution = {
				id,
				status,
				items: (node, output = 0) =>
					runData[node]?.at(-1).data?.main?.[output]?.map((/** @type {any} */ item) => item.json),
			};
			return execution;
		}),
	);
}

/**
 * Asks again and again until the answer is something.
 * @template T
 * @param {string} what for the message when time is up
 * @param {() => T | Promise<T>} ask
 * @param {number} [patienceMs]
 * @returns {Promise<Exclude<T, undefined | null | false>>}
 */
async function eventually(what, ask, patienceMs = WAIT_MS) {
	const end = Date.now() + patienceMs;
	for (;;) {
		const answer = await ask();
		if (answer) return /** @type {any} */ (answer);
		if (Date.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
		await sleep(POLL_MS);
	}
}

module.exports = { eventually, freePorts, installN8n, publicationOf, startN8n };
