/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { eventually } from '../support/eventually';
import { LAST_1_VERSION, N8N_VERSION } from '../support/installN8n';
import { usedMb } from '../support/n8nProcesses';
import { straightLine, telnyx } from '../support/straightLine';
import { start, startLine } from './line';
import type { Row } from './index';

const MB = 1_000_000;
const DOWNLOADS = 'downloads';
const PATIENCE_MS = 600_000;

/** A recording of this size, in each mode in which n8n keeps files. */
const CASES = [
	{ version: N8N_VERSION, mode: 'filesystem', bytes: 2_000 * MB },
	{ version: N8N_VERSION, mode: 'filesystem', bytes: 2_001 * MB },
	{ version: N8N_VERSION, mode: 'database', bytes: 100 * MB },
	{ version: N8N_VERSION, mode: 'database', bytes: 2_000 * MB },
	{ version: LAST_1_VERSION, mode: 'filesystem', bytes: 2_000 * MB },
	{ version: LAST_1_VERSION, mode: 'default', bytes: 100 * MB },
	{ version: LAST_1_VERSION, mode: 'default', bytes: 2_000 * MB },
];

/** Large recordings: what n8n's memory does, what the user reads, and what stays behind. */
export async function recording(onProgress: (message: string) => void): Promise<Row[]> {
	const rows: Row[] = [];
	const chosen = new RegExp(process.env.CASES ?? '');
	for (const one of CASES) {
		const name = `${one.bytes / MB} MB, n8n ${one.version}, mode ${one.mode}`;
		if (!chosen.test(name)) continue;
		const happened = await download(one, onProgress);
		onProgress(`${name}: ${happened}`);
		rows.push([`A recording of ${name}`, happened]);
	}
	return rows;
}

async function download(
	{ version, mode, bytes }: (typeof CASES)[number],
	onProgress: (message: string) => void,
): Promise<string> {
	const storage = await mkdtemp(join(tmpdir(), 'telnyx-recording-'));
	const files = await startFiles(bytes);
	const line = await startLine({
		version,
		env: {
			N8N_DEFAULT_BINARY_DATA_MODE: mode,
			N8N_BINARY_DATA_STORAGE_PATH: storage,
			N8N_STORAGE_PATH: storage,
		},
		more: () => [
			straightLine(DOWNLOADS, {
				Download: telnyx('recording', 'download', {
					recording_id: { __rl: true, mode: 'id', value: 'r1' },
				}),
			}),
		],
		onProgress,
	});
	line.answer = async ({ url }) =>
		url.startsWith('/v2/recordings/')
			? { body: { data: { id: 'r1', download_urls: { mp3: files.url } } } }
			: undefined;
	const before = usedMb();
	let most = before;
	const sampling = setInterval(() => (most = Math.max(most, usedMb())), 100);
	try {
		const since = Date.now();
		await start(line, DOWNLOADS);
		await eventually('the download', () => files.asked() > 0);
		const [execution] = await line.n8n.executions(DOWNLOADS, 1, PATIENCE_MS);
		const seconds = ((Date.now() - since) / 1_000).toFixed(0);
		const [file] = execution.files('Download') ?? [];
		const result =
			execution.status === 'success'
				? `success, ${Object.values<{ fileSize: string }>(file ?? {})[0]?.fileSize}`
				: `${execution.status}: ${execution.error?.message} (${execution.error?.description})`;
		const alive = (await line.n8n.rest('GET', '/settings')).status === 200;
		return `${result}, in ${seconds} s; n8n's memory ${before} MB before, ${most} MB at most; on disk ${Math.round((await sizeOf(storage)) / MB)} MB; asked for the file ${files.asked()} times; n8n ${alive ? 'goes on' : 'is gone'}`;
	} finally {
		clearInterval(sampling);
		await line.close();
		files.close();
		await rm(storage, { recursive: true, force: true });
	}
}

async function sizeOf(folder: string) {
	const names = await readdir(folder, { recursive: true });
	const sizes = await Promise.all(
		names.map(async (name) => {
			const found = await stat(join(folder, name)).catch(() => undefined);
			return found?.isFile() ? found.size : 0;
		}),
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}

/** A server of files of this size. */
async function startFiles(bytes: number) {
	let asked = 0;
	const chunk = Buffer.alloc(1 * MB, 'sound');
	const server = createServer((_request, response) => {
		asked += 1;
		response.setHeader('content-type', 'audio/mpeg');
		response.setHeader('content-length', bytes);
		Readable.from(chunks())
			.on('error', () => response.destroy())
			.pipe(response);
	}).listen(0, '127.0.0.1');
	function* chunks() {
		for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left);
	}
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/r1.mp3`,
		asked: () => asked,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
