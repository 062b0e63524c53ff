/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import type { EventEmitter } from 'node:events';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import type { Clock } from './clock';
import type { Mishap, makeFaults } from './faults';
import type { makeJournal } from './journal';
import type { Judge } from './judge';
import type { KeyPair } from './keys';
import type { makePeople } from './people';
import { Refusal, refuse, refuseValues } from './refusals';
import { accountRoutes } from './routes/account';
import { applicationRoutes } from './routes/applications';
import { callRoutes } from './routes/calls';
import { conferenceRoutes } from './routes/conferences';
import { mediaRoutes } from './routes/media';
import { phoneRoutes } from './routes/phone';
import { queueRoutes } from './routes/queues';
import { recordingRoutes } from './routes/recordings';
import type { ApiRequest, Application, Exchange, Leg } from './types';
import type { makeWebhooks } from './webhooks';

/** Telnyx' limit for media, in bytes. */
const LARGEST_FILE = 20 * 1024 * 1024;

/** Everything that the routes share. */
export interface Parts {
	exchange: Exchange;
	judge: Judge;
	keys: KeyPair;
	webhooks: ReturnType<typeof makeWebhooks>;
	trouble: ReturnType<typeof makeFaults>;
	journal: ReturnType<typeof makeJournal>;
	people: ReturnType<typeof makePeople>;
	bus: EventEmitter;
	createApplication: (options: {
		name?: string;
		webhookUrl?: string;
		failoverUrl?: string;
		number?: string;
	}) => Application;
	apiKey: string;
	requests: ApiRequest[];
}

/** The API under `/v2`, the phone at `/` and its controls under `/simulator`. */
export function makeServer(parts: Parts) {
	const server = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
		done(null, body),
	);
	server.addContentTypeParser(
		/^multipart\/form-data/,
		{ parseAs: 'buffer', bodyLimit: LARGEST_FILE },
		(_request, body, done) => done(null, body),
	);
	server.register(async (api) => telnyx(api, parts), { prefix: '/v2' });
	server.register(async (own) => phoneRoutes(own, parts));
	return server;
}

function telnyx(api: FastifyInstance, parts: Parts) {
	const { apiKey, exchange, judge, requests, trouble } = parts;
	const { faults, takeAllowance, takeMishap } = trouble;
	const records = new WeakMap<FastifyRequest, ApiRequest>();
	const mishaps = new WeakMap<FastifyRequest, Mishap>();

	api.addHook('preHandler', async (request, reply) => {
		const record = newRecord(request);
		records.set(request, record);
		requests.push(record);
		if (faults.latencyMs > 0) await wait(exchange.clock, faults.latencyMs);
		const mishap = takeMishap();
		if (mishap?.after) mishaps.set(request, mishap);
		else if (mishap) return await goWrong(mishap, reply);
		if (request.headers.authorization !== `Bearer ${apiKey}`) throw refuse(10009);
		const allowance = takeAllowance();
		if (!allowance) return;
		reply.headers(allowance.headers);
		if (allowance.exceeded) throw refuse(10011);
	});

	api.addHook('preSerialization', async (request, _reply, payload) => {
		const record = records.get(request);
		if (record) record.answer = payload;
		return payload;
	});

	api.addHook('onSend', async (request, reply, payload) => {
		const record = records.get(request);
		const mishap = mishaps.get(request);
		mishaps.delete(request);
		if (mishap?.kind === 'drop') reply.raw.destroy();
		if (record) record.status = reply.statusCode;
		if (mishap?.kind !== 'fail') return payload;
		reply.code(mishap.status);
		if (record) record.status = mishap.status;
		return JSON.stringify(outOfOrder(mishap.status));
	});

	api.addHook('onResponse', async (request) => {
		const record = records.get(request);
		if (record) parts.bus.emit('request', record);
	});

	api.setErrorHandler(async (error, request, reply) => {
		const refusal = error instanceof Refusal ? error : refuse(10007, { detail: String(error) });
		const record = records.get(request);
		if (record) {
			record.status = refusal.status;
			record.answer = refusal.body;
		}
		return await reply.code(refusal.status).send(refusal.body);
	});

	api.setNotFoundHandler({ preHandler: async () => {} }, async (request) => {
		const path = (request.url.split('?')[0] as string).slice('/v2'.length);
		const shape = path.replace(
			/\/(calls|call_control_applications|conferences|media|queues|recordings|siprec_connectors|webhook_deliveries)\/[^/]+/,
			'/$1/{}',
		);
		throw refuse(judge.knows(`${request.method} ${shape}`) === 'method' ? 10030 : 10005);
	});

	/**
	 * The record of a request, after its body was read and judged by the SDK's types.
	 * @param declared as the judge knows it, such as `POST /calls`
	 */
	function judged(request: FastifyRequest, declared: string) {
		const record = records.get(request) as ApiRequest;
		const body = bodyOf(request);
		record.body = body;
		const { problems, unknown } = judge.request(declared, body);
		record.unknownFields = unknown;
		if (problems.length > 0) throw refuseValues(problems);
		return record;
	}

	/** What is to be done once a command was answered. */
	const noting: WeakMap<object, { note: (leg?: Leg) => void; leg?: Leg }> = new WeakMap();

	api.addHook('onSend', async (request) => {
		const subject = noting.get(request);
		subject?.note(subject.leg);
		if (subject) exchange.changed();
	});

	/**
	 * A command on its way into the timeline.
	 * @param leg that it is for, as far as it is known
	 */
	function noted(request: FastifyRequest, name: string, leg?: Leg) {
		const record = records.get(request) as ApiRequest;
		const subject = { note: parts.journal.command(name, record, leg), leg };
		noting.set(request, subject);
		return subject;
	}

	const context = { judged, noted };
	callRoutes(api, parts, context);
	conferenceRoutes(api, parts, context);
	queueRoutes(api, parts, context);
	recordingRoutes(api, parts, context);
	mediaRoutes(api, parts, context);
	applicationRoutes(api, parts, context);
	accountRoutes(api, parts, context);
}

export interface Judging {
	/** The request, whose body is as the SDK declares it; throws the refusal otherwise. */
	judged: (request: FastifyRequest, declared: string) => ApiRequest;
	/** Puts it into the timeline as a command, when it has been answered; the leg may be told later. */
	noted: (request: FastifyRequest, name: string, leg?: Leg) => { leg?: Leg };
}

const newRecord = (request: FastifyRequest): ApiRequest => ({
	method: request.method,
	path: request.url,
	body: readable(request.body),
	headers: request.headers,
	status: 0,
	answer: null,
	unknownFields: [],
	isUnplayed: false,
	duplicate: false,
});

function readable(text: unknown) {
	if (Buffer.isBuffer(text)) return `${text.length} bytes`;
	try {
		return JSON.parse(String(text ?? 'null'));
	} catch {
		return text;
	}
}

function bodyOf(request: FastifyRequest) {
	const text = request.body as string | undefined;
	if (!text) return {};
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw refuse(10029);
	let body;
	try {
		body = JSON.parse(text);
	} catch {
		throw refuse(10023);
	}
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse(10015);
	return body;
}

async function goWrong(mishap: Mishap, reply: FastifyReply) {
	if (mishap.kind === 'fail') {
		return await reply.code(mishap.status).send(outOfOrder(mishap.status));
	}
	reply.hijack();
	reply.raw.destroy();
	return reply;
}

const outOfOrder = (status: number) => refuse(10007, { status }).body;

const wait = async (clock: Clock, ms: number) =>
	await new Promise((resolve) => clock.after(ms, () => resolve(undefined)));
