/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What n8n's documentation has a load balancer send to the webhook processors. */
const PRODUCTION = /^\/webhook(-waiting)?\//;

/**
 * What stands in front of n8n: it hands production webhooks to the webhook processors in turn, passes
 * over one that takes no connections, and hands everything else to main.
 */
export async function openDoor({
	main,
	processors,
}: {
	main: () => number;
	processors: () => number[];
}) {
	let turn = 0;
	/** How many requests were handed to which port. */
	const handed: Record<string, number> = {};
	const server = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
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

	function pass(
		incoming: IncomingMessage,
		body: Buffer,
		[port, ...others]: number[],
		outgoing: ServerResponse,
	) {
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
		passed.on('error', ({ code }: NodeJS.ErrnoException) => {
			if (code === 'ECONNREFUSED' && others.length > 0) pass(incoming, body, others, outgoing);
			else if (outgoing.headersSent) outgoing.destroy();
			else outgoing.writeHead(502).end();
		});
		passed.end(body);
	}

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		handed,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
