// @ts-check
const { once } = require('node:events');
const { createServer, request } = require('node:http');

/** What n8n's documentation has a load balancer send to the webhook processors. */
const PRODUCTION = /^\/webhook(-waiting)?\//;

/**
 * What stands in front of n8n: it hands production webhooks to the webhook processors in turn, passes
 * over one that takes no connections, and hands everything else to main.
 * @param {{ main: () => number, processors: () => number[] }} ports
 */
async function openDoor({ main, processors }) {
	let turn = 0;
	/** How many requests were handed to which port. @type {Record<string, number>} */
	const handed = {};
	const server = createServer((incoming, outgoing) => {
		/** @type {Buffer[]} */
		const chunks = [];
		incoming.on('data', (chunk) => chunks.push(chunk));
		incoming.on('end', () => {
			const all = processors();
			const first = turn++ % Math.max(all.length, 1);
			const ports = PRODUCTION.test(String(incoming.url))
				? [...all.slice(first), ...all.slice(0, first)]
				: [main()];
			pass(incoming, Buffer.concat(chunks), ports, outgoing);
		});
	});

	/**
	 * @param {import('node:http').IncomingMessage} incoming
	 * @param {Buffer} body
	 * @param {number[]} ports
	 * @param {import('node:http').ServerResponse} outgoing
	 */
	function pass(incoming, body, [port, ...others], outgoing) {
		if (port === undefined) {
			outgoing.writeHead(502).end();
			return;
		}
		const { headers, method, url } = incoming;
		const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
			handed[port] = (handed[port] ?? 0) + 1;
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			// One that breaks off breaks off here, too.
			answer.on('error', () => outgoing.destroy()).pipe(outgoing);
		});
		passed.on('error', (/** @type {NodeJS.ErrnoException} */ { code }) => {
			if (code === 'ECONNREFUSED' && others.length > 0) pass(incoming, body, others, outgoing);
			else if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(502).end();
		});
		passed.end(body);
	}

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}`,
		handed,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

module.exports = { openDoor };
