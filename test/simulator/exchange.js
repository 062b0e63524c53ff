// @ts-check
const { payloadOf } = require('./events');

/**
 * Ties together what commands and people need.
 * @param {Pick<import('./types').Exchange, 'clock' | 'timings' | 'changed' | 'note'>
 *   & { send: (leg: import('./types').Leg, type: string, payload: import('./types').Json) => void }} parts
 * @returns {import('./types').Exchange}
 */
function makeExchange({ clock, timings, changed, note, send }) {
	return {
		clock,
		timings,
		changed,
		note,
		applications: new Map(),
		connectors: new Map(),
		legs: new Map(),
		conferences: new Map(),
		queues: new Map(),
		recordings: new Map(),
		transcriptions: new Map(),
		media: new Map(),
		origin: '',
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

module.exports = { makeExchange };
