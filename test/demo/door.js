// @ts-check
const { default: fastify } = require('fastify');

/**
 * An address that leads into the editor with the owner signed in. Browsers give a cookie to every port
 * of a host, so this one can set that of n8n.
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.cookie
 * @param {string} options.editor where it leads to
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
async function openDoor({ port, cookie, editor }) {
	const server = fastify({ forceCloseConnections: true });
	server.get('/', async (_request, reply) => {
		await reply
			.header('set-cookie', `${cookie}; Path=/; HttpOnly; SameSite=Lax`)
			.header('cache-control', 'no-store')
			.redirect(editor);
	});
	const url = await server.listen({ host: '127.0.0.1', port });
	return { url, close: async () => await server.close() };
}

module.exports = { openDoor };
