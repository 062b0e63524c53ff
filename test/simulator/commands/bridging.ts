import { answerLeg, bridgeLegs, isAnswered } from '../calls';
import { dialLeg } from '../dial';
import { recordFromAnswer } from '../features';
import { refuse } from '../refusals';
import type { Command } from '../types';
import { takeFromQueue } from '../queues';

export const bridge: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		const { call_control_id, park_after_unbridge, queue } = body;
		if (queue && call_control_id) {
			throw refuse(10015, {
				status: 422,
				detail: 'A queue and a call to bridge with cannot be used together.',
				pointer: '/queue',
			});
		}
		const other = queue
			? takeFromQueue(exchange, queue)
			: exchange.legs.get(String(call_control_id));
		if (!other || other === leg) throw refuse(90015, { pointer: '/call_control_id' });
		if (other.state === 'ended') throw refuse(90018);
		if (!isAnswered(other)) throw refuse(90034);
		leg.parkAfterUnbridge = park_after_unbridge === 'self';
		recordFromAnswer(exchange, leg, body);
		exchange.later(leg, exchange.timings.bridgeMs, () => {
			if (other.state !== 'ended') bridgeLegs(exchange, leg, other);
		});
	},
};

export const transfer: Command = {
	needs: 'alive',
	run(leg, body, exchange) {
		const target = dialLeg(exchange, {
			...body,
			connection_id: leg.connection_id,
			from: body.from ?? leg.to,
			client_state: body.target_leg_client_state,
			session: leg.call_session_id,
			inherits: leg.webhooks,
		});
		leg.parkAfterUnbridge = body.park_after_unbridge === 'self';
		target.onAnswer.push(() => {
			if (leg.state === 'ended') return;
			if (!isAnswered(leg)) answerLeg(exchange, leg);
			bridgeLegs(exchange, leg, target);
		});
	},
};
