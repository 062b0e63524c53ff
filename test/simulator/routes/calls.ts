import type { FastifyInstance, FastifyRequest } from 'fastify';

import { EVENTS_BEYOND_SDK } from '../beyondSdk';
import { isAnswered } from '../calls';
import { commands } from '../commands';
import { dialLeg } from '../dial';
import { checkLimits } from '../limits';
import { refuse, refuseValues } from '../refusals';
import { isRepeated, REPEAT_WINDOW_MS, noteCommandId } from '../commandIds';
import type { RouteHelpers, Parts } from '../server';
import type { Command, Json, Leg } from '../types';
import { timestamp } from '../webhooks';

/** Commands that can set webhook URLs for a call. */
const MOVES_WEBHOOKS = ['answer'];

export function callRoutes(
	api: FastifyInstance,
	{ exchange, validator }: Parts,
	{ carryOut, validated, logged }: RouteHelpers,
) {
	/** Calls made by dial, by command_id. */
	const dialled: Map<string, { at: number; leg: Leg }> = new Map();

	api.post('/calls', async (request) => {
		const subject = logged(request, 'dial');
		const record = validated(request, 'POST /calls');
		const { body } = record;
		checkValues('dial', body);
		const known = dialled.get(body.command_id);
		if (known && exchange.clock.now() - known.at < REPEAT_WINDOW_MS) {
			record.duplicate = true;
			subject.leg = known.leg;
			return { data: { ...statusOf(known.leg) } };
		}
		const app = exchange.applications.get(body.connection_id);
		if (!app?.data.webhook_event_url && !body.webhook_url) {
			throw refuse(10015, {
				status: 422,
				detail: 'Only Call Control Apps with valid webhook URL are accepted',
				pointer: '/connection_id',
			});
		}
		const leg = await carryOut(request, undefined, () => dialLeg(exchange, body));
		subject.leg = leg;
		if (body.command_id) dialled.set(body.command_id, { at: exchange.clock.now(), leg });
		return { data: statusOf(leg) };
	});

	api.get('/calls/:id', (request) => {
		const leg = exchange.legs.get(idOf(request));
		if (!leg) throw refuse(90015, { pointer: '/call_control_id' });
		return { data: statusOf(leg) };
	});

	api.route({
		method: ['POST', 'PUT'],
		url: '/calls/:id/actions/:action',
		handler: async (request) => {
			const { action } = request.params as { action: string };
			const declared = `${request.method} /calls/{}/actions/${action}`;
			const knows = validator.knows(declared);
			const leg = exchange.legs.get(idOf(request));
			logged(request, action, leg);
			if (knows !== 'known') throw refuse(knows === 'method' ? 10030 : 10005);
			if (!leg) throw refuse(90015, { pointer: '/call_control_id' });
			const record = validated(request, declared);
			const { body } = record;
			checkValues(action, body);
			if (isRepeated(leg.commands, body.command_id, exchange.clock.now())) {
				record.duplicate = true;
				return { data: { result: 'ok' } };
			}
			record.isNotSimulated = !Object.hasOwn(commands, action);
			const data = await carryOut(request, leg, () => run(action, leg, body));
			return { data: { result: 'ok', ...data } };
		},
	});

	function run(action: string, leg: Leg, body: Json) {
		const command = commands[action];
		checkState(command?.needs ?? 'answered', leg);
		const before = leg.client_state;
		leg.client_state = body.client_state ?? before;
		if (MOVES_WEBHOOKS.includes(action)) {
			leg.webhooks = {
				url: body.webhook_url ?? leg.webhooks.url,
				urls: body.webhook_urls ?? leg.webhooks.urls,
				policies: body.webhook_retries_policies ?? leg.webhooks.policies,
			};
		}
		let wasRefused = true;
		try {
			const data = command?.run(leg, body, exchange);
			wasRefused = false;
			noteCommandId(leg.commands, body.command_id, exchange.clock.now());
			return data;
		} finally {
			if (wasRefused) leg.client_state = before;
		}
	}

	function checkValues(action: string, body: Json) {
		const problems = checkLimits(action, body, [...validator.eventTypes, ...EVENTS_BEYOND_SDK]);
		if (problems.length > 0) throw refuseValues(problems);
	}

	const statusOf = (leg: Leg) => ({
		record_type: 'call',
		call_control_id: leg.call_control_id,
		call_leg_id: leg.call_leg_id,
		call_session_id: leg.call_session_id,
		client_state: leg.client_state ?? '',
		is_alive: leg.state !== 'ended',
		call_duration: Math.round(((leg.endedAt ?? exchange.clock.now()) - leg.startedAt) / 1000),
		start_time: timestamp(leg.startedAt),
		...(leg.endedAt === undefined ? {} : { end_time: timestamp(leg.endedAt) }),
	});
}

function checkState(needs: Command['needs'], leg: Leg) {
	if (leg.state === 'ended') throw refuse(90018);
	if (needs === 'answered' && !isAnswered(leg)) throw refuse(90034);
	if (needs !== 'ringing') return;
	if (leg.direction === 'outgoing') throw refuse(90102);
	if (isAnswered(leg)) {
		throw refuse(10015, { status: 422, detail: 'This call has been answered already.' });
	}
}

const idOf = (request: FastifyRequest) => (request.params as { id: string }).id;
