import { isAnswered } from '../calls';
import {
	endConference,
	joinConference,
	leaveConference,
	startRecording,
	stopRecording,
} from '../conferences';
import { sendDigits } from '../digits';
import { speakingMs, repeated } from '../playback';
import { refuse } from '../refusals';
import { play, stopSounds, withoutMarkup } from '../sounds';
import type { Conference, Exchange, Json, Leg, Participant } from '../types';
import { gather_using_audio } from './input';

type ConferenceCommand = (conference: Conference, body: Json, exchange: Exchange) => Json | void;

/** An answered leg, or a refusal. */
export function answeredLeg(exchange: Exchange, { call_control_id }: Json): Leg {
	const leg = exchange.legs.get(call_control_id);
	if (!leg) throw refuse(90015, { pointer: '/call_control_id' });
	if (leg.state === 'ended') throw refuse(90018);
	if (!isAnswered(leg)) throw refuse(90034);
	return leg;
}

/** A participant by call_control_id, or a refusal. */
function participant(conference: Conference, id: string): Participant {
	const found = conference.participants.get(id);
	if (!found) throw refuse(90015, { pointer: '/call_control_id' });
	return found;
}

/** The named participants, or all of them. */
const participants = (conference: Conference, { call_control_ids }: Json): Participant[] =>
	call_control_ids
		? call_control_ids.map((id: string) => participant(conference, id))
		: [...conference.participants.values()];

const changing =
	(change: Partial<Participant>): ConferenceCommand =>
	(conference, body, exchange) => {
		for (const one of participants(conference, body)) {
			Object.assign(one, change, { updatedAt: exchange.clock.now() });
		}
	};

/**
 * Plays something to some or all participants: named ones get events of their own, all of them
 * share one.
 */
function playTo(
	conference: Conference,
	body: Json,
	exchange: Exchange,
	{
		kind,
		text,
		lastsMs,
		event,
		facts = {},
	}: { kind: 'speech' | 'audio'; text: string; lastsMs: number; event: string; facts?: Json },
) {
	const { creator } = conference;
	const everybody = !body.call_control_ids;
	const heardBy = participants(conference, body);
	const more = {
		conference_id: conference.id,
		creator_call_session_id: creator.call_session_id,
		...facts,
	};
	for (const [index, { leg }] of heardBy.entries()) {
		const emit = (phase: string) => {
			if (!everybody) exchange.emit(leg, `conference.participant.${event}.${phase}`, more);
			else if (index === 0) exchange.emit(creator, `conference.${event}.${phase}`, more);
		};
		play(exchange, leg, {
			kind,
			text,
			lastsMs,
			onStart: () => emit('started'),
			onEnd: () => emit('ended'),
		});
	}
}

/** What the actions of a conference do, by the last part of their path. */
export const conferenceCommands: Record<string, ConferenceCommand> = {
	join: (conference, body, exchange) => {
		const leg = answeredLeg(exchange, body);
		joinConference(exchange, conference, leg, body);
	},
	leave: (conference, { call_control_id }) =>
		leaveConference(participant(conference, call_control_id).leg),
	mute: changing({ muted: true }),
	unmute: changing({ muted: false }),
	hold: changing({ onHold: true }),
	unhold: changing({ onHold: false }),
	update: (conference, { call_control_id, whisper_call_control_ids = [] }) => {
		participant(conference, call_control_id).whispersTo = whisper_call_control_ids;
	},
	speak: (conference, body, exchange) =>
		playTo(conference, body, exchange, {
			kind: 'speech',
			text: withoutMarkup(body.payload),
			lastsMs: repeated(speakingMs(exchange, body.payload), body.loop),
			event: 'speak',
		}),
	play: (conference, body, exchange) => {
		const { audio_url, loop, media_name } = body;
		playTo(conference, body, exchange, {
			kind: 'audio',
			text: media_name ?? audio_url ?? 'audio',
			lastsMs: repeated(exchange.timings.playbackMs, loop),
			event: 'playback',
			facts: {
				...(audio_url ? { media_url: audio_url } : {}),
				...(media_name ? { media_name } : {}),
			},
		});
	},
	stop: (conference, body, exchange) => {
		for (const { leg } of participants(conference, body)) stopSounds(exchange, leg, 'all');
	},
	send_dtmf: (conference, body, exchange) => {
		for (const { leg } of participants(conference, body)) {
			sendDigits(exchange, leg, body.digits, body.duration_millis);
		}
	},
	gather_using_audio: (conference, body, exchange) =>
		gather_using_audio.run(participant(conference, body.call_control_id).leg, body, exchange),
	record_start: (conference, body, exchange) => startRecording(exchange, conference, body),
	record_stop: (conference, _body, exchange) => stopRecording(exchange, conference),
	// No event or field shows that a recording is paused.
	record_pause() {},
	record_resume() {},
	end: (conference, _body, exchange) =>
		endConference(exchange, conference, 'ended_via_api', undefined, true),
};
