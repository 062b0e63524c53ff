// @ts-check
const { sendDigits } = require('../digits');
const { endGather, startGather } = require('../gather');
const { playAudio, speakingMs } = require('../playback');
const { play, spoken } = require('../sounds');

/** @typedef {import('../types').Command} Command */

/** @type {Command} */
const gather = {
	needs: 'answered',
	run(leg, body, exchange) {
		startGather(exchange, leg, body);
	},
};

/** @type {Command} */
const gather_using_speak = {
	needs: 'answered',
	run(leg, body, exchange) {
		startGather(exchange, leg, body, (isFirst, listen) => {
			const payload = isFirst ? body.payload : (body.invalid_payload ?? body.payload);
			play(exchange, leg, {
				kind: 'speech',
				text: spoken(payload),
				lastsMs: speakingMs(exchange, payload),
				onStart() {},
				onEnd: (how) => {
					if (how === 'completed') listen();
				},
			});
		});
	},
};

/** @type {Command} */
const gather_using_audio = {
	needs: 'answered',
	run(leg, body, exchange) {
		const { audio_url, invalid_audio_url, invalid_media_name, media_name } = body;
		startGather(exchange, leg, body, (isFirst, listen) => {
			const again = invalid_audio_url || invalid_media_name;
			const sound =
				isFirst || !again
					? { audio_url, media_name }
					: { audio_url: invalid_audio_url, media_name: invalid_media_name };
			playAudio(exchange, leg, sound, listen);
		});
	},
};

/** @type {Command} */
const gather_stop = {
	needs: 'answered',
	run(leg, _body, exchange) {
		endGather(exchange, leg, 'cancelled');
	},
};

/** @type {Command} */
const send_dtmf = {
	needs: 'answered',
	run(leg, { digits, duration_millis }, exchange) {
		sendDigits(exchange, leg, digits, duration_millis);
	},
};

module.exports = { gather, gather_stop, gather_using_audio, gather_using_speak, send_dtmf };
