/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import type { EventEmitter } from 'node:events';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import type { Clock } from './clock';
import type { Failure, makeFaults } from './faults';
import type { makeTimeline } from './timeline';
import type { Validator } from './validator';
import type { KeyPair } from './keys';
import type { makePhoneUsers } from './phoneUsers';
import { Refusal, refuse, refuseValues } from './refusals';
import { accountRoutes } from './routes/account';
import { applicationRoutes } from './routes/applications';
import { callRoutes } from './routes/calls';
import { conferenceRoutes } from './routes/conferences';
import { LARGEST_FILE, mediaRoutes } from './routes/media';
import { neighbourRoutes } from './routes/neighbours';
import { phoneRoutes } from './routes/phone';
import { queueRoutes } from './routes/queues';
import { recordingRoutes } from './routes/recordings';
import type { ApiRequest, Application, Exchange, Leg } from './types';
import type { makeWebhooks } from './webhooks';

/** Room for the other parts of a form with a file, in bytes. */
const OTHER_PARTS = 1024 * 1024;

/** Everything that the routes share. */
export interface Parts {
	exchange: Exchange;
	validator: Validator;
	keys: KeyPair;
	webhooks: ReturnType<typeof makeWebhooks>;
	faultControl: ReturnType<typeof makeFaults>;
	timeline: ReturnType<typeof makeTimeline>;
	phoneUsers: ReturnType<typeof makePhoneUsers>;
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
		{ parseAs: 'buffer', bodyLimit: LARGEST_FILE + OTHER_PARTS },
		(_request, body, done) => done(null, body),
	);
	server.register(async (api) => telnyx(api, parts), { prefix: '/v2' });
	server.register(async (own) => phoneRoutes(own, parts));
	return server;
}

function telnyx(api: FastifyInstance, parts: Parts) {
	const { apiKey, exchange, validator, requests, faultControl } = parts;
	const { faults, countAgainstLimit, nextFailure } = faultControl;
	const records = new WeakMap<FastifyRequest, ApiRequest>();
	const failures = new WeakMap<FastifyRequest, Failure>();

	api.addHook('preHandler', async (request, reply) => {
		const record = newRecord(request);
		records.set(request, record);
		requests.push(record);
		if (faults.latencyMs > 0) await wait(exchange.clock, faults.latencyMs);
		const failure = nextFailure();
		if (failure?.after) failures.set(request, failure);
		else if (failure) return await fail(failure, reply);
		if (request.headers.authorization !== `Bearer ${apiKey}`) throw refuse(10009);
		const usage = countAgainstLimit();
		if (!usage) return;
		reply.headers(usage.headers);
		if (usage.exceeded) throw refuse(10011);
	});

	api.addHook('preSerialization', async (request, _reply, payload) => {
		const record = records.get(request);
		if (record) record.answer = payload;
		return payload;
	});

	api.addHook('onSend', async (request, reply, payload) => {
		const record = records.get(request);
		const failure = failures.get(request);
		failures.delete(request);
		if (failure?.kind === 'drop') {
			reply.raw.destroy();
			// No response is reported for a connection that broke.
			commandIsOver(request);
		}
		if (record) record.status = reply.statusCode;
		if (failure?.kind !== 'fail') return payload;
		reply.code(failure.status);
		if (record) record.status = failure.status;
		return JSON.stringify(serverError(failure.status));
	});

	/** What to do once a command has been answered. */
	const afterResponse = new WeakMap<FastifyRequest, () => void>();
	const commandIsOver = (request: FastifyRequest) => {
		afterResponse.get(request)?.();
		afterResponse.delete(request);
	};

	api.addHook('onResponse', async (request) => {
		commandIsOver(request);
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
		throw refuse(validator.knows(`${request.method} ${shape}`) === 'method' ? 10030 : 10005);
	});

	/**
	 * The record of a request, after its body was parsed and validated against the SDK's types.
	 * @param declared as the validator knows it, such as `POST /calls`
	 */
	function validated(request: FastifyRequest, declared: string) {
		const record = records.get(request) as ApiRequest;
		const body = bodyOf(request);
		record.body = body;
		const { problems, unknown } = validator.request(declared, body);
		record.unknownFields = unknown;
		if (problems.length > 0) throw refuseValues(problems);
		return record;
	}

	/** The timeline rows of commands that are being carried out. */
	const logging = new WeakMap<object, { note: (leg?: Leg) => void; leg?: Leg }>();

	api.addHook('onSend', async (request) => {
		const subject = logging.get(request);
		subject?.note(subject.leg);
		if (subject) exchange.changed();
	});

	/**
	 * Adds a command to the timeline once it is answered.
	 * @param leg the command is for, as far as it is known
	 */
	function logged(request: FastifyRequest, name: string, leg?: Leg) {
		const record = records.get(request) as ApiRequest;
		const subject = { note: parts.timeline.command(name, record, leg), leg };
		logging.set(request, subject);
		return subject;
	}

	/** Times the events of a command as tests want them. */
	async function carryOut<T>(request: FastifyRequest, leg: Leg | undefined, run: () => T) {
		const offsetMs = leg?.eventOffsetMs ?? faults.eventOffsetMs;
		if (offsetMs === null) return run();
		if (offsetMs < 0) {
			const result = run();
			await wait(exchange.clock, -offsetMs);
			return result;
		}
		const { release, result } = parts.webhooks.holdingEvents(leg?.call_session_id, run);
		afterResponse.set(request, () => exchange.clock.after(offsetMs, release));
		return result;
	}

	const context = { carryOut, validated, logged };
	callRoutes(api, parts, context);
	conferenceRoutes(api, parts, context);
	queueRoutes(api, parts, context);
	recordingRoutes(api, parts, context);
	mediaRoutes(api, parts, context);
	applicationRoutes(api, parts, context);
	accountRoutes(api, parts, context);
	neighbourRoutes(api, parts, context);
}

export interface RouteHelpers {
	/** Carries out a command; its events are sent as `Faults.eventOffsetMs` says. */
	carryOut: <T>(request: FastifyRequest, leg: Leg | undefined, run: () => T) => Promise<T>;
	/** Returns the request if its body is as the SDK declares it; throws the refusal otherwise. */
	validated: (request: FastifyRequest, declared: string) => ApiRequest;
	/** Adds it to the timeline as a command once it is answered; the leg may be set later. */
	logged: (request: FastifyRequest, name: string, leg?: Leg) => { leg?: Leg };
}

const newRecord = (request: FastifyRequest): ApiRequest => ({
	method: request.method,
	path: request.url,
	body: readable(request.body),
	headers: request.headers,
	status: 0,
	answer: null,
	unknownFields: [],
	isNotSimulated: false,
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

async function fail(failure: Failure, reply: FastifyReply) {
	if (failure.kind === 'fail') {
		return await reply.code(failure.status).send(serverError(failure.status));
	}
	reply.hijack();
	reply.raw.destroy();
	return reply;
}

const serverError = (status: number) => refuse(10007, { status }).body;

const wait = async (clock: Clock, ms: number) =>
	await new Promise((resolve) => clock.after(ms, () => resolve(undefined)));
