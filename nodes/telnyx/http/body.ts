import type { IExecuteFunctions } from 'n8n-workflow';

import { parseExactly } from '../../shared/parseExactly';

/** The body of a reply that n8n has not read itself: a buffer or a stream. */
export type FileContent = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];
type Chunks = AsyncIterable<Buffer>;

/** The JSON of a reply, or what is wrong with it, as the end of a sentence about the reply. */
interface ReadJson {
	readonly body: unknown;
	readonly flaw?: string;
}

/** Far more than the longest list that Telnyx returns at once. */
const MOST_JSON_MB = 20;

/**
 * Reads a reply as JSON, up to a limit that applies to its decompressed size. Numbers with more digits than
 * JavaScript keeps become text.
 * @throws the error with which the connection breaks off
 */
export async function readJson(body: unknown): Promise<ReadJson> {
	// n8n may mock the reply, and then returns a body that is already parsed.
	const text = isStream(body) ? await textIn(body) : body;
	if (text === undefined) return { body: undefined, flaw: `was larger than ${MOST_JSON_MB} MB` };
	// Not every success has a body.
	if (text === null || text === '') return { body: {} };
	const json = typeof text === 'string' ? parsed(text) : text;
	if (json === null) return { body: {} };
	if (typeof json === 'object') return { body: json };
	// A refusal may explain itself in a line of text.
	return { body: json ?? text, flaw: 'was not JSON' };
}

/** Undefined if it is too long. */
async function textIn(body: Chunks): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of body) {
		length += chunk.length;
		// Leaving the loop closes the connection.
		if (length > MOST_JSON_MB * 1e6) return undefined;
		chunks.push(chunk);
	}
	return new TextDecoder().decode(Buffer.concat(chunks));
}

function parsed(text: string): unknown {
	try {
		return parseExactly(text);
	} catch {
		return undefined;
	}
}

const isStream = (body: unknown): body is Chunks =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/**
 * Closes the connection of a body that nobody reads. The stream that n8n returns releases its source
 * only after reading has started.
 */
export async function discard(body: unknown): Promise<void> {
	if (!isStream(body)) return;
	const chunks = body[Symbol.asyncIterator]();
	try {
		await chunks.next();
		await chunks.return?.();
	} catch {
		// It broke off by itself.
	}
}

/** Far more than a day's recording in the largest format. */
export const MOST_FILE_MB = 2_000;
const WINDOW_MS = 30_000;
/** A hundredth of what a telephone line carries. */
const LEAST_IN_WINDOW = 30_000;

/**
 * Aborts a file that does not end: one that is too large, or slower than 1 KB a second for half a minute.
 * @param endRequest closes the connection, on which the file itself may wait
 */
export function breakOffEndless(content: FileContent, endRequest: () => void): FileContent {
	if (Buffer.isBuffer(content)) return content;
	const breakOff = (code: string) => {
		content.destroy(Object.assign(new Error(code), { code }));
		endRequest();
	};
	let total = 0;
	let inWindow = 0;
	// Counted on its way in: a second reader would take chunks away from n8n.
	const push = content.push.bind(content);
	content.push = (chunk: Buffer | null, ...more) => {
		total += chunk?.length ?? 0;
		inWindow += chunk?.length ?? 0;
		if (total > MOST_FILE_MB * 1e6) breakOff(TOO_LARGE);
		return push(chunk, ...more);
	};
	const watch = () => {
		const window = AbortSignal.timeout(WINDOW_MS);
		const onEnd = () => {
			const isReaderSlow = content.readableLength >= content.readableHighWaterMark;
			if (inWindow < LEAST_IN_WINDOW && !isReaderSlow) return void breakOff('ETIMEDOUT');
			inWindow = 0;
			watch();
		};
		window.addEventListener('abort', onEnd, { once: true });
		content.once('close', () => window.removeEventListener('abort', onEnd));
	};
	watch();
	return content;
}

/** Used like Node's codes for the network. */
export const TOO_LARGE = 'ERR_TOO_LARGE';
