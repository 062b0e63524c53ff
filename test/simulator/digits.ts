import { gatherDigit } from './gather';
import { hear } from './sounds';
import type { Exchange, Leg } from './types';

/** A digit arrives on a leg from its far end. */
export function receiveDigit(exchange: Exchange, leg: Leg, digit: string) {
	exchange.emit(leg, 'call.dtmf.received', { digit });
	gatherDigit(exchange, leg, digit);
}

/**
 * Sends tones on a leg: the person at its far end hears them, and a leg that it is bridged with
 * receives them.
 * @param digits with `w` and `W` for pauses
 * @param millis duration of a tone
 */
export function sendDigits(exchange: Exchange, leg: Leg, digits: string, millis = 250) {
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
