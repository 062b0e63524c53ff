import { payloadOf } from './events';
import type { Exchange, Json, Leg } from './types';

/** Creates the state that commands and phone users share. */
export function makeExchange({
	clock,
	timings,
	changed,
	note,
	callRefusal,
	send,
}: Pick<Exchange, 'clock' | 'timings' | 'changed' | 'note' | 'callRefusal'> & {
	send: (leg: Leg, type: string, payload: Json) => void;
}): Exchange {
	return {
		clock,
		timings,
		changed,
		note,
		callRefusal,
		applications: new Map(),
		connectors: new Map(),
		legs: new Map(),
		conferences: new Map(),
		queues: new Map(),
		recordings: new Map(),
		transcriptions: new Map(),
		conversations: new Map(),
		media: new Map(),
		origin: '',
		rings() {},
		asksForKeys() {},
		emit(leg, eventType, payload = {}) {
			send(leg, eventType, payloadOf(leg, eventType, payload, clock.now()));
			changed();
		},
		later(leg, ms, run) {
			const cancel = clock.after(ms, () => {
				leg.timers.delete(cancel);
				run();
			});
			leg.timers.add(cancel);
			return () => {
				leg.timers.delete(cancel);
				cancel();
			};
		},
	};
}
