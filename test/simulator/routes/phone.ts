/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { NotPossible } from '../phoneUsers';
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
 * Host names of this computer. Any other host is a foreign web page (DNS rebinding).
 */
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** How often an idle connection gets a keep-alive. */
const KEEP_ALIVE_MS = 15_000;

/** Serves the phone and its controls. */
export function phoneRoutes(app: FastifyInstance, parts: Parts) {
	const { apiKey, bus, createApplication, exchange, timeline, keys, phoneUsers, faultControl } =
		parts;
	const { faults } = faultControl;

	app.addHook('onRequest', async (request, reply) => {
		const { host = '', 'content-type': type } = request.headers;
		const isOwn = OWN_NAMES.test(host);
		const isChange = !['GET', 'HEAD'].includes(request.method);
		// A foreign page can send any other content type without a preflight request.
		if (isOwn && (!isChange || type === 'application/json')) return;
		await reply.code(403).send({ error: 'Only the phone on this computer may ask for this.' });
	});

	app.setErrorHandler(async (error, _request, reply) => {
		const { message } = error as Error;
		return await reply.code(error instanceof NotPossible ? 409 : 500).send({ error: message });
	});

	for (const file of readdirSync(PAGE)) {
		const type = TYPES[extname(file).slice(1)];
		if (!type) continue;
		app.get(file === 'index.html' ? '/' : `/${file}`, async (_request, reply) => {
			const content = await readFile(join(PAGE, file));
			return await reply
				.type(type)
				.header('content-security-policy', "default-src 'self'; img-src 'self' data:")
				.header('cache-control', 'no-store')
				.send(content);
		});
	}

	app.get('/recordings/:file', async (request, reply) => {
		const { file } = request.params as { file: string };
		const recording = recordingFile(exchange, file);
		if (!recording) return await reply.code(404).send({ error: 'There is no such recording.' });
		return await reply.type(recording.type).send(recording.content);
	});

	const state = () => stateOf(exchange, faults.state(), { apiKey, publicKey: keys.publicKey });
	app.get('/simulator/state', () => ({ ...state(), rows: timeline.rows }));

	app.get('/simulator/events', (_request, reply) => {
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		const send = (type: string, data: unknown) =>
			raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
		const onState = () => send('state', state());
		const onRow = (row: unknown) => send('row', row);
		const timer = setInterval(() => raw.write(':\n\n'), KEEP_ALIVE_MS);
		send('rows', timeline.rows);
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

	app.post('/simulator/calls', (request) => {
		const leg = phoneUsers.placeCall(json(request));
		return { id: leg.call_control_id };
	});
	app.post('/simulator/calls/:id/:action', async (request, reply) => {
		const { action, id } = request.params as { action: string; id: string };
		const body = json(request);
		if (action === 'answer') phoneUsers.answer(id, body);
		else if (action === 'reject') phoneUsers.reject(id);
		else if (action === 'press') phoneUsers.press(id, String(body.digits));
		else if (action === 'busy') phoneUsers.busy(id);
		else if (action === 'say')
			phoneUsers.say(id, String(body.text), { final: body.final !== false });
		else if (action === 'hangup') phoneUsers.hangup(id);
		else return await reply.code(404).send({ error: 'Nobody can do that at a phone.' });
		return {};
	});

	app.post('/simulator/applications', (request) => ({
		id: createApplication(json(request)).data.id,
	}));
	app.patch('/simulator/applications/:id', async (request, reply) => {
		const { id } = request.params as { id: string };
		const app = exchange.applications.get(id);
		if (!app) return await reply.code(404).send({ error: 'There is no such application.' });
		const { url } = json(request);
		if (typeof url === 'string') app.data.webhook_event_url = url.trim();
		exchange.changed();
		return {};
	});

	app.get('/simulator/faults', () => faults.state());
	app.patch('/simulator/faults', (request) => {
		const { callRefusal, drop, fail, rateLimit, ...settings } = json(request);
		for (const name of ['latencyMs', 'delayWebhooksMs'] as const) {
			if (settings[name] !== undefined) faults[name] = Number(settings[name]);
		}
		if (settings.eventOffsetMs !== undefined) faults.eventOffsetMs = settings.eventOffsetMs;
		for (const name of [
			'duplicateWebhooks',
			'reorderWebhooks',
			'webhookRetries',
			'concurrentWebhooks',
		] as const) {
			if (settings[name] !== undefined) faults[name] = Boolean(settings[name]);
		}
		if (fail) faults.failNext(fail.count ?? 1, fail.status, fail);
		if (drop) faults.dropNext(drop.count ?? 1, drop);
		if (callRefusal !== undefined) faults.refuseCalls(callRefusal);
		if (rateLimit !== undefined) faults.rateLimit(rateLimit);
		exchange.changed();
		return faults.state();
	});
	app.delete('/simulator/faults', () => {
		faults.reset();
		return faults.state();
	});
}

const json = ({ body }: FastifyRequest): Json => (body ? JSON.parse(String(body)) : {});
