import { sendDigits } from '../digits';
import { DEFAULT_TRIES, endGather, startGather } from '../gather';
import { languageOf, playAudio, speakingMs } from '../playback';
import { play, withoutMarkup } from '../sounds';
import type { Command, Json } from '../types';

export const gather: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		startGather(exchange, leg, body);
	},
};

export const gather_using_speak: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		startGather(exchange, leg, body, (attempt, listen) => {
			const payload = attempt === 1 ? body.payload : (body.invalid_payload ?? body.payload);
			play(exchange, leg, {
				kind: 'speech',
				text: withoutMarkup(payload),
				language: languageOf(body),
				remark: remarkOn(attempt, body),
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
		startGather(exchange, leg, body, (attempt, listen) => {
			const again = invalid_audio_url || invalid_media_name;
			const sound =
				attempt === 1 || !again
					? { audio_url, media_name }
					: { audio_url: invalid_audio_url, media_name: invalid_media_name };
			playAudio(exchange, leg, { ...sound, remark: remarkOn(attempt, body) }, listen);
		});
	},
};

const remarkOn = (attempt: number, { maximum_tries = DEFAULT_TRIES }: Json) =>
	attempt === 1 ? undefined : `Asked again, try ${attempt} of ${maximum_tries}`;

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
