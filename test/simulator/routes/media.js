// @ts-check
const { silentMp3 } = require('../recordings');
const { pageOf } = require('../paging');
const { refuse } = require('../refusals');
const { timestamp } = require('../webhooks');

/** @typedef {import('../types').Json} Json */
/** @typedef {Record<string, string>} Texts */

/** How long a file is kept where the request says nothing, in seconds. */
const TTL_SECS = 63_072_000;

/**
 * Audio files that calls can play by their names. Files at other addresses are not fetched: a second of
 * silence stands for them.
 * @param {import('fastify').FastifyInstance} api
 * @param {import('../server').Parts} parts
 * @param {import('../server').Judging} judging
 */
function mediaRoutes(api, { exchange }, { judged }) {
	const { clock, media } = exchange;

	api.get('/media', (request) =>
		pageOf(
			[...media.values()].map(({ data }) => data),
			/** @type {Texts} */ (request.query),
		),
	);

	api.post('/media', async (request) => {
		const isForm = request.headers['content-type']?.startsWith('multipart/form-data');
		const { body, content, type } = isForm
			? await uploaded(request)
			: { ...judged(request, 'POST /media'), content: silentMp3(), type: 'audio/mpeg' };
		const now = clock.now();
		const name = body.media_name ?? `media-${media.size + 1}`;
		const data = {
			media_name: name,
			content_type: type,
			created_at: timestamp(now),
			updated_at: timestamp(now),
			expires_at: timestamp(now + Number(body.ttl_secs ?? TTL_SECS) * 1000),
		};
		media.set(name, { data, content });
		return { data };
	});

	api.get('/media/:name', (request) => ({ data: find(request).data }));

	api.put('/media/:name', (request) => {
		const { data } = find(request);
		const { body } = judged(request, 'PUT /media/{}');
		const now = clock.now();
		data.updated_at = timestamp(now);
		if (body.ttl_secs) data.expires_at = timestamp(now + body.ttl_secs * 1000);
		return { data };
	});

	api.get('/media/:name/download', async (request, reply) => {
		const { content, data } = find(request);
		return await reply.type(data.content_type).send(content);
	});

	api.delete('/media/:name', async (request, reply) => {
		media.delete(find(request).data.media_name);
		return await reply.code(204).send();
	});

	/** @param {import('fastify').FastifyRequest} request */
	function find(request) {
		const found = media.get(/** @type {Texts} */ (request.params).name ?? '');
		if (!found) throw refuse(10005);
		return found;
	}
}

/** @param {import('fastify').FastifyRequest} request */
async function uploaded({ body, headers }) {
	const response = new Response(/** @type {any} */ (body), {
		headers: { 'content-type': String(headers['content-type']) },
	});
	const form = await response.formData().catch(() => undefined);
	const file = form?.get('media');
	if (!form || !(file instanceof File)) throw refuse(10004, { pointer: '/media' });
	const { media, ...fields } = Object.fromEntries(form);
	return {
		body: /** @type {Texts} */ (fields),
		content: Buffer.from(await file.arrayBuffer()),
		type: file.type,
	};
}

module.exports = { mediaRoutes };
