// @ts-check
const { pageOf } = require('../paging');
const { refuse } = require('../refusals');
const { addQueue, leaveQueue, queueOf, since, waitingIn } = require('../waiting');
const { timestamp } = require('../webhooks');

/** @typedef {import('../types').Json} Json */
/** @typedef {import('../types').Leg} Leg */
/** @typedef {Record<string, string>} Texts */

/**
 * @param {import('fastify').FastifyInstance} api
 * @param {import('../server').Parts} parts
 * @param {import('../server').Judging} judging
 */
function queueRoutes(api, { exchange }, { judged }) {
	const { clock, queues } = exchange;

	api.get('/queues', (request) =>
		pageOf([...queues.values()].map(dataOf), /** @type {Texts} */ (request.query)),
	);

	api.post('/queues', async (request, reply) => {
		const { body } = judged(request, 'POST /queues');
		if (queues.has(body.queue_name)) {
			throw refuse(10015, {
				status: 422,
				detail: 'There is a queue of this name already.',
				pointer: '/queue_name',
			});
		}
		addQueue(exchange, body.queue_name, body.max_size);
		return await reply.code(201).send({ data: dataOf(queues.get(body.queue_name) ?? {}) });
	});

	api.get('/queues/:name', (request) => ({ data: dataOf(find(request)) }));

	api.post('/queues/:name', (request) => {
		const queue = find(request);
		const { body } = judged(request, 'POST /queues/{}');
		Object.assign(queue, { max_size: body.max_size, updated_at: timestamp(clock.now()) });
		return { data: dataOf(queue) };
	});

	api.delete('/queues/:name', async (request, reply) => {
		const { name } = find(request);
		for (const leg of waitingIn(exchange, name)) leaveQueue(leg);
		queues.delete(name);
		return await reply.code(204).send();
	});

	api.get('/queues/:name/calls', (request) => {
		const waiting = waitingIn(exchange, find(request).name);
		return pageOf(waiting.map(callOf), /** @type {Texts} */ (request.query));
	});

	api.get('/queues/:name/calls/:call', (request) => ({ data: callOf(findCall(request)) }));

	api.patch('/queues/:name/calls/:call', async (request, reply) => {
		findCall(request);
		judged(request, 'PATCH /queues/{}/calls/{}');
		return await reply.code(204).send();
	});

	api.delete('/queues/:name/calls/:call', async (request, reply) => {
		leaveQueue(findCall(request));
		return await reply.code(204).send();
	});

	/** @param {Json} queue */
	function dataOf(queue) {
		const waits = waitingIn(exchange, queue.name).map(waited);
		return {
			record_type: 'queue',
			id: queue.id,
			name: queue.name,
			max_size: queue.max_size,
			current_size: waits.length,
			average_wait_time_secs: Math.round(
				waits.reduce((sum, secs) => sum + secs, 0) / Math.max(1, waits.length),
			),
			created_at: queue.created_at,
			updated_at: queue.updated_at,
		};
	}

	/** @param {Leg} leg */
	const waited = (leg) => Math.round((clock.now() - since(leg)) / 1000);

	/** @param {Leg} leg */
	function callOf(leg) {
		const name = queueOf(leg);
		return {
			record_type: 'queue_call',
			call_control_id: leg.call_control_id,
			call_leg_id: leg.call_leg_id,
			call_session_id: leg.call_session_id,
			connection_id: leg.connection_id,
			from: leg.from,
			to: leg.to,
			is_alive: leg.state !== 'ended',
			enqueued_at: timestamp(since(leg)),
			queue_id: queues.get(name)?.id,
			queue_position: waitingIn(exchange, name).indexOf(leg) + 1,
			wait_time_secs: waited(leg),
		};
	}

	/** @param {import('fastify').FastifyRequest} request @returns {Json} */
	function find(request) {
		const queue = queues.get(/** @type {Texts} */ (request.params).name ?? '');
		if (!queue) throw refuse(10005);
		return queue;
	}

	/** @param {import('fastify').FastifyRequest} request @returns {Leg} */
	function findCall(request) {
		const { call } = /** @type {Texts} */ (request.params);
		const leg = waitingIn(exchange, find(request).name).find((one) => one.call_control_id === call);
		if (!leg) throw refuse(10005);
		return leg;
	}
}

module.exports = { queueRoutes };
