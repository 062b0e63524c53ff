import { answerLeg, bridgeLegs, isAnswered } from '../calls';
import { dialLeg } from '../dial';
import { recordFromAnswer } from '../features';
import { refuse } from '../refusals';
import type { Command, Json } from '../types';
import { takeFromQueue } from '../queues';

export const bridge: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		const { call_control_id, play_ringtone, prevent_double_bridge, queue } = body;
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
		if (!isAnswered(other) && !play_ringtone) throw refuse(90034);
		const isTaken = () => prevent_double_bridge && other.peer && other.peer !== leg;
		if (isTaken()) {
			throw refuse(10015, {
				status: 422,
				detail: 'The call to bridge with is bridged with another one already.',
				pointer: '/call_control_id',
			});
		}
		leg.parkAfterUnbridge = staysAlone(body);
		recordFromAnswer(exchange, leg, body);
		const connect = () =>
			exchange.later(leg, exchange.timings.bridgeMs, () => {
				if (other.state !== 'ended' && !isTaken()) bridgeLegs(exchange, leg, other);
			});
		if (isAnswered(other)) connect();
		else other.onAnswer.push(connect);
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
		leg.parkAfterUnbridge = staysAlone(body);
		const connect = () => {
			if (leg.state === 'ended' || target.state === 'ended') return;
			if (!isAnswered(leg)) answerLeg(exchange, leg);
			bridgeLegs(exchange, leg, target);
		};
		target.onAnswer.push(() => {
			const [announcement] = target.sounds;
			if (!announcement) return connect();
			const { onEnd } = announcement;
			announcement.onEnd = (how) => {
				onEnd(how);
				connect();
			};
		});
	},
};

/** Whether the leg goes on when its bridge ends, on hold or parked. */
const staysAlone = ({ hold_after_unbridge, park_after_unbridge }: Json) =>
	park_after_unbridge === 'self' || hold_after_unbridge === true;
