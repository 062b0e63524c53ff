/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder } from '../support/cache';
import type { Owner } from '../support/n8nSession';
import { newPassword } from '../support/realN8n';

/** What is kept from one run to the next. */
interface Memory {
	/** Missing if n8n is new. */
	owner?: Owner;
	/** The account at the simulator that n8n's credential is for. */
	account?: { apiKey: string; privateKey: string; baseUrl: string };
	/** The IDs of the examples that were imported, even if the user has deleted some since. */
	examples: string[];
}

export interface Home {
	/** Where n8n keeps everything. */
	userFolder: string;
	memory: Memory;
	/** The owner to set up if n8n has none. */
	newOwner: Owner;
	/** Saves the memory. */
	remember: () => Promise<void>;
	/** Allows another run to start. */
	leave: () => Promise<void>;
}

/** Opens the demo's folder, which only one run can use at a time. */
export async function enterHome({ isReset }: { isReset: boolean }): Promise<Home> {
	const folder = join(cacheFolder(), 'demo');
	const lock = join(folder, 'runs');
	const file = join(folder, 'memory.json');
	const other = Number(await readFile(lock, 'utf8').catch(() => 0));
	if (isRunning(other)) {
		throw new Error(
			`The demo is running already, as process ${other}. End that one first, with Ctrl-C where it runs.`,
		);
	}
	if (isReset) await rm(folder, { recursive: true, force: true });
	const userFolder = join(folder, 'n8n');
	await mkdir(userFolder, { recursive: true });
	await writeFile(lock, String(process.pid));
	const known = await readFile(file, 'utf8').catch(() => '{ "examples": [] }');
	const memory: Memory = JSON.parse(known);
	return {
		userFolder,
		memory,
		newOwner: { email: 'demo@example.com', password: newPassword() },
		remember: async () => await writeFile(file, JSON.stringify(memory), { mode: 0o600 }),
		leave: async () => await rm(lock, { force: true }),
	};
}

/** @param id of a process, or 0 for none */
function isRunning(id: number) {
	if (!id) return false;
	try {
		return process.kill(id, 0);
	} catch {
		return false;
	}
}
