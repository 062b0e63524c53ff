// @ts-check
const { randomBytes } = require('node:crypto');
const { mkdtemp, rm } = require('node:fs/promises');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const { eventually } = require('./eventually');
const { installN8n } = require('./installN8n');
const { isFirstMajor, n8nServer } = require('./n8nServer');
const { signUp } = require('./n8nSession');
const { installByHand, pack } = require('./packed');

/** @typedef {import('./installN8n').Installation} Installation */
/** @typedef {import('./n8nServer').LogLine} LogLine */
/** @typedef {import('./n8nSession').Owner} Owner */
/** @typedef {import('./n8nSession').Rest} Rest */
/** @typedef {{ id: string, name: string, type: string, data: Record<string, unknown> }} Credential */
/** @typedef {{ id: string, name: string, nodes: object[], connections: object }} WorkflowJson */

/**
 * An execution that has ended.
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status such as `success`
 * @property {(node: string, output?: number) => any[] | undefined} items
 * what came out of a node, or undefined if it did not run
 * @property {(node: string) => number} ms how long a node ran
 * @property {any} error what ended the execution, if it failed
 */

/**
 * @typedef {object} RealN8n
 * @property {string} version
 * @property {string} url
 * @property {Owner} owner for signing in to the editor
 * @property {(webhookId: string) => string} webhookUrl the production URL of a trigger of ours
 * @property {Rest} rest asks what the editor would ask, as the owner
 * @property {() => string} cookie what n8n knows the owner's browser by
 * @property {(workflowId: string, count: number, patienceMs?: number) => Promise<Execution[]>} executions
 * waits until a workflow has at least so many executions and all have ended, and returns them all
 * @property {LogLine[]} log everything so far
 * @property {(how?: { kill?: boolean, env?: NodeJS.ProcessEnv }) => Promise<void>} restart
 * ends n8n, or kills it, and starts it anew with the same data, and with more environment from then on
 * @property {() => Promise<void>} stop ends n8n and removes its data
 */

/**
 * Starts a new n8n on 127.0.0.1 that has the built package as a community package.
 * @param {object} options
 * @param {string} [options.version] that the tests run on unless given
 * @param {(userFolder: string) => Promise<unknown>} [options.install] puts the package into n8n
 * @param {Credential[]} [options.credentials]
 * @param {WorkflowJson[]} [options.workflows]
 * @param {string[]} [options.published] IDs of those that are to be active
 * @param {NodeJS.ProcessEnv} [options.env] what n8n is to have in its environment besides
 * @param {(message: string) => void} [options.onProgress]
 * @returns {Promise<RealN8n>}
 */
async function startN8n({
	version,
	install = installPackage,
	credentials = [],
	workflows = [],
	published = [],
	env,
	onProgress = () => {},
}) {
	const installation = await installN8n({ version, onProgress });
	const userFolder = await mkdtemp(join(tmpdir(), 'telnyx-n8n-'));
	/** @type {import('./n8nServer').Running | undefined} */
	let running;
	try {
		onProgress('Installing the package into n8n');
		await install(userFolder);

		const server = await n8nServer({ installation, userFolder, env });
		onProgress(`Importing ${credentials.length} credentials and ${workflows.length} workflows`);
		await server.add('credentials', credentials);
		await server.add('workflow', workflows);
		const isFirst = isFirstMajor(installation.version);
		for (const id of published) {
			const command = isFirst ? ['update:workflow', '--active=true'] : ['publish:workflow'];
			await server.cli(...command, `--id=${id}`);
		}

		onProgress('Starting n8n');
		running = await server.start();
		const { log } = running;
		const { url } = server;
		const owner = { email: 'owner@example.com', password: newPassword() };
		const { cookie, rest } = await signUp(url, owner);
		for (const id of published) {
			await (isFirst ? activated(log, id) : webhooksReady(rest, id));
		}
		onProgress(`n8n runs: ${url}`);
		return {
			version: installation.version,
			url,
			owner,
			webhookUrl: (webhookId) => webhookUrl(url, webhookId),
			rest,
			cookie,
			executions: async (workflowId, count, patienceMs) =>
				await endedExecutions(rest, installation, workflowId, count, patienceMs),
			log,
			async restart({ kill = false, env: changes } = {}) {
				await (kill ? running?.kill() : running?.pause());
				running = await server.start({ log, env: changes });
			},
			stop: async () => await running?.stop(),
		};
	} catch (error) {
		await running?.stop();
		await rm(userFolder, { recursive: true, force: true });
		throw error;
	}
}

/** By its name from the registry that the end-to-end tests start, or where there is none, packed. */
async function installPackage(/** @type {string} */ userFolder) {
	const { TEST_REGISTRY: registry } = process.env;
	await installByHand(userFolder, registry ? { registry } : { tarball: await pack(userFolder) });
}

/** As n8n wants it: long, with capitals and digits. */
const newPassword = () => `Aa1${randomBytes(12).toString('hex')}`;

/** @param {string} url @param {string} webhookId */
const webhookUrl = (url, webhookId) => `${url}/webhook/${webhookId}/webhook`;

/**
 * n8n calls itself ready before the webhooks of active workflows are there.
 * @param {LogLine[]} log
 * @param {string} workflowId
 */
async function activated(log, workflowId) {
	await eventually(`${workflowId} to be active`, () =>
		log.some(({ message }) => /^Activated workflow/.test(message) && message.includes(workflowId)),
	);
}

/**
 * @param {Rest} rest
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
 * @param {Rest} rest
 * @param {string} workflowId
 * @returns {Promise<{ status: string, triggers: { status: string, errorMessage: string | null }[] }>}
 */
async function publicationOf(rest, workflowId) {
	return (await rest('GET', `/workflows/${workflowId}/publication-status`)).body.data;
}

/**
 * Waits until a workflow has at least so many executions and all have ended.
 * @param {Rest} rest
 * @param {Installation} installation
 * @param {string} workflowId
 * @param {number} count
 * @param {number} [patienceMs]
 * @returns {Promise<Execution[]>} all of them
 */
async function endedExecutions(rest, installation, workflowId, count, patienceMs) {
	const readOutput = createRequire(installation.n8n)('flatted').parse;
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const running = ['new', 'running', 'waiting'];
	const allEnded = async () => {
		const { results } = (await rest('GET', `/executions?limit=100&filter=${filter}`)).body.data;
		const haveEnded = results.every((/** @type {any} */ { status }) => !running.includes(status));
		return results.length >= count && haveEnded ? results : undefined;
	};
	const what = `${count} executions of ${workflowId} to end`;
	/** @type {{ id: string, status: string }[]} */
	const found = await eventually(what, allEnded, patienceMs);
	const inOrder = found.sort((a, b) => Number(a.id) - Number(b.id));
	return await Promise.all(
		inOrder.map(async ({ id, status }) => {
			const { data } = (await rest('GET', `/executions/${id}`)).body.data;
			const { runData, error } = readOutput(data).resultData;
			/** @type {Execution} */
			const execution = {
				id,
				status,
				items: (node, output = 0) =>
					runData[node]?.at(-1).data?.main?.[output]?.map((/** @type {any} */ item) => item.json),
				ms: (node) => runData[node]?.at(-1).executionTime,
				error,
			};
			return execution;
		}),
	);
}

module.exports = {
	endedExecutions,
	newPassword,
	publicationOf,
	startN8n,
	webhooksReady,
	webhookUrl,
};
