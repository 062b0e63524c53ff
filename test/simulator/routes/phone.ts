/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { Impossible } from '../people';
import { recordingFile } from '../recordings';
import type { Parts } from '../server';
import { stateOf } from '../state';
import type { Json } from '../types';

const PAGE = join(__dirname, '../phone');

const TYPES: Record<string, string> = {
	html: 'text/html; charset=utf-8',
	css: 'text/css; charset=utf-8',
	js: 'text/javascript; charset=utf-8',
	svg: 'image/svg+xml',
};

/**
 * Names under which this computer knows itself. Any other is a web page that found its way here.
 */
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** How often a silent connection is told that it still lives. */
const KEEP_ALIVE_MS = 15_000;

/** The phone, and what it needs. */
export function phoneRoutes(own: FastifyInstance, parts: Parts) {
	const { apiKey, bus, createApplication, exchange, journal, keys, people, trouble } = parts;
	const { faults } = trouble;

	own.addHook('onRequest', async (request, reply) => {
		const { host = '', 'content-type': type } = request.headers;
		const isOwn = OWN_NAMES.test(host);
		const isChange = !['GET', 'HEAD'].includes(request.method);
		// A foreign page can send anything but this content type without being asked for leave.
		if (isOwn && (!isChange || type === 'application/json')) return;
		await reply.code(403).send({ error: 'Only the phone on this computer may ask for this.' });
	});

	own.setErrorHandler(async (error, _request, reply) => {
		const { message } = error as Error;
		return await reply.code(error instanceof Impossible ? 409 : 500).send({ error: message });
	});

	for (const file of readdirSync(PAGE)) {
		const type = TYPES[extname(file).slice(1)];
		if (!type) continue;
		own.get(file === 'index.html' ? '/' : `/${file}`, async (_request, reply) => {
			const content = await readFile(join(PAGE, file));
			return await reply
				.type(type)
				.header('content-security-policy', "default-src 'self'; img-src 'self' data:")
				.header('cache-control', 'no-store')
				.send(content);
		});
	}

	own.get('/recordings/:file', async (request, reply) => {
		const { file } = request.params as { file: string };
		const recording = recordingFile(exchange, file);
		if (!recording) return await reply.code(404).send({ error: 'There is no such recording.' });
		return await reply.type(recording.type).send(recording.content);
	});

	const state = () => stateOf(exchange, faults.state(), { apiKey, publicKey: keys.publicKey });
	own.get('/simulator/state', () => ({ ...state(), rows: journal.rows }));

	own.get('/simulator/events', (_request, reply) => {
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		const send = (type: string, data: unknown) =>
			raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
		const onState = () => send('state', state());
		const onRow = (row: unknown) => send('row', row);
		const timer = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MS);
		send('rows', journal.rows);
		onState();
		bus.on('change', onState);
		bus.on('row', onRow);
		const leave = () => {
			clearInterval(timer);
			bus.off('change', onState);
			bus.off('row', onRow);
			raw.end();
		};
		raw.on('close', leave);
		bus.once('close', leave);
	});

	own.post('/simulator/calls', (request) => {
		const leg = people.placeCall(json(request));
		return { id: leg.call_control_id };
	});
	own.post('/simulator/calls/:id/:deed', async (request, reply) => {
		const { deed, id } = request.params as { deed: string; id: string };
		const body = json(request);
		if (deed === 'answer') people.answer(id, body);
		else if (deed === 'reject') people.reject(id);
		else if (deed === 'press') people.press(id, String(body.digits));
		else if (deed === 'say') people.say(id, String(body.text));
		else if (deed === 'hangup') people.hangup(id);
		else return await reply.code(404).send({ error: 'Nobody can do that at a phone.' });
		return {};
	});

	own.post('/simulator/applications', (request) => ({
		id: createApplication(json(request)).data.id,
	}));
	own.patch('/simulator/applications/:id', async (request, reply) => {
		const { id } = request.params as { id: string };
		const app = exchange.applications.get(id);
		if (!app) return await reply.code(404).send({ error: 'There is no such application.' });
		const { url } = json(request);
		if (typeof url === 'string') app.data.webhook_event_url = url.trim();
		exchange.changed();
		return {};
	});

	own.get('/simulator/faults', () => faults.state());
	own.patch('/simulator/faults', (request) => {
		const { drop, fail, rateLimit, ...settings } = json(request);
		for (const name of ['latencyMs', 'delayWebhooksMs'] as const) {
			if (settings[name] !== undefined) faults[name] = Number(settings[name]);
		}
		for (const name of ['duplicateWebhooks', 'reorderWebhooks'] as const) {
			if (settings[name] !== undefined) faults[name] = Boolean(settings[name]);
		}
		if (fail) faults.failNext(fail.count ?? 1, fail.status, fail);
		if (drop) faults.dropNext(drop.count ?? 1, drop);
		if (rateLimit !== undefined) faults.rateLimit(rateLimit);
		exchange.changed();
		return faults.state();
	});
	own.delete('/simulator/faults', () => {
		faults.reset();
		return faults.state();
	});
}

const json = ({ body }: FastifyRequest): Json => (body ? JSON.parse(String(body)) : {});
