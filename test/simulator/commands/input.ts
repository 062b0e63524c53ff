import { sendDigits } from '../digits';
import { endGather, startGather } from '../gather';
import { playAudio, speakingMs } from '../playback';
import { play, withoutMarkup } from '../sounds';
import type { Command } from '../types';

export const gather: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		startGather(exchange, leg, body);
	},
};

export const gather_using_speak: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		startGather(exchange, leg, body, (isFirst, listen) => {
			const payload = isFirst ? body.payload : (body.invalid_payload ?? body.payload);
			play(exchange, leg, {
				kind: 'speech',
				text: withoutMarkup(payload),
				lastsMs: speakingMs(exchange, payload),
				onStart() {},
				onEnd: (how) => {
					if (how === 'completed') listen();
				},
			});
		});
	},
};

export const gather_using_audio: Command = {
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

export const gather_stop: Command = {
	needs: 'answered',
	run(leg, _body, exchange) {
		endGather(exchange, leg, 'cancelled');
	},
};

export const send_dtmf: Command = {
	needs: 'answered',
	run(leg, { digits, duration_millis }, exchange) {
		sendDigits(exchange, leg, digits, duration_millis);
	},
};
