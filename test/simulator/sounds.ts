import { randomUUID } from 'node:crypto';

import type { Ending, Exchange, Heard, Leg, Sound } from './types';

/** How many heard items are kept for the phone. */
const HEARD_LENGTH = 200;

/** Queues speech or audio on a leg. */
export function play(
	exchange: Exchange,
	leg: Leg,
	sound: Omit<Sound, 'listeners'> & { listeners?: Leg[] },
) {
	leg.sounds.push({ listeners: [leg], ...sound });
	if (leg.sounds.length === 1) startNext(exchange, leg);
}

function startNext(exchange: Exchange, leg: Leg) {
	const [sound] = leg.sounds;
	if (!sound) return;
	const { kind, language, remark, text } = sound;
	sound.heard = sound.listeners.map((one) =>
		hear(exchange, one, { kind, language, playing: true, remark, text }),
	);
	sound.onStart();
	sound.cancel = exchange.later(leg, sound.lastsMs, () => {
		endSound(exchange, leg, 'completed');
		startNext(exchange, leg);
	});
}

function endSound(exchange: Exchange, leg: Leg, how: Ending) {
	const sound = leg.sounds.shift();
	if (!sound) return;
	sound.cancel?.();
	for (const heard of sound.heard ?? []) {
		heard.playing = false;
		if (how !== 'completed') heard.cutOffAfterMs = exchange.clock.now() - heard.at;
	}
	// No event ends what never started.
	if (sound.heard) sound.onEnd(how);
	exchange.changed();
}

/** Stops what a leg is playing, and with `all` also what is queued. */
export function stopSounds(
	exchange: Exchange,
	leg: Leg,
	which: 'current' | 'all',
	how: Ending = 'stopped',
) {
	if (which === 'all') leg.sounds.splice(1);
	endSound(exchange, leg, how);
	if (which === 'current') startNext(exchange, leg);
}

/** Adds to what the person at the far end hears. */
export function hear(
	exchange: Exchange,
	leg: Leg,
	what: Pick<Heard, 'kind' | 'text'> & { playing?: boolean; remark?: string; language?: string },
) {
	const heard: Heard = {
		id: randomUUID(),
		at: exchange.clock.now(),
		kind: what.kind,
		text: what.text,
		playing: what.playing ?? false,
		cutOffAfterMs: null,
		remark: what.remark ?? null,
		language: what.language ?? null,
	};
	leg.heard.push(heard);
	leg.heard.splice(0, leg.heard.length - HEARD_LENGTH);
	exchange.changed();
	return heard;
}

/** Speech without its markup. */
export const withoutMarkup = (payload: string) =>
	payload
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
