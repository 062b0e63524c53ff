/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code, never shipped */
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { eventually } from './eventually';
import { run, start, type Guarded } from './guarded';
import type { N8nProgram } from './installN8n';
import { freePorts } from './ports';

const START_MS = 180_000;

export interface LogLine {
	/** Such as `warn`. */
	level: string;
	message: string;
}

/** An n8n that can be started in a folder of its own. */
interface Server {
	url: string;
	/** Runs one of n8n's commands, and returns what it printed. */
	cli: (...args: string[]) => Promise<string>;
	/** Imports them. */
	add: (what: 'credentials' | 'workflow', content: object[]) => Promise<void>;
	/** Resolves when n8n is ready; its lines go to the end of the log, and the environment stays for later. */
	start: (again?: { log?: LogLine[]; env?: NodeJS.ProcessEnv }) => Promise<Running>;
}

/** An n8n that runs, and can be ended like any guarded program. */
export type Running = Guarded & { log: LogLine[] };

export async function n8nServer({
	installation,
	userFolder,
	role = 'start',
	port,
	env: more = {},
	isKept = false,
}: {
	installation: N8nProgram;
	/** Where n8n keeps everything. */
	userFolder: string;
	/** In queue mode: main unless given. */
	role?: 'start' | 'webhook' | 'worker';
	/** One that is free unless given. */
	port?: number;
	/** Additional environment variables for n8n. */
	env?: NodeJS.ProcessEnv;
	/** Unless true, the folder is removed when n8n has ended. */
	isKept?: boolean;
}): Promise<Server> {
	const [freePort, brokerPort] = await freePorts(2);
	const ownPort = port ?? freePort;
	const env = { ...environment(installation, userFolder, ownPort, brokerPort), ...more };
	const url = `http://127.0.0.1:${ownPort}`;
	const cli = async (...args: string[]) => {
		const { command, ...surroundings } = installation.launch(args, { userFolder, env });
		return await run(...command, { cwd: userFolder, ...surroundings });
	};
	return {
		url,
		cli,
		async add(what, content) {
			if (content.length === 0) return;
			const path = join(userFolder, `import-${randomBytes(4).toString('hex')}.json`);
			await writeFile(path, JSON.stringify(content), { mode: 0o600 });
			await cli(`import:${what}`, `--input=${path}`);
			await rm(path);
		},
		async start({ log = [], env: changes = {} } = {}) {
			Object.assign(env, changes);
			const removeAfter = isKept ? undefined : userFolder;
			const { command, ...surroundings } = installation.launch([role], { userFolder, env });
			const server = start(...command, { cwd: userFolder, removeAfter, ...surroundings });
			collectLog(server.output, log);
			try {
				await ready(server, { url, log, installation, hasEditor: role === 'start' });
			} catch (error) {
				await server.stop();
				throw error;
			}
			return { ...server, log };
		},
	};
}

/** Nothing of the environment around us, so that n8n behaves the same everywhere. */
const environment = (
	{ version }: N8nProgram,
	userFolder: string,
	port: number,
	brokerPort: number,
): NodeJS.ProcessEnv => ({
	HOME: userFolder,
	NODE_ENV: 'production',
	N8N_USER_FOLDER: userFolder,
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_PORT: String(port),
	N8N_RUNNERS_BROKER_PORT: String(brokerPort),
	N8N_LOG_FORMAT: 'json',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	// Fetches a list from n8n's own servers. The first major version does not know it.
	...(isFirstMajor(version) ? {} : { N8N_DISABLED_MODULES: 'mcp-registry' }),
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
});

/** Whether workflows are activated instead of published. */
export const isFirstMajor = (version: string) => version.startsWith('1.');

function collectLog(output: Readable, lines: LogLine[]) {
	createInterface({ input: output }).on('line', (line) => {
		try {
			const { level, message } = JSON.parse(line);
			lines.push({ level: String(level), message: String(message) });
		} catch {
			lines.push({ level: 'print', message: line });
		}
	});
}

async function ready(
	server: Guarded,
	{
		url,
		log,
		installation,
		hasEditor,
	}: { url: string; log: LogLine[]; installation: N8nProgram; hasEditor: boolean },
) {
	let over = false;
	void server.ended.catch(() => {}).then(() => (over = true));
	const isReady = async () => {
		if (over) throw new Error('n8n ended before it was ready');
		const health = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		if (!health?.ok) return false;
		if (!hasEditor) return true;
		// Before n8n 2 the editor's questions are answered a moment later, with a page until then.
		const settings = await fetch(`${url}/rest/settings`).catch(() => undefined);
		return settings?.headers.get('content-type')?.includes('json');
	};
	await eventually('n8n to be ready', isReady, START_MS).catch((error) => {
		const tail = log.slice(-30).map(({ message }) => message);
		throw new Error(
			`${error.message}. ${installation.advice} n8n's last words:\n${tail.join('\n')}`,
		);
	});
}
