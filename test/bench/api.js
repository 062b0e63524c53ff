// @ts-check
const { once } = require('node:events');
const http = require('node:http');
const https = require('node:https');

const API_KEY = 'only-the-stand-in-knows-this';

/**
 * What a run did to the API.
 * @typedef {object} Tally
 * @property {number} requests
 * @property {number} carriedOut
 * @property {number} twice commands that were carried out more than once
 * @property {number} mostAtOnce requests on their way at the same time
 */

/**
 * An API on 127.0.0.1 that does nothing but answer, so that it takes next to no time of its own.
 * @param {{ latencyMs?: number, tls?: { key: string, cert: string } }} [options]
 */
async function startApi({ latencyMs = 50, tls } = {}) {
	let atOnce = 0;
	/** @type {Tally} */
	let tally;
	/** @type {Set<string>} */
	let seen;
	/** @type {number | undefined} */
	let perSecond;
	let window = { startedAt: 0, used: 0 };
	/** @param {number} [limit] requests allowed in a second, if there is to be a limit */
	const reset = (limit) => {
		perSecond = limit;
		window = { startedAt: 0, used: 0 };
		tally = { requests: 0, carriedOut: 0, twice: 0, mostAtOnce: 0 };
		seen = new Set();
	};
	reset();

	/** @param {string} command */
	function answer(command) {
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

	/** @type {http.RequestListener} */
	const listener = (request, response) => {
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
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
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

// As a process of its own it does not use the time of the one that is measured.
if (require.main === module) {
	const [tls] = process.argv.slice(2).map((json) => JSON.parse(json));
	void startApi({ latencyMs: 0, tls }).then(({ baseUrl }) => process.send?.({ baseUrl }));
}

module.exports = { API_KEY, startApi };
