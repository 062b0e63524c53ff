// @ts-check
const { isAnswered } = require('../calls');
const { commands } = require('../commands');
const { dialLeg } = require('../dial');
const { checkLimits } = require('../limits');
const { refuse, refuseValues } = require('../refusals');
const { isRepeated, REMEMBERED_MS, remember } = require('../repeats');
const { timestamp } = require('../webhooks');

/** @typedef {import('../types').ApiRequest} ApiRequest */
/** @typedef {import('../types').Json} Json */
/** @typedef {import('../types').Leg} Leg */

/** Commands by which a call gets webhook addresses of its own. */
const MOVES_WEBHOOKS = ['answer'];

/**
 * @param {import('fastify').FastifyInstance} api
 * @param {import('../server').Parts} parts
 * @param {import('../server').Judging} judging
 */
function callRoutes(api, { exchange, judge }, { judged, noted }) {
	/** The calls that dial made, by command_id. @type {Map<string, { at: number, leg: Leg }>} */
	const dialled = new Map();

	api.post('/calls', (request) => {
		const subject = noted(request, 'dial');
		const record = judged(request, 'POST /calls');
		const { body } = record;
		checkValues('dial', body);
		const known = dialled.get(body.command_id);
		if (known && exchange.clock.now() - known.at < REMEMBERED_MS) {
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
		const leg = dialLeg(exchange, body);
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
		handler: (request) => {
			const { action } = /** @type {{ action: string }} */ (request.params);
			const declared = `${request.method} /calls/{}/actions/${action}`;
			const knows = judge.knows(declared);
			const leg = exchange.legs.get(idOf(request));
			noted(request, action, leg);
			if (knows !== 'known') throw refuse(knows === 'method' ? 10030 : 10005);
			if (!leg) throw refuse(90015, { pointer: '/call_control_id' });
			const record = judged(request, declared);
			const { body } = record;
			checkValues(action, body);
			if (isRepeated(leg.commands, body.command_id, exchange.clock.now())) {
				record.duplicate = true;
				return { data: { result: 'ok' } };
			}
			record.isUnplayed = !Object.hasOwn(commands, action);
			return { data: { result: 'ok', ...carryOut(action, leg, body) } };
		},
	});

	/**
	 * @param {string} action
	 * @param {Leg} leg
	 * @param {Json} body
	 */
	function carryOut(action, leg, body) {
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
		let data;
		try {
			data = command?.run(leg, body, exchange);
		} catch (error) {
			leg.client_state = before;
			throw error;
		}
		remember(leg.commands, body.command_id, exchange.clock.now());
		return data;
	}

	/** @param {string} action @param {Json} body */
	function checkValues(action, body) {
		const problems = checkLimits(action, body, judge.eventTypes);
		if (problems.length > 0) throw refuseValues(problems);
	}

	/** @param {Leg} leg */
	const statusOf = (leg) => ({
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

/**
 * @param {import('../types').Command['needs']} needs
 * @param {Leg} leg
 */
function checkState(needs, leg) {
	if (leg.state === 'ended') throw refuse(90018);
	if (needs === 'answered' && !isAnswered(leg)) throw refuse(90034);
	if (needs !== 'ringing') return;
	if (leg.direction === 'outgoing') throw refuse(90102);
	if (isAnswered(leg)) {
		throw refuse(10015, { status: 422, detail: 'This call has been answered already.' });
	}
}

/** @param {import('fastify').FastifyRequest} request */
const idOf = (request) => /** @type {{ id: string }} */ (request.params).id;

module.exports = { callRoutes };
