/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export const API_KEY = 'only-the-stand-in-knows-this';

/** What a run did to the API. */
export interface Tally {
	requests: number;
	carriedOut: number;
	/** Commands that were carried out more than once. */
	twice: number;
	/** Requests on their way at the same time. */
	mostAtOnce: number;
}

/**
 * An API on 127.0.0.1 that does nothing but answer, so that it takes next to no time of its own.
 */
export async function startApi({
	latencyMs = 50,
	tls,
}: { latencyMs?: number; tls?: { key: string; cert: string } } = {}) {
	let atOnce = 0;
	let tally: Tally;
	let seen: Set<string>;
	let perSecond: number | undefined;
	let window = { startedAt: 0, used: 0 };
	/** @param limit requests allowed in a second, if there is to be a limit */
	const reset = (limit?: number) => {
		perSecond = limit;
		window = { startedAt: 0, used: 0 };
		tally = { requests: 0, carriedOut: 0, twice: 0, mostAtOnce: 0 };
		seen = new Set();
	};
	reset();

	function answer(command: string) {
		const headers = allowance();
		if (headers && window.used > (perSecond ?? Infinity)) {
			return { status: 429, headers, body: '{"errors":[{"code":"10011"}]}' };
		}
		if (seen.has(command)) tally.twice += 1;
		seen.add(command);
		tally.carriedOut = seen.size;
		return { status: 200, headers: headers ?? {}, body: '{"data":{"result":"ok"}}' };
	}

	function allowance() {
		if (!perSecond) return undefined;
		const now = Date.now();
		if (now >= window.startedAt + 1000) window = { startedAt: now, used: 0 };
		window.used += 1;
		return {
			'x-ratelimit-limit': String(perSecond),
			'x-ratelimit-remaining': String(Math.max(0, perSecond - window.used)),
			'x-ratelimit-reset': String(Math.ceil((window.startedAt + 1000 - now) / 1000)),
		};
	}

	const listener: http.RequestListener = (request, response) => {
		tally.requests += 1;
		tally.mostAtOnce = Math.max(tally.mostAtOnce, ++atOnce);
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () =>
			setTimeout(() => {
				atOnce -= 1;
				const {
					status,
					headers,
					body: answered,
				} = answer(`${request.url} ${JSON.parse(body).digits}`);
				response.writeHead(status, { 'content-type': 'application/json', ...headers });
				response.end(answered);
			}, latencyMs),
		);
	};
	const server = tls ? https.createServer(tls, listener) : http.createServer(listener);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		apiKey: API_KEY,
		baseUrl: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/v2`,
		reset,
		tally: () => tally,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

// In its own process it takes no time of the one that is measured.
if (require.main === module) {
	const [tls] = process.argv.slice(2).map((json) => JSON.parse(json));
	void startApi({ latencyMs: 0, tls }).then(({ baseUrl }) => process.send?.({ baseUrl }));
}
