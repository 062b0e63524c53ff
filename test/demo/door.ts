import fastify from 'fastify';

/**
 * Opens an address that redirects to the editor with the owner signed in. Browsers send a cookie to every
 * port of a host, so this server can set the one that n8n reads.
 */
export async function openDoor({
	port,
	cookie,
	editor,
	start,
}: {
	port: number;
	cookie: string;
	/** The editor's address. */
	editor: string;
	/** The path that `/` redirects to. */
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
