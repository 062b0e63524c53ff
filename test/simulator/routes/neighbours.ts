import type { FastifyInstance, FastifyRequest } from 'fastify';

import { OUTBOUND_VOICE_PROFILE } from '../applications';
import { pageOf, wantedIn } from '../paging';
import { refuse } from '../refusals';
import type { RouteHelpers, Parts } from '../server';
import type { Application, Json } from '../types';

type Query = Record<string, string>;

/** What a call needs besides the voice API: outbound voice profiles, numbers, conversations. */
export function neighbourRoutes(
	api: FastifyInstance,
	{ exchange }: Parts,
	{ validated }: RouteHelpers,
) {
	const { applications, conversations } = exchange;

	const profiles = () => {
		const { size: connections_count } = applications;
		return [{ ...PROFILE, connections_count }];
	};
	api.get('/outbound_voice_profiles', (request) => {
		const query = request.query as Query;
		const wanted = wantedIn(query, 'name');
		return pageOf(
			profiles().filter(({ name }) => name.toLowerCase().includes(wanted)),
			query,
		);
	});
	api.get('/outbound_voice_profiles/:id', (request) => ({
		data: found(profiles().find(({ id }) => id === idIn(request))),
	}));

	api.get('/phone_numbers', (request) => {
		const query = request.query as Query;
		const wanted = query['filter[phone_number]'] ?? '';
		const application = query['filter[connection_id]'];
		const all = [...applications.values()]
			.filter(({ data }) => application === undefined || data.id === application)
			.map(numberOf);
		return pageOf(
			all.filter(({ phone_number }) => phone_number.includes(wanted)),
			query,
		);
	});
	api.get('/phone_numbers/:id', (request) => ({ data: numberOf(withNumber(request)) }));
	api.patch('/phone_numbers/:id', (request) => {
		const app = withNumber(request);
		const { body } = validated(request, 'PATCH /phone_numbers/{}');
		if (body.connection_id === undefined) return { data: numberOf(app) };
		const other = found(applications.get(body.connection_id));
		// An application of the simulator has one number, so that the two change theirs.
		[app.number, other.number] = [other.number, app.number];
		exchange.changed();
		return { data: numberOf(other) };
	});
	const withNumber = (request: FastifyRequest) =>
		found([...applications.values()].find(({ number }) => numberId(number) === idIn(request)));

	api.get('/ai/conversations', (request) => {
		const { limit, order, ...conditions } = request.query as Query;
		const all = [...conversations.values()].map(({ data }) => data);
		const some = all.filter((one) =>
			Object.entries(conditions).every(([name, condition]) => meets(one, name, condition)),
		);
		if (order?.endsWith('.desc')) some.reverse();
		return { data: some.slice(0, Number(limit ?? 50)) };
	});
	api.get('/ai/conversations/:id', (request) => ({ data: conversation(request).data }));
	api.get('/ai/conversations/:id/conversations-insights', (request) => {
		const { insights } = conversation(request);
		return { data: insights, meta: pageOf(insights, {}).meta };
	});
	const conversation = (request: FastifyRequest) => found(conversations.get(idIn(request)));
}

const idIn = (request: FastifyRequest) => (request.params as { id: string }).id;

function found<T>(one: T | undefined): T {
	if (one === undefined) throw refuse(10005);
	return one;
}

const PROFILE = {
	record_type: 'outbound_voice_profile',
	id: OUTBOUND_VOICE_PROFILE,
	name: 'Default',
	enabled: true,
	concurrent_call_limit: 10,
	daily_spend_limit: '100.00',
	daily_spend_limit_enabled: true,
	max_destination_rate: 0.5,
	service_plan: 'global',
	tags: [],
	traffic_type: 'conversational',
	usage_payment_method: 'rate-deck',
	whitelisted_destinations: ['US', 'CA'],
	created_at: '2026-01-01T00:00:00.000Z',
	updated_at: '2026-01-01T00:00:00.000Z',
};

/** Telnyx's ID of a number is another long number. */
const numberId = (number: string) => `20${number.replace(/\D/g, '').padStart(17, '0')}`;

const numberOf = ({ data, number }: Application) => ({
	record_type: 'phone_number',
	id: numberId(number),
	phone_number: number,
	connection_id: data.id,
	connection_name: data.application_name,
	country_iso_alpha2: 'US',
	phone_number_type: 'local',
	status: 'active',
	tags: [],
});

/** Conditions such as `eq.66b541ed`, of the fields or of `metadata->…`. Others are not simulated. */
function meets(one: Json, name: string, condition: string): boolean {
	const [, inMetadata] = /^metadata->(.+)$/.exec(name) ?? [];
	const value = String((inMetadata ? one.metadata[inMetadata] : one[name]) ?? '');
	const [, operator, other] = /^(\w+)\.(.*)$/.exec(condition) ?? [];
	switch (operator) {
		case 'eq':
			return value === other;
		case 'gte':
			return value >= other;
		case 'lte':
			return value <= other;
		case 'like':
			return value.includes(other.replaceAll('%', ''));
		default:
			throw refuse(10015);
	}
}
