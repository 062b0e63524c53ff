import { listeners, playAudio, repeated, speakingMs } from '../playback';
import { play, stopSounds, withoutMarkup } from '../sounds';
import type { Command, Exchange, Json, Leg } from '../types';

export const speak: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		stopFirst(exchange, leg, body);
		play(exchange, leg, {
			kind: 'speech',
			text: withoutMarkup(body.payload),
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
