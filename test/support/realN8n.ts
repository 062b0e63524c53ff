/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error, @typescript-eslint/no-explicit-any -- test code, never shipped */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stepsTo } from './cache';
import { eventually } from './eventually';
import { installN8n, type Installation } from './installN8n';
import { isFirstMajor, n8nServer, type LogLine, type Running } from './n8nServer';
import { signUp, type Owner, type Rest } from './n8nSession';
import { installByHand, pack } from './packed';

export type Credential = { id: string; name: string; type: string; data: Record<string, unknown> };

export type WorkflowJson = { id: string; name: string; nodes: object[]; connections: object };

/** An execution that has ended. */
export interface Execution {
	id: string;
	/** Such as `success`. */
	status: string;
	/** The output of a node; undefined if it did not run. */
	items: (node: string, output?: number) => any[] | undefined;
	/** The files in its output. */
	files: (node: string) => any[] | undefined;
	/** How long a node ran. */
	ms: (node: string) => number;
	/** The error that ended the execution, if it failed. */
	error: any;
}

export interface RealN8n {
	version: string;
	url: string;
	/** For signing in to the editor. */
	owner: Owner;
	/** The production URL of a trigger of ours. */
	webhookUrl: (webhookId: string) => string;
	/** Sends a request as the editor would, as the owner. */
	rest: Rest;
	/** The cookie of the owner's browser. */
	cookie: () => string;
	/** Waits until a workflow has at least so many executions and all have ended, and returns them all. */
	executions: (workflowId: string, count: number, patienceMs?: number) => Promise<Execution[]>;
	/** Everything so far. */
	log: LogLine[];
	/** Ends n8n, or kills it, and starts it anew with the same data, and with more environment from then on. */
	restart: (how?: { kill?: boolean; env?: NodeJS.ProcessEnv }) => Promise<void>;
	/** Ends n8n and removes its data. */
	stop: () => Promise<void>;
}

/** Starts a new n8n on 127.0.0.1 that has the built package as a community package. */
export async function startN8n({
	version,
	install = installPackage,
	credentials = [],
	workflows = [],
	published = [],
	env,
	onProgress = () => {},
}: {
	/** That the tests run on unless given. */
	version?: string;
	/** Puts the package into n8n. */
	install?: (userFolder: string) => Promise<unknown>;
	credentials?: Credential[];
	workflows?: WorkflowJson[];
	/** IDs of those that are to be active. */
	published?: string[];
	/** Additional environment variables for n8n. */
	env?: NodeJS.ProcessEnv;
	onProgress?: (message: string) => void;
}): Promise<RealN8n> {
	const installation = await installN8n({ version, onProgress: stepsTo(onProgress) });
	const userFolder = await mkdtemp(join(tmpdir(), 'telnyx-n8n-'));
	let running: Running | undefined;
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
async function installPackage(userFolder: string) {
	const { TEST_REGISTRY: registry } = process.env;
	await installByHand(userFolder, registry ? { registry } : { tarball: await pack(userFolder) });
}

/** As n8n wants it: long, with capitals and digits. */
export const newPassword = () => `Aa1${randomBytes(12).toString('hex')}`;

export const webhookUrl = (url: string, webhookId: string) => `${url}/webhook/${webhookId}/webhook`;

/** n8n calls itself ready before the webhooks of active workflows are there. */
async function activated(log: LogLine[], workflowId: string) {
	await eventually(`${workflowId} to be active`, () =>
		log.some(({ message }) => /^Activated workflow/.test(message) && message.includes(workflowId)),
	);
}

export async function webhooksReady(rest: Rest, workflowId: string) {
	await eventually(`the webhooks of ${workflowId}`, async () => {
		const { status, triggers } = await publicationOf(rest, workflowId);
		if (status === 'failed' || status === 'partial')
			throw new Error(`${workflowId}: ${JSON.stringify(triggers)}`);
		return status === 'published';
	});
}

/**
 * What became of publishing a workflow. n8n answers before it has registered the webhooks, and when
 * a trigger refuses, tries again for 15 s before it gives up.
 */
export async function publicationOf(
	rest: Rest,
	workflowId: string,
): Promise<{ status: string; triggers: { status: string; errorMessage: string | null }[] }> {
	return (await rest('GET', `/workflows/${workflowId}/publication-status`)).body.data;
}

/**
 * Waits until a workflow has at least so many executions and all have ended.
 * @returns all of them
 */
export async function endedExecutions(
	rest: Rest,
	installation: Installation,
	workflowId: string,
	count: number,
	patienceMs?: number,
): Promise<Execution[]> {
	const readOutput = createRequire(installation.n8n)('flatted').parse;
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const running = ['new', 'running', 'waiting'];
	const allEnded = async () => {
		const { results } = (await rest('GET', `/executions?limit=100&filter=${filter}`)).body.data;
		const haveEnded = results.every(({ status }: any) => !running.includes(status));
		return results.length >= count && haveEnded ? results : undefined;
	};
	const what = `${count} executions of ${workflowId} to end`;
	const found: { id: string; status: string }[] = await eventually(what, allEnded, patienceMs);
	const inOrder = found.sort((a, b) => Number(a.id) - Number(b.id));
	return await Promise.all(
		inOrder.map(async ({ id, status }) => {
			const { data } = (await rest('GET', `/executions/${id}`)).body.data;
			const { runData, error } = readOutput(data).resultData;
			const execution: Execution = {
				id,
				status,
				items: (node, output = 0) =>
					runData[node]?.at(-1).data?.main?.[output]?.map((item: any) => item.json),
				files: (node) => runData[node]?.at(-1).data?.main?.[0]?.map((item: any) => item.binary),
				ms: (node) => runData[node]?.at(-1).executionTime,
				error,
			};
			return execution;
		}),
	);
}
