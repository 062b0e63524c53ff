// @ts-check
const { play, spoken } = require('./sounds');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Leg} Leg */

/** As long as anybody would listen. */
const FOREVER_MS = 3_600_000;

/**
 * Plays a file, with its two events.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {import('./types').Json} body
 * @param {() => void} [onOver] it was played to its end
 */
function playAudio(exchange, leg, body, onOver = () => {}) {
	const { audio_url, loop, media_name, overlay = false } = body;
	const name = media_name ?? audio_url ?? 'audio';
	const isMissing = /fail/i.test(name);
	const media = {
		...(audio_url ? { media_url: audio_url } : {}),
		...(media_name ? { media_name } : {}),
		overlay,
	};
	const statuses = { completed: 'completed', stopped: 'cancelled', hangup: 'call_hangup' };
	play(exchange, leg, {
		kind: 'audio',
		text: name,
		listeners: listeners(leg, body),
		lastsMs: isMissing ? 0 : repeated(exchange.timings.playbackMs, loop),
		onStart: () => {
			if (!isMissing) exchange.emit(leg, 'call.playback.started', media);
		},
		onEnd: (how) => {
			exchange.emit(leg, 'call.playback.ended', {
				...media,
				status: isMissing ? 'file_not_found' : statuses[how],
				...(isMissing ? { status_detail: `The file ${name} could not be fetched.` } : {}),
			});
			if (how === 'completed') onOver();
		},
	});
}

/**
 * How long a voice takes.
 * @param {Exchange} exchange
 * @param {string} payload
 */
const speakingMs = ({ timings }, payload) => spoken(payload).length * timings.speakMsPerCharacter;

/**
 * @param {number} ms
 * @param {string | number} [loop]
 */
const repeated = (ms, loop = 1) => (loop === 'infinity' ? FOREVER_MS : ms * Number(loop));

/** @param {Leg} leg @param {import('./types').Json} body @returns {Leg[]} */
function listeners(leg, { target_legs = 'self' }) {
	const { peer } = leg;
	if (!peer || target_legs === 'self') return [leg];
	return target_legs === 'both' ? [leg, peer] : [peer];
}

module.exports = { listeners, playAudio, repeated, speakingMs };
