import { answerLeg, bridgeLegs, createLeg, endLeg, isAnswered, ourSide, startLeg } from './calls';
import { onAnswer } from './features';
import { refuse, refuseCall } from './refusals';
import type { Exchange, Json, Leg } from './types';

const RING_SECS = 30;

/**
 * Places an outgoing call.
 * @param body of dial or transfer, already validated; a transfer adds `session`, the session that
 * the leg belongs to, and `inherits`, where the webhooks of the first leg go
 * @returns with several numbers in `to`, the leg to the first one
 */
export function dialLeg(exchange: Exchange, body: Json): Leg {
	const { link_to, supervise_call_control_id } = body;
	const linked = link_to === undefined ? undefined : aliveLeg(exchange, link_to, '/link_to');
	const supervised =
		supervise_call_control_id === undefined
			? undefined
			: aliveLeg(exchange, supervise_call_control_id, '/supervise_call_control_id');
	const needsLink = body.bridge_on_answer || body.bridge_intent || body.park_after_unbridge;
	if (needsLink && !linked && !body.session) {
		throw refuse(10004, { pointer: '/link_to' });
	}
	const app = exchange.applications.get(body.connection_id);
	const hasProfile = Boolean(app?.data.outbound?.outbound_voice_profile_id);
	const refusal = exchange.callRefusal() ?? (hasProfile ? null : 'D38');
	if (refusal) throw refuseCall(refusal);
	const targets = [body.to].flat();
	const legs: Leg[] = [];
	for (const target of targets) {
		const [to, digits] = split(target);
		const leg = createLeg(exchange, {
			direction: 'outgoing',
			connection_id: body.connection_id,
			from: (body.bridge_intent && linked?.from) || body.from,
			to,
			name: body.from_display_name ?? body.from,
			client_state: body.client_state ?? null,
			webhooks: {
				url: body.webhook_url ?? body.inherits?.url,
				urls: body.webhook_urls ?? body.inherits?.urls,
				policies: body.webhook_retries_policies ?? body.inherits?.policies,
			},
			parkAfterUnbridge: body.park_after_unbridge === 'self',
			...(supervised
				? { supervises: supervised, supervisorRole: body.supervisor_role ?? 'barge' }
				: {}),
			...sessionOf(body, linked ?? supervised ?? legs[0]),
		});
		legs.push(leg);
		onAnswer(exchange, leg, { send_digits_on_answer: digits, ...body });
		leg.onAnswer.push(() => {
			for (const other of legs) {
				if (other !== leg && !isAnswered(other))
					endLeg(exchange, other, 'originator_cancel', 'caller');
			}
			if (!body.bridge_on_answer || !linked || linked.state === 'ended') return;
			if (body.prevent_double_bridge && linked.peer) {
				endLeg(exchange, leg, 'normal_clearing', ourSide(leg));
				return;
			}
			if (!isAnswered(linked)) answerLeg(exchange, linked);
			bridgeLegs(exchange, leg, linked);
		});
	}
	for (const leg of legs) startLeg(exchange, leg, body.timeout_secs ?? RING_SECS);
	if (body.time_limit_secs) {
		for (const leg of legs) {
			exchange.later(leg, body.time_limit_secs * 1000, () =>
				endLeg(exchange, leg, 'time_limit', 'unknown'),
			);
		}
	}
	return legs[0];
}

function aliveLeg(exchange: Exchange, id: string, pointer: string) {
	const leg = exchange.legs.get(id);
	if (!leg) throw refuse(90015, { pointer });
	if (leg.state === 'ended') throw refuse(90018);
	return leg;
}

function sessionOf({ session }: Json, related?: Leg) {
	const id = session ?? related?.call_session_id;
	return id ? { call_session_id: id } : {};
}

/** Splits a number from the digits that are sent once the call is answered (`+13125550100,123`). */
export function split(target: string) {
	const [, to, digits] = /^([^,]*)(?:,(.*))?$/.exec(target) ?? [];
	return [to ?? target, digits];
}
