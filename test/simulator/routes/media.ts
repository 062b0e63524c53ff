import type { FastifyInstance, FastifyRequest } from 'fastify';

import { pageOf } from '../paging';
import { silentMp3 } from '../recordings';
import { refuse, refuseValues } from '../refusals';
import type { RouteHelpers, Parts } from '../server';
import { timestamp } from '../webhooks';

type Texts = Record<string, string>;

/** Default lifetime of a file, in seconds. */
const TTL_SECS = 172_800;
/** The documentation says 20 MB, but not how many bytes a megabyte has. */
export const LARGEST_FILE = 20 * 1024 * 1024;

/**
 * Audio files that calls can play by their names. Files at other addresses are not fetched: a
 * second of silence stands for them.
 */
export function mediaRoutes(
	api: FastifyInstance,
	{ exchange }: Parts,
	{ validated }: RouteHelpers,
) {
	const { clock, media } = exchange;

	api.get('/media', (request) =>
		pageOf(
			[...media.values()].map(({ data }) => data),
			request.query as Texts,
		),
	);

	api.post('/media', async (request) => {
		const isForm = request.headers['content-type']?.startsWith('multipart/form-data');
		const { body, content, type } = isForm
			? await uploaded(request)
			: { ...validated(request, 'POST /media'), content: silentMp3(), type: 'audio/mpeg' };
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
		const { body } = validated(request, 'PUT /media/{}');
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

	function find(request: FastifyRequest) {
		const found = media.get((request.params as Texts).name ?? '');
		if (!found) throw refuse(10005);
		return found;
	}
}

async function uploaded({ body, headers }: FastifyRequest) {
	const response = new Response(body as Buffer, {
		headers: { 'content-type': String(headers['content-type']) },
	});
	const form = await response.formData().catch(() => undefined);
	const file = form?.get('media');
	if (!form || !(file instanceof File)) throw refuse(10004, { pointer: '/media' });
	const isTooLarge = { kind: 'range', pointer: '/media', says: 'must have at most 20 MB' } as const;
	if (file.size > LARGEST_FILE) throw refuseValues([isTooLarge]);
	form.delete('media');
	return {
		body: Object.fromEntries(form) as Texts,
		content: Buffer.from(await file.arrayBuffer()),
		type: file.type,
	};
}
