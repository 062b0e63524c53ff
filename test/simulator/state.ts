import { addressOf } from './applications';
import { transcribes } from './speech';
import type { FaultState } from './faults';
import type { Exchange, Leg } from './types';

const CALLS = 30;

/** What the phone shows, as JSON. */
export const stateOf = (
	exchange: Exchange,
	faults: FaultState,
	account: { apiKey: string; publicKey: string },
) => ({
	...account,
	now: exchange.clock.now(),
	applications: [...exchange.applications.values()].map((app) => ({
		id: app.data.id,
		name: app.data.application_name,
		url: addressOf(app),
		number: app.number,
		idle: app.idle ?? null,
		workflow: app.workflow ?? null,
	})),
	calls: [...exchange.legs.values()]
		.filter(({ isForgotten }) => !isForgotten)
		.slice(-CALLS)
		.map(callOf),
	connectors: [...exchange.connectors.keys()],
	faults,
});

export const callOf = (leg: Leg) => ({
	id: leg.call_control_id,
	session: leg.call_session_id,
	application: leg.connection_id,
	direction: leg.direction,
	from: leg.from,
	to: leg.to,
	name: leg.name,
	state: leg.state,
	startedAt: leg.startedAt,
	answeredAt: leg.answeredAt ?? null,
	endedAt: leg.endedAt ?? null,
	endCause: leg.ending?.cause ?? null,
	peer: leg.peer?.call_control_id ?? null,
	supervisorRole: leg.supervisorRole ?? null,
	transcribes: transcribes(leg),
	waitsForDigits: leg.gather !== undefined,
	activities: [...leg.activities.values()].map(({ name }) => name.replace(/ [0-9a-f-]{36}$/, '')),
	heard: leg.heard,
});
