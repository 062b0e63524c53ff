import type { FastifyInstance, FastifyRequest } from 'fastify';

import { addApplication } from '../applications';
import { pageOf, wantedIn } from '../paging';
import { refuse, refuseValues } from '../refusals';
import type { RouteHelpers, Parts } from '../server';
import type { Application, Json } from '../types';

export function applicationRoutes(
	api: FastifyInstance,
	{ exchange }: Parts,
	{ validated }: RouteHelpers,
) {
	const { applications, clock, legs } = exchange;

	api.get('/call_control_applications', (request) => {
		const query = request.query as Record<string, string>;
		const wanted = wantedIn(query, 'application_name');
		const found = [...applications.values()]
			.map(({ data }) => data)
			.filter((data) => data.application_name.toLowerCase().includes(wanted));
		return pageOf(found, query);
	});

	api.get('/call_control_applications/:id', (request) => ({ data: find(request).data }));

	api.post('/call_control_applications', async (request, reply) => {
		const { body } = validated(request, 'POST /call_control_applications');
		checkAddress(body);
		const app = addApplication(applications, body, { now: clock.now() });
		exchange.changed();
		return await reply.code(201).send({ data: app.data });
	});

	api.patch('/call_control_applications/:id', (request) => {
		const { data } = find(request);
		const { body } = validated(request, 'PATCH /call_control_applications/{}');
		checkAddress(body);
		Object.assign(data, body, { updated_at: new Date(clock.now()).toISOString() });
		exchange.changed();
		return { data };
	});

	api.delete('/call_control_applications/:id', (request) => {
		const { data } = find(request);
		applications.delete(data.id);
		exchange.changed();
		return { data };
	});

	api.get('/connections', (request) => {
		const query = request.query as Record<string, string>;
		const wanted = wantedIn(query, 'connection_name');
		const found = [...applications.values()]
			.map(connectionOf)
			.filter(({ connection_name }) => connection_name.toLowerCase().includes(wanted));
		return pageOf(found, query);
	});

	api.get('/connections/:id', (request) => ({ data: connectionOf(find(request)) }));

	api.get('/connections/:id/active_calls', (request) => {
		const { data } = find(request);
		const found = [...legs.values()]
			.filter(({ connection_id, state }) => connection_id === data.id && state !== 'ended')
			.map((leg) => ({
				record_type: 'call',
				call_control_id: leg.call_control_id,
				call_leg_id: leg.call_leg_id,
				call_session_id: leg.call_session_id,
				client_state: leg.client_state ?? '',
				call_duration: Math.round((clock.now() - leg.startedAt) / 1000),
			}));
		return pageOf(found, request.query as Record<string, string>);
	});

	function find(request: FastifyRequest) {
		const app = applications.get((request.params as { id: string }).id);
		if (!app) throw refuse(10005);
		return app;
	}
}

/** An application is a connection as well. */
const connectionOf = ({ data }: Application) => ({
	record_type: 'call_control_application',
	id: data.id,
	connection_name: data.application_name,
	active: data.active,
	webhook_event_url: data.webhook_event_url,
	created_at: data.created_at,
	updated_at: data.updated_at,
});

function checkAddress({ webhook_event_url }: Json) {
	if (/^https?:\/\/\S+$/.test(webhook_event_url)) return;
	throw refuseValues([
		{ kind: 'malformed', pointer: '/webhook_event_url', says: 'must be a web address' },
	]);
}
