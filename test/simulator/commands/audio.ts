import { randomBytes } from 'node:crypto';

import {
	languageOf,
	listeners,
	playAudio,
	repeated,
	repeats,
	SOUND_STATUSES,
	speakingMs,
} from '../playback';
import { play, stopSounds, withoutMarkup } from '../sounds';
import type { Command, Exchange, Json, Leg } from '../types';

export const speak: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		stopFirst(exchange, leg, body);
		const speak_id = randomBytes(7).toString('base64url');
		play(exchange, leg, {
			kind: 'speech',
			text: withoutMarkup(body.payload),
			language: languageOf(body),
			remark: repeats(body.loop),
			listeners: listeners(leg, body),
			lastsMs: repeated(speakingMs(exchange, body.payload), body.loop),
			onStart: () => exchange.emit(leg, 'call.speak.started', { speak_id }),
			onEnd: (how) =>
				exchange.emit(leg, 'call.speak.ended', { speak_id, status: SOUND_STATUSES[how] }),
		});
	},
};

export const playback_start: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		stopFirst(exchange, leg, body);
		playAudio(exchange, leg, body);
	},
};

export const playback_stop: Command = {
	needs: 'answered',
	run(leg, { stop = 'all' }, exchange) {
		stopSounds(exchange, leg, stop === 'current' ? 'current' : 'all');
	},
};

function stopFirst(exchange: Exchange, leg: Leg, { stop }: Json) {
	if (stop === 'all' || stop === 'current') stopSounds(exchange, leg, stop);
}
