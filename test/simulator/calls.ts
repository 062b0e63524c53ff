import { randomBytes, randomUUID } from 'node:crypto';

import { endActivities } from './activities';
import { endGather } from './gather';
import { stopSounds } from './sounds';
import type { Answerer, Exchange, Leg } from './types';

/** Telnyx's default, in seconds. */
const TIME_LIMIT_SECS = 14_400;

/** Creates a leg that is not ringing yet. */
export function createLeg(
	exchange: Exchange,
	settings: Pick<Leg, 'connection_id' | 'direction' | 'from' | 'to'> & Partial<Leg>,
): Leg {
	const leg: Leg = {
		call_control_id: `v3:${randomBytes(38).toString('base64url')}`,
		call_leg_id: randomUUID(),
		call_session_id: randomUUID(),
		name: settings.from,
		state: 'initiated',
		client_state: null,
		startedAt: exchange.clock.now(),
		parkAfterUnbridge: false,
		webhooks: {},
		sounds: [],
		activities: new Map(),
		heard: [],
		timers: new Set(),
		commands: new Map(),
		onAnswer: [],
		...settings,
	};
	exchange.legs.set(leg.call_control_id, leg);
	return leg;
}

/**
 * Announces the leg to its application; the phone at the far end of an outgoing leg rings.
 * @param timeoutSecs how long it rings before the leg ends
 */
export function startLeg(exchange: Exchange, leg: Leg, timeoutSecs?: number) {
	exchange.emit(leg, 'call.initiated');
	exchange.later(leg, exchange.timings.ringMs, () => {
		if (leg.state === 'initiated') leg.state = 'ringing';
		exchange.changed();
		if (leg.direction === 'outgoing' && leg.state === 'ringing') exchange.rings(leg);
	});
	if (timeoutSecs !== undefined) {
		exchange.later(leg, timeoutSecs * 1000, () => {
			if (!isAnswered(leg)) endLeg(exchange, leg, 'timeout', 'unknown');
		});
	}
}

/** @param who picked up at the far end of an outgoing leg */
export function answerLeg(
	exchange: Exchange,
	leg: Leg,
	who: Answerer = { as: 'human', beep: false },
	timeLimitSecs = TIME_LIMIT_SECS,
) {
	leg.state = 'answered';
	leg.answeredAt = exchange.clock.now();
	exchange.emit(leg, 'call.answered');
	exchange.later(leg, timeLimitSecs * 1000, () => endLeg(exchange, leg, 'time_limit', 'unknown'));
	for (const run of leg.onAnswer.splice(0)) run(who);
	exchange.changed();
}

/** Connects the people at the far ends of two answered legs. */
export function bridgeLegs(exchange: Exchange, leg: Leg, other: Leg) {
	for (const one of [leg, other]) {
		if (one.peer) unbridge(exchange, one);
	}
	leg.peer = other;
	other.peer = leg;
	for (const one of [leg, other]) {
		one.state = 'bridged';
		exchange.emit(one, 'call.bridged');
	}
	exchange.changed();
}

/** Separates two bridged legs. The other one ends too unless it is to be parked. */
function unbridge(exchange: Exchange, leg: Leg) {
	const { peer } = leg;
	if (!peer) return;
	leg.peer = undefined;
	peer.peer = undefined;
	if (leg.state === 'bridged') leg.state = 'answered';
	if (peer.state !== 'bridged') return;
	peer.state = 'answered';
	if (!peer.parkAfterUnbridge) endLeg(exchange, peer, 'normal_clearing', ourSide(peer));
}

/**
 * @param cause Telnyx's hangup_cause
 * @param source Telnyx's hangup_source
 */
export function endLeg(exchange: Exchange, leg: Leg, cause: string, source: string) {
	if (leg.state === 'ended') return;
	leg.state = 'ended';
	leg.endedAt = exchange.clock.now();
	leg.ending = { cause, source };
	for (const cancel of leg.timers) cancel();
	leg.timers.clear();
	stopSounds(exchange, leg, 'all', 'hangup');
	endGather(exchange, leg, 'call_hangup');
	exchange.emit(leg, 'call.hangup');
	endActivities(leg, () => true, 'hangup');
	unbridge(exchange, leg);
	for (const other of exchange.legs.values()) {
		if (other.supervises === leg && other.state !== 'ended') {
			endLeg(exchange, other, 'normal_clearing', ourSide(other));
		}
	}
	const app = exchange.applications.get(leg.connection_id);
	if (app?.data.call_cost_in_webhooks) exchange.emit(leg, 'call.cost', cost(leg));
	exchange.changed();
}

/** The hangup source when a command ends the call. */
export const ourSide = (leg: Leg) => (leg.direction === 'incoming' ? 'callee' : 'caller');

/** The hangup source when the person at the far end ends the call. */
export const farSide = (leg: Leg) => (leg.direction === 'incoming' ? 'caller' : 'callee');

export const isAnswered = ({ state }: Leg) => state === 'answered' || state === 'bridged';

function cost({ answeredAt, endedAt = 0 }: Leg) {
	const seconds = answeredAt === undefined ? 0 : Math.ceil((endedAt - answeredAt) / 60_000) * 60;
	const amount = ((seconds / 60) * 0.002).toFixed(4);
	return {
		billed_duration_secs: seconds,
		billing_group_id: null,
		cost_parts: [
			{
				billed_duration_secs: seconds,
				call_part: 'call-control',
				cost: amount,
				currency: 'USD',
				rate: '0.00200',
			},
		],
		occurred_at: new Date(endedAt).toISOString(),
		status: 'success',
		total_cost: amount,
	};
}
