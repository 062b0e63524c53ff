import { conferenceOf } from './conferences';
import { hear } from './sounds';
import type { Exchange, Leg } from './types';

export const TRANSCRIPTION = 'transcription';

/** The details of a running transcription. */
export interface Transcription {
	hasInterimResults: boolean;
	/** `inbound` is what the leg's own person says, `outbound` what the other party says. */
	tracks: string[];
}

/** What becomes of words that are said at the far end of a leg, or are about to be. */
export function transcribes(leg: Leg): 'nothing' | 'final' | 'interim' {
	const running = transcriptionsOf(leg);
	if (running.length === 0) return 'nothing';
	return running.some(({ details }) => details.hasInterimResults) ? 'interim' : 'final';
}

/**
 * The person at the far end of a leg says something.
 * @param isFinal whether the words are complete; if not, they are reported only as interim results
 */
export function speakInto(exchange: Exchange, leg: Leg, text: string, isFinal: boolean) {
	for (const { details, of, track } of transcriptionsOf(leg)) {
		if (!isFinal && !details.hasInterimResults) continue;
		exchange.emit(of, 'call.transcription', {
			transcription_data: {
				confidence: isFinal ? 0.98 : 0.6,
				is_final: isFinal,
				transcript: text,
				transcription_track: track,
			},
		});
	}
	tellRecordings(leg);
	if (!isFinal) return;
	hear(exchange, leg, { kind: 'person', text });
	for (const one of listenersTo(exchange, leg)) hear(exchange, one, { kind: 'otherParty', text });
}

/** The transcriptions that words said at the far end of a leg belong to. */
function transcriptionsOf(leg: Leg) {
	const found: { of: Leg; track: string; details: Transcription }[] = [];
	for (const [of, track] of [[leg, 'inbound'] as const, [leg.peer, 'outbound'] as const]) {
		const details = of?.activities.get(TRANSCRIPTION)?.details as Transcription | undefined;
		if (of && details?.tracks.includes(track)) found.push({ of, track, details });
	}
	return found;
}

/** The legs whose people hear what is said at the far end of this one. */
export function listenersTo(exchange: Exchange, leg: Leg): Leg[] {
	const conference = conferenceOf(leg);
	const isMuted = conference?.participants.get(leg.call_control_id)?.muted;
	const others = [...(conference?.participants.values() ?? [])].filter(({ onHold }) => !onHold);
	return [
		...new Set([
			...(leg.peer ? [leg.peer] : []),
			...(isMuted ? [] : others.map((one) => one.leg)),
			...supervisorsOf(exchange, leg),
			...supervisedBy(leg),
		]),
	].filter((one) => one !== leg && one.state !== 'ended');
}

/** Supervisors hear both sides of the call. */
const supervisorsOf = (exchange: Exchange, leg: Leg) =>
	[...exchange.legs.values()].filter(
		({ supervises, state }) =>
			supervises !== undefined &&
			(supervises === leg || supervises === leg.peer) &&
			(state === 'answered' || state === 'bridged'),
	);

/** A whispering supervisor is heard by one side, one that barges in by both. */
function supervisedBy({ supervises, supervisorRole }: Leg): Leg[] {
	if (!supervises || supervisorRole === 'monitor') return [];
	const { peer } = supervises;
	return supervisorRole === 'whisper' || !peer ? [supervises] : [supervises, peer];
}

/** A recording that ends after silence waits for it anew. */
function tellRecordings(leg: Leg) {
	for (const one of leg.peer ? [leg, leg.peer] : [leg]) {
		for (const { details } of one.activities.values()) details.onSpeech?.();
	}
}
