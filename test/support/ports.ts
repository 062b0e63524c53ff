/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type AddressInfo } from 'node:net';

/**
 * Ports of 127.0.0.1 that nobody listens on. n8n cannot be made to take one from the system and to
 * tell which.
 */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({ length: count }, async () => await listen(0)));
	const ports = servers.map(portOf);
	for (const server of servers) server.close();
	return ports;
}

/** Below those that systems give to whoever asks for any, so nobody else gets it before it is listened on. */
const [LOWEST, HIGHEST] = [20_000, 30_000];

/** A free port for a program that takes seconds until it listens. */
export async function freePortForLater(): Promise<number> {
	const port = randomInt(LOWEST, HIGHEST);
	return (await isFree(port)) ? port : await freePortForLater();
}

/** @returns whether nobody listens on it */
export async function isFree(port: number): Promise<boolean> {
	const server = await listen(port).catch(() => undefined);
	server?.close();
	return server !== undefined;
}

async function listen(port: number) {
	const server = createServer().listen(port, '127.0.0.1');
	await once(server, 'listening');
	return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
