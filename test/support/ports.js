// @ts-check
const { once } = require('node:events');
const { createServer } = require('node:net');

/**
 * Ports of 127.0.0.1 that nobody listens on. n8n cannot be made to take one from the system and to
 * tell which.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
async function freePorts(count) {
	const servers = await Promise.all(Array.from({ length: count }, async () => await listen(0)));
	const ports = servers.map(portOf);
	for (const server of servers) server.close();
	return ports;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether nobody listens on it
 */
async function isFree(port) {
	const server = await listen(port).catch(() => undefined);
	server?.close();
	return server !== undefined;
}

/** @param {number} port */
async function listen(port) {
	const server = createServer().listen(port, '127.0.0.1');
	await once(server, 'listening');
	return server;
}

/** @param {import('node:net').Server} server */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port;

module.exports = { freePorts, isFree };
