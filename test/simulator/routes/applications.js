// @ts-check
const { addApplication } = require('../applications');
const { pageOf } = require('../paging');
const { refuse, refuseValues } = require('../refusals');

/**
 * @param {import('fastify').FastifyInstance} api
 * @param {import('../server').Parts} parts
 * @param {import('../server').Judging} judging
 */
function applicationRoutes(api, { exchange }, { judged }) {
	const { applications, clock, legs } = exchange;

	api.get('/call_control_applications', (request) => {
		const query = /** @type {Record<string, string>} */ (request.query);
		const wanted = (query['filter[application_name][contains]'] ?? '').toLowerCase();
		const found = [...applications.values()]
			.map(({ data }) => data)
			.filter((data) => data.application_name.toLowerCase().includes(wanted));
		return pageOf(found, query);
	});

	api.get('/call_control_applications/:id', (request) => ({ data: find(request).data }));

	api.post('/call_control_applications', async (request, reply) => {
		const { body } = judged(request, 'POST /call_control_applications');
		checkAddress(body);
		const app = addApplication(applications, body, { now: clock.now() });
		exchange.changed();
		return await reply.code(201).send({ data: app.data });
	});

	api.patch('/call_control_applications/:id', (request) => {
		const { data } = find(request);
		const { body } = judged(request, 'PATCH /call_control_applications/{}');
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
		const query = /** @type {Record<string, string>} */ (request.query);
		const wanted = (query['filter[connection_name][contains]'] ?? '').toLowerCase();
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
		return pageOf(found, /** @type {Record<string, string>} */ (request.query));
	});

	/** @param {import('fastify').FastifyRequest} request */
	function find(request) {
		const app = applications.get(/** @type {{ id: string }} */ (request.params).id);
		if (!app) throw refuse(10005);
		return app;
	}
}

/** An application is a connection as well. @param {import('../types').Application} application */
const connectionOf = ({ data }) => ({
	record_type: 'call_control_application',
	id: data.id,
	connection_name: data.application_name,
	active: data.active,
	webhook_event_url: data.webhook_event_url,
	created_at: data.created_at,
	updated_at: data.updated_at,
});

/** @param {import('../types').Json} body */
function checkAddress({ webhook_event_url }) {
	if (/^https?:\/\/\S+$/.test(webhook_event_url)) return;
	throw refuseValues([
		{ kind: 'malformed', pointer: '/webhook_event_url', says: 'must be a web address' },
	]);
}

module.exports = { applicationRoutes };
