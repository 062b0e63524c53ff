import fastify from 'fastify';

/**
 * An address whose pages are those of the editor, with the owner signed in. Browsers give a cookie to
 * every port of a host, so this one can set that of n8n.
 */
export async function openDoor({
	port,
	cookie,
	editor,
	start,
}: {
	port: number;
	cookie: string;
	/** Its address. */
	editor: string;
	/** The path where the first page leads to. */
	start: string;
}): Promise<{ url: string; close: () => Promise<void> }> {
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
