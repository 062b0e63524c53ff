// @ts-check
const { randomUUID } = require('node:crypto');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Leg} Leg */
/** @typedef {import('./types').Sound} Sound */

/** How much of what was heard is kept for the phone. */
const HEARD_LENGTH = 200;

/**
 * Puts speech or music at the end of the queue of a leg.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {Omit<Sound, 'listeners'> & { listeners?: Leg[] }} sound
 */
function play(exchange, leg, sound) {
	leg.sounds.push({ listeners: [leg], ...sound });
	if (leg.sounds.length === 1) startNext(exchange, leg);
}

/** @param {Exchange} exchange @param {Leg} leg */
function startNext(exchange, leg) {
	const [sound] = leg.sounds;
	if (!sound) return;
	sound.heard = sound.listeners.map((one) =>
		hear(exchange, one, { kind: sound.kind, text: sound.text, playing: true }),
	);
	sound.onStart();
	sound.cancel = exchange.later(leg, sound.lastsMs, () => {
		endSound(exchange, leg, 'completed');
		startNext(exchange, leg);
	});
}

/**
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {import('./types').Ending} how
 */
function endSound(exchange, leg, how) {
	const sound = leg.sounds.shift();
	if (!sound) return;
	sound.cancel?.();
	for (const heard of sound.heard ?? []) heard.playing = false;
	// What never began has no end either.
	if (sound.heard) sound.onEnd(how);
	exchange.changed();
}

/**
 * Ends what a leg plays now, or also what is to come.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {'current' | 'all'} which
 * @param {import('./types').Ending} [how]
 */
function silence(exchange, leg, which, how = 'stopped') {
	if (which === 'all') leg.sounds.splice(1);
	endSound(exchange, leg, how);
	if (which === 'current') startNext(exchange, leg);
}

/**
 * Something reaches the ear of the person at the far end.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {Pick<import('./types').Heard, 'kind' | 'text'> & { playing?: boolean }} what
 */
function hear(exchange, leg, { kind, text, playing = false }) {
	const heard = { id: randomUUID(), at: exchange.clock.now(), kind, text, playing };
	leg.heard.push(heard);
	leg.heard.splice(0, leg.heard.length - HEARD_LENGTH);
	exchange.changed();
	return heard;
}

/** Speech without its markup. @param {string} payload */
const spoken = (payload) =>
	payload
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();

module.exports = { hear, play, silence, spoken };
