import type { FastifyInstance, FastifyRequest } from 'fastify';

import { pageOf } from '../paging';
import { refuse } from '../refusals';
import type { RouteHelpers, Parts } from '../server';
import type { Json, Leg } from '../types';
import { addQueue, leaveQueue, queueOf, since, waitingIn } from '../queues';
import { timestamp } from '../webhooks';

type Texts = Record<string, string>;

export function queueRoutes(
	api: FastifyInstance,
	{ exchange }: Parts,
	{ validated }: RouteHelpers,
) {
	const { clock, queues } = exchange;

	api.get('/queues', (request) => pageOf([...queues.values()].map(dataOf), request.query as Texts));

	api.post('/queues', async (request, reply) => {
		const { body } = validated(request, 'POST /queues');
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
		const { body } = validated(request, 'POST /queues/{}');
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
		return pageOf(waiting.map(callOf), request.query as Texts);
	});

	api.get('/queues/:name/calls/:call', (request) => ({ data: callOf(findCall(request)) }));

	api.patch('/queues/:name/calls/:call', async (request, reply) => {
		findCall(request);
		validated(request, 'PATCH /queues/{}/calls/{}');
		return await reply.code(204).send();
	});

	api.delete('/queues/:name/calls/:call', async (request, reply) => {
		leaveQueue(findCall(request));
		return await reply.code(204).send();
	});

	function dataOf(queue: Json) {
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

	const waited = (leg: Leg) => Math.round((clock.now() - since(leg)) / 1000);

	function callOf(leg: Leg) {
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

	function find(request: FastifyRequest): Json {
		const queue = queues.get((request.params as Texts).name ?? '');
		if (!queue) throw refuse(10005);
		return queue;
	}

	function findCall(request: FastifyRequest): Leg {
		const { call } = request.params as Texts;
		const leg = waitingIn(exchange, find(request).name).find((one) => one.call_control_id === call);
		if (!leg) throw refuse(10005);
		return leg;
	}
}
