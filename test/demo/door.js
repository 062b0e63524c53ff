// @ts-check
const { default: fastify } = require('fastify');

/**
 * An address whose pages are those of the editor, with the owner signed in. Browsers give a cookie to
 * every port of a host, so this one can set that of n8n.
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.cookie
 * @param {string} options.editor its address
 * @param {string} options.start the path where the first page leads to
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
async function openDoor({ port, cookie, editor, start }) {
	const server = fastify({ forceCloseConnections: true });
	server.get('/*', async ({ url }, reply) => {
		await reply
			.header('set-cookie', `${cookie}; Path=/; HttpOnly; SameSite=Lax`)
			.header('cache-control', 'no-store')
			.redirect(new URL(url === '/' ? start : url, editor).href);
	});
	const url = await server.listen({ host: '127.0.0.1', port });
	return { url, close: async () => await server.close() };
}

module.exports = { openDoor };
