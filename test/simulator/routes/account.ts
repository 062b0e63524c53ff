import type { FastifyInstance, FastifyRequest } from 'fastify';

import { pageOf } from '../paging';
import { refuse } from '../refusals';
import type { RouteHelpers, Parts } from '../server';
import type { Delivery, Json } from '../types';
import { timestamp } from '../webhooks';

const ORGANIZATION = 'a3a5b1d2-5c1f-4c0b-9d6e-7f3a2b1c0d9e';

/** Of calls that are not asked for by their ID, Telnyx lists the events of this time only. */
const DAY_MS = 24 * 60 * 60 * 1000;

const ENGINES = [
	{ label: 'Denoiser', value: 'Denoiser', default_attenuation_level: 80 },
	{ label: 'DeepFilterNet', value: 'DeepFilterNet', default_attenuation_level: 100 },
	{ label: 'Krisp', value: 'Krisp', default_attenuation_level: 80 },
	{ label: 'AiCoustics', value: 'AiCoustics', default_attenuation_level: 80 },
];

/** Live entries carry `id`, where the SDK declares `voice_id`. */
const voice = (id: string, name: string) => ({
	...{ id, name, language: 'en-US', gender: 'female', provider: 'telnyx' },
});
const VOICES = [voice('Telnyx.KokoroTTS.af', 'af'), voice('Telnyx.NaturalHD.astra', 'Astra')];

/** Endpoints of the account that concern no call. */
export function accountRoutes(
	api: FastifyInstance,
	{ exchange, keys, webhooks }: Parts,
	{ validated }: RouteHelpers,
) {
	api.get('/whoami', () => ({
		data: {
			record_type: 'whoami',
			organization_id: ORGANIZATION,
			email: 'somebody@example.com',
		},
	}));
	api.get('/public_key', () => ({
		data: { record_type: 'public_key', organization_id: ORGANIZATION, public: keys.publicKey },
	}));
	api.get('/balance', () => ({
		data: {
			record_type: 'balance',
			available_credit: '100.00',
			balance: '100.00',
			credit_limit: '0.00',
			currency: 'USD',
			pending: '0.00',
		},
	}));
	api.get('/noise_suppression_engines', () => ({ data: ENGINES }));
	api.get('/text-to-speech/voices', () => ({ voices: VOICES }));
	api.get('/ai/assistants', () => ({ data: [{ id: 'assistant-1', name: 'Receptionist' }] }));

	const { connectors } = exchange;
	api.post('/siprec_connectors', async (request, reply) => {
		const { body } = validated(request, 'POST /siprec_connectors');
		connectors.set(body.name, connector(body));
		exchange.changed();
		return await reply.code(201).send({ data: connectors.get(body.name) });
	});
	api.get('/siprec_connectors/:name', (request) => ({ data: find(request) }));
	api.put('/siprec_connectors/:name', (request) => {
		const { name } = find(request);
		const { body } = validated(request, 'PUT /siprec_connectors/{}');
		connectors.delete(name);
		connectors.set(body.name, connector(body));
		return { data: connectors.get(body.name) };
	});
	api.delete('/siprec_connectors/:name', async (request, reply) => {
		connectors.delete(find(request).name);
		exchange.changed();
		return await reply.code(204).send();
	});

	function connector({ app_subdomain, host, name, port }: Json) {
		const at = timestamp(exchange.clock.now());
		return {
			record_type: 'siprec_connector',
			...{ app_subdomain, host, name, port, created_at: at, updated_at: at },
		};
	}

	function find(request: FastifyRequest) {
		const found = connectors.get((request.params as { name: string }).name);
		if (!found) throw refuse(10005);
		return found;
	}

	api.get('/webhook_deliveries', (request) => {
		const query = request.query as Record<string, string>;
		const status = query['filter[status][eq]'];
		const types = query['filter[event_type]']?.split(',').map((type) => type.replaceAll('_', '.'));
		const found = webhooks.deliveries
			.filter((delivery) => status === undefined || delivery.status === status)
			.filter(({ event }) => !types || types.includes(event.event_type.replaceAll('_', '.')));
		return pageOf(found.map(deliveryOf).reverse(), query);
	});
	api.get('/call_events', (request) => {
		const query = request.query as Record<string, string>;
		const leg = query['filter[leg_id]'];
		const session = query['filter[application_session_id]'];
		const dayAgo = exchange.clock.now() - DAY_MS;
		const found = webhooks.deliveries
			.filter((delivery) => leg ?? session ?? delivery.startedAt >= dayAgo)
			.filter((delivery) => [undefined, delivery.leg.call_leg_id].includes(leg))
			.filter((delivery) => [undefined, delivery.leg.call_session_id].includes(session));
		return pageOf(found.map(callEventOf), query);
	});
	api.get('/webhook_deliveries/:id', (request) => {
		const { id } = request.params as { id: string };
		const delivery = webhooks.deliveries.find((one) => one.id === id);
		if (!delivery) throw refuse(10005);
		return { data: deliveryOf(delivery) };
	});
}

/** The commands, which Telnyx lists as well, are left out. */
const callEventOf = ({ event, leg }: Delivery) => ({
	record_type: 'call_event',
	call_leg_id: leg.call_leg_id,
	call_session_id: leg.call_session_id,
	event_timestamp: event.occurred_at,
	name: event.event_type,
	type: 'webhook',
	metadata: { event },
});

const deliveryOf = ({ attempts, event, finishedAt, id, startedAt, status }: Delivery) => ({
	record_type: 'webhook_delivery',
	id,
	user_id: ORGANIZATION,
	// Telnyx has no status for deliveries that are still in progress.
	status: status === 'delivered' ? 'delivered' : 'failed',
	started_at: timestamp(startedAt),
	finished_at: finishedAt === null ? null : timestamp(finishedAt),
	webhook: event,
	attempts: attempts.map((attempt) => ({ ...attempt, problem: undefined })),
});
