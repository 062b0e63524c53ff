// @ts-check
const { listeners, playAudio, repeated, speakingMs } = require('../playback');
const { play, silence, spoken } = require('../sounds');

/** @typedef {import('../types').Command} Command */
/** @typedef {import('../types').Exchange} Exchange */
/** @typedef {import('../types').Leg} Leg */

/** @type {Command} */
const speak = {
	needs: 'answered',
	run(leg, body, exchange) {
		makeWay(exchange, leg, body);
		play(exchange, leg, {
			kind: 'speech',
			text: spoken(body.payload),
			listeners: listeners(leg, body),
			lastsMs: repeated(speakingMs(exchange, body.payload), body.loop),
			onStart: () => exchange.emit(leg, 'call.speak.started'),
			onEnd: (how) =>
				exchange.emit(leg, 'call.speak.ended', {
					status: how === 'hangup' ? 'call_hangup' : 'completed',
				}),
		});
	},
};

/** @type {Command} */
const playback_start = {
	needs: 'answered',
	run(leg, body, exchange) {
		makeWay(exchange, leg, body);
		playAudio(exchange, leg, body);
	},
};

/** @type {Command} */
const playback_stop = {
	needs: 'answered',
	run(leg, { stop = 'all' }, exchange) {
		silence(exchange, leg, stop === 'current' ? 'current' : 'all');
	},
};

/** @param {Exchange} exchange @param {Leg} leg @param {import('../types').Json} body */
function makeWay(exchange, leg, { stop }) {
	if (stop === 'all' || stop === 'current') silence(exchange, leg, stop);
}

module.exports = { playback_start, playback_stop, speak };
