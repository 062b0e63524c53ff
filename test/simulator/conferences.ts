import { randomUUID } from 'node:crypto';

import { endActivities, startActivity } from './activities';
import { endLeg, ourSide } from './calls';
import { addRecording, urlsOf } from './recordings';
import { refuse } from './refusals';
import type { Conference, Exchange, Json, Leg, Participant } from './types';
import { timestamp } from './webhooks';

const CONFERENCE = 'conference';

/** The conference that a leg is in. */
export const conferenceOf = (leg: Leg): Conference | undefined =>
	leg.activities.get(CONFERENCE)?.details.conference;

/** A new conference, with the leg that opens it in it. */
export function openConference(exchange: Exchange, leg: Leg, body: Json) {
	const { clock, conferences } = exchange;
	const conference: Conference = {
		id: randomUUID(),
		name: body.name,
		creator: leg,
		createdAt: clock.now(),
		updatedAt: clock.now(),
		participants: new Map(),
		commands: new Map(),
	};
	conferences.set(conference.id, conference);
	leg.client_state = body.client_state ?? leg.client_state;
	exchange.emit(leg, 'conference.created', { conference_id: conference.id });
	joinConference(exchange, conference, leg, body);
	if (body.duration_minutes) {
		clock.after(body.duration_minutes * 60_000, () =>
			endConference(exchange, conference, 'time_exceeded'),
		);
	}
	return conference;
}

export function joinConference(exchange: Exchange, conference: Conference, leg: Leg, body: Json) {
	if (conference.endReason) throw refuse(90019);
	if (conferenceOf(leg) === conference) throw refuse(90044);
	leg.client_state = body.client_state ?? leg.client_state;
	const now = exchange.clock.now();
	conference.participants.set(leg.call_control_id, {
		id: randomUUID(),
		leg,
		muted: body.mute ?? false,
		onHold: body.hold ?? false,
		endsConference: body.end_conference_on_exit ?? false,
		softEndsConference: body.soft_end_conference_on_exit ?? false,
		whispersTo: body.whisper_call_control_ids ?? [],
		joinedAt: now,
		updatedAt: now,
	});
	startActivity(exchange, leg, CONFERENCE, {
		details: { conference },
		onEnd: () => left(exchange, conference, leg),
	});
	exchange.emit(leg, 'conference.participant.joined', { conference_id: conference.id });
}

export const leaveConference = (leg: Leg) =>
	endActivities(leg, ({ name }) => name === CONFERENCE, 'stopped');

function left(exchange: Exchange, conference: Conference, leg: Leg) {
	const { participants } = conference;
	const one = participants.get(leg.call_control_id);
	participants.delete(leg.call_control_id);
	exchange.emit(leg, 'conference.participant.left', { conference_id: conference.id });
	if (conference.endReason) return;
	const host = one?.endsConference || one?.softEndsConference;
	if (host) endConference(exchange, conference, 'host_left', leg, one.endsConference);
	else if (participants.size === 0) endConference(exchange, conference, 'all_left', leg);
}

/**
 * Ends a conference. The participants' calls go on unless they are hung up.
 * @param leg whose action ended it
 */
export function endConference(
	exchange: Exchange,
	conference: Conference,
	reason: NonNullable<Conference['endReason']>,
	leg?: Leg,
	hangsUp = false,
) {
	if (conference.endReason) return;
	conference.endReason = reason;
	conference.endedBy = leg;
	conference.updatedAt = exchange.clock.now();
	stopRecording(exchange, conference);
	for (const { leg: one } of [...conference.participants.values()]) {
		if (hangsUp) endLeg(exchange, one, 'normal_clearing', ourSide(one));
		else leaveConference(one);
	}
	exchange.emit(leg ?? conference.creator, 'conference.ended', {
		conference_id: conference.id,
		...(reason === 'ended_via_api' ? {} : { reason }),
	});
}

export function startRecording(
	exchange: Exchange,
	conference: Conference,
	{ format, channels = 'single' }: Json,
) {
	const startedAt = exchange.clock.now();
	conference.recording = { id: randomUUID(), startedAt, format, channels };
}

export function stopRecording(exchange: Exchange, conference: Conference) {
	const { creator, recording } = conference;
	if (!recording) return;
	conference.recording = undefined;
	const data = addRecording(exchange, creator, { ...recording, conference_id: conference.id });
	const { call_control_id, call_session_id, channels, recording_started_at } = data;
	exchange.clock.after(exchange.timings.recordingMs, () =>
		exchange.emit(creator, 'conference.recording.saved', {
			call_control_id,
			call_session_id,
			channels,
			conference_id: conference.id,
			format: recording.format,
			recording_id: data.id,
			recording_started_at,
			recording_ended_at: data.recording_ended_at,
			recording_urls: urlsOf(exchange, data.id, recording.format),
			public_recording_urls: {},
		}),
	);
}

/** As the API shows it. */
export const conferenceData = ({ creator, endReason, endedBy, ...conference }: Conference) => ({
	record_type: 'conference',
	id: conference.id,
	name: conference.name,
	connection_id: creator.connection_id,
	created_at: timestamp(conference.createdAt),
	expires_at: timestamp(conference.createdAt + 4 * 3_600_000),
	updated_at: timestamp(conference.updatedAt),
	region: 'US',
	status: endReason ? 'completed' : 'in_progress',
	...(endReason ? { end_reason: endReason } : {}),
	...(endedBy
		? {
				ended_by: {
					call_control_id: endedBy.call_control_id,
					call_session_id: endedBy.call_session_id,
				},
			}
		: {}),
});

/** As the API shows it. */
export const participantData = ({ id, name }: Conference, participant: Participant) => ({
	record_type: 'participant',
	id: participant.id,
	call_control_id: participant.leg.call_control_id,
	call_leg_id: participant.leg.call_leg_id,
	conference: { id, name },
	created_at: timestamp(participant.joinedAt),
	updated_at: timestamp(participant.updatedAt),
	end_conference_on_exit: participant.endsConference,
	soft_end_conference_on_exit: participant.softEndsConference,
	muted: participant.muted,
	on_hold: participant.onHold,
	status: 'joined',
	whisper_call_control_ids: participant.whispersTo,
});
