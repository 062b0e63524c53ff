import { play, withoutMarkup } from './sounds';
import type { Ending, Exchange, Json, Leg } from './types';

/** The status of an ended announcement. */
export const SOUND_STATUSES: Record<Ending, string> = {
	completed: 'completed',
	stopped: 'cancelled',
	hangup: 'call_hangup',
};

/** Long enough for `infinity`, which music on hold is played for. */
export const FOREVER_MS = 3_600_000;

/**
 * Plays a file and sends its two events.
 * @param body of the command; `remark` is for the phone
 * @param onOver called when it was played to its end
 */
export function playAudio(exchange: Exchange, leg: Leg, body: Json, onOver: () => void = () => {}) {
	const { audio_url, loop, media_name, overlay = false, remark = repeats(loop) } = body;
	const name = media_name ?? audio_url ?? 'audio';
	const isMissing = /fail/i.test(name);
	const media = {
		...(audio_url ? { media_url: audio_url } : {}),
		...(media_name ? { media_name } : {}),
		overlay,
	};
	play(exchange, leg, {
		kind: 'audio',
		text: name,
		remark,
		listeners: listeners(leg, body),
		lastsMs: isMissing ? 0 : repeated(exchange.timings.playbackMs, loop),
		onStart: () => {
			if (!isMissing) exchange.emit(leg, 'call.playback.started', media);
		},
		onEnd: (how) => {
			exchange.emit(leg, 'call.playback.ended', {
				...media,
				status: isMissing ? 'file_not_found' : SOUND_STATUSES[how],
				...(isMissing ? { status_detail: `The file ${name} could not be fetched.` } : {}),
			});
			if (how === 'completed') onOver();
		},
	});
}

/** How long a voice takes to say it. */
export const speakingMs = ({ timings }: Exchange, payload: string) =>
	withoutMarkup(payload).length * timings.speakMsPerCharacter;

export const repeated = (ms: number, loop: string | number = 1) =>
	loop === 'infinity' ? FOREVER_MS : ms * Number(loop);

/** What the phone says of something that is played more than once. */
export const repeats = (loop: string | number = 1) => {
	if (loop === 'infinity') return 'Repeated without end';
	return Number(loop) > 1 ? `${loop} times` : undefined;
};

/** The language of a command that speaks, as far as it says, such as `en-US`. */
export const languageOf = ({ language, voice = '' }: Json): string | undefined =>
	language ?? /\b[a-z]{2}-[A-Z]{2}\b/.exec(voice)?.[0];

export function listeners(leg: Leg, { target_legs = 'self' }: Json): Leg[] {
	const { peer } = leg;
	if (!peer || target_legs === 'self') return [leg];
	return target_legs === 'both' ? [leg, peer] : [peer];
}
