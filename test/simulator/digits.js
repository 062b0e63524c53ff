// @ts-check
const { gatherDigit } = require('./gather');
const { hear } = require('./sounds');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Leg} Leg */

/**
 * A digit arrives on a leg from its far end.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {string} digit
 */
function receiveDigit(exchange, leg, digit) {
	exchange.emit(leg, 'call.dtmf.received', { digit });
	gatherDigit(exchange, leg, digit);
}

/**
 * Tones go out on a leg: the person at its far end hears them, and a leg that it is bridged with
 * receives them.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {string} digits with `w` and `W` for pauses
 * @param {number} [millis] duration of a tone
 */
function sendDigits(exchange, leg, digits, millis = 250) {
	const { pauseMs } = exchange.timings;
	hear(exchange, leg, { kind: 'tone', text: digits });
	let at = 0;
	for (const digit of digits) {
		if (digit === 'w' || digit === 'W') {
			at += digit === 'w' ? pauseMs : 2 * pauseMs;
			continue;
		}
		exchange.later(leg, at, () => {
			if (leg.peer) receiveDigit(exchange, leg.peer, digit);
		});
		at += (millis / 500) * pauseMs;
	}
}

module.exports = { receiveDigit, sendDigits };
