// @ts-check
const { default: fastify } = require('fastify');

const { Refusal, refuse, refuseValues } = require('./refusals');
const { accountRoutes } = require('./routes/account');
const { applicationRoutes } = require('./routes/applications');
const { callRoutes } = require('./routes/calls');
const { conferenceRoutes } = require('./routes/conferences');
const { mediaRoutes } = require('./routes/media');
const { phoneRoutes } = require('./routes/phone');
const { queueRoutes } = require('./routes/queues');
const { recordingRoutes } = require('./routes/recordings');

/** @typedef {import('fastify').FastifyReply} FastifyReply */
/** @typedef {import('fastify').FastifyRequest} FastifyRequest */
/** @typedef {import('./types').ApiRequest} ApiRequest */
/** @typedef {import('./types').Leg} Leg */

/** Telnyx' limit for media, in bytes. */
const LARGEST_FILE = 20 * 1024 * 1024;

/**
 * Everything that the routes share.
 * @typedef {object} Parts
 * @property {import('./types').Exchange} exchange
 * @property {import('./judge').Judge} judge
 * @property {import('./keys').KeyPair} keys
 * @property {ReturnType<typeof import('./webhooks').makeWebhooks>} webhooks
 * @property {ReturnType<typeof import('./faults').makeFaults>} trouble
 * @property {ReturnType<typeof import('./journal').makeJournal>} journal
 * @property {ReturnType<typeof import('./people').makePeople>} people
 * @property {import('node:events').EventEmitter} bus
 * @property {(options: { name?: string, webhookUrl?: string, failoverUrl?: string, number?: string }) => import('./types').Application} createApplication
 * @property {string} apiKey
 * @property {ApiRequest[]} requests
 */

/**
 * The API under `/v2`, the phone at `/` and its controls under `/simulator`.
 * @param {Parts} parts
 */
function makeServer(parts) {
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

/**
 * @param {import('fastify').FastifyInstance} api
 * @param {Parts} parts
 */
function telnyx(api, parts) {
	const { apiKey, exchange, judge, requests, trouble } = parts;
	const { faults, takeAllowance, takeMishap } = trouble;
	/** @type {WeakMap<FastifyRequest, ApiRequest>} */
	const records = new WeakMap();
	/** @type {WeakMap<FastifyRequest, import('./faults').Mishap>} */
	const mishaps = new WeakMap();

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
		const path = /** @type {string} */ (request.url.split('?')[0]).slice('/v2'.length);
		const shape = path.replace(
			/\/(calls|call_control_applications|conferences|media|queues|recordings|siprec_connectors|webhook_deliveries)\/[^/]+/,
			'/$1/{}',
		);
		throw refuse(judge.knows(`${request.method} ${shape}`) === 'method' ? 10030 : 10005);
	});

	/**
	 * The record of a request, after its body was read and judged by the SDK's types.
	 * @param {FastifyRequest} request
	 * @param {string} declared as the judge knows it, such as `POST /calls`
	 */
	function judged(request, declared) {
		const record = /** @type {ApiRequest} */ (records.get(request));
		const body = bodyOf(request);
		record.body = body;
		const { problems, unknown } = judge.request(declared, body);
		record.unknownFields = unknown;
		if (problems.length > 0) throw refuseValues(problems);
		return record;
	}

	/** What is to be done once a command was answered. @type {WeakMap<object, { note: (leg?: Leg) => void, leg?: Leg }>} */
	const noting = new WeakMap();

	api.addHook('onSend', async (request) => {
		const subject = noting.get(request);
		subject?.note(subject.leg);
		if (subject) exchange.changed();
	});

	/**
	 * A command on its way into the timeline.
	 * @param {FastifyRequest} request
	 * @param {string} name
	 * @param {Leg} [leg] that it is for, as far as it is known
	 */
	function noted(request, name, leg) {
		const record = /** @type {ApiRequest} */ (records.get(request));
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

/**
 * @typedef {object} Judging
 * @property {(request: FastifyRequest, declared: string) => ApiRequest} judged
 * the request, whose body is as the SDK declares it; throws the refusal otherwise
 * @property {(request: FastifyRequest, name: string, leg?: Leg) => { leg?: Leg }} noted
 * puts it into the timeline as a command, when it has been answered; the leg may be told later
 */

/** @param {FastifyRequest} request @returns {ApiRequest} */
const newRecord = (request) => ({
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

/** @param {unknown} text */
function readable(text) {
	if (Buffer.isBuffer(text)) return `${text.length} bytes`;
	try {
		return JSON.parse(String(text ?? 'null'));
	} catch {
		return text;
	}
}

/** @param {FastifyRequest} request */
function bodyOf(request) {
	const text = /** @type {string | undefined} */ (request.body);
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

/** @param {import('./faults').Mishap} mishap @param {FastifyReply} reply */
async function goWrong(mishap, reply) {
	if (mishap.kind === 'fail') {
		return await reply.code(mishap.status).send(outOfOrder(mishap.status));
	}
	reply.hijack();
	reply.raw.destroy();
	return reply;
}

/** @param {number} status */
const outOfOrder = (status) => refuse(10007, { status }).body;

/** @param {import('./clock').Clock} clock @param {number} ms */
const wait = async (clock, ms) =>
	await new Promise((resolve) => clock.after(ms, () => resolve(undefined)));

module.exports = { makeServer };
