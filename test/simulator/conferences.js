// @ts-check
const { randomUUID } = require('node:crypto');

const { endActivities, startActivity } = require('./activities');
const { endLeg, ourSide } = require('./calls');
const { addRecording, urlsOf } = require('./recordings');
const { refuse } = require('./refusals');
const { timestamp } = require('./webhooks');

/** @typedef {import('./types').Conference} Conference */
/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Json} Json */
/** @typedef {import('./types').Leg} Leg */
/** @typedef {import('./types').Participant} Participant */

const CONFERENCE = 'conference';

/** The conference that a leg is in. @param {Leg} leg @returns {Conference | undefined} */
const conferenceOf = (leg) => leg.activities.get(CONFERENCE)?.details.conference;

/**
 * A new conference, with the leg that opens it in it.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {Json} body
 */
function openConference(exchange, leg, body) {
	const { clock, conferences } = exchange;
	/** @type {Conference} */
	const conference = {
		id: randomUUID(),
		name: body.name,
		creator: leg,
		createdAt: clock.now(),
		updatedAt: clock.now(),
		participants: new Map(),
		commands: new Map(),
	};
	conferences.set(conference.id, conference);
	exchange.emit(leg, 'conference.created', { conference_id: conference.id });
	joinConference(exchange, conference, leg, body);
	if (body.duration_minutes) {
		clock.after(body.duration_minutes * 60_000, () =>
			endConference(exchange, conference, 'time_exceeded'),
		);
	}
	return conference;
}

/**
 * @param {Exchange} exchange
 * @param {Conference} conference
 * @param {Leg} leg
 * @param {Json} body
 */
function joinConference(exchange, conference, leg, body) {
	if (conference.endReason) throw refuse(90019);
	if (conferenceOf(leg) === conference) throw refuse(90044);
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

/** @param {Leg} leg */
const leaveConference = (leg) => endActivities(leg, ({ name }) => name === CONFERENCE, 'stopped');

/** @param {Exchange} exchange @param {Conference} conference @param {Leg} leg */
function left(exchange, conference, leg) {
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
 * Everybody leaves, and stays on the line unless they are hung up on.
 * @param {Exchange} exchange
 * @param {Conference} conference
 * @param {NonNullable<Conference['endReason']>} reason
 * @param {Leg} [leg] that brought it about
 * @param {boolean} [hangsUp]
 */
function endConference(exchange, conference, reason, leg, hangsUp = false) {
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

/**
 * @param {Exchange} exchange
 * @param {Conference} conference
 * @param {Json} body
 */
function startRecording(exchange, conference, { format, channels = 'single' }) {
	const startedAt = exchange.clock.now();
	conference.recording = { id: randomUUID(), startedAt, format, channels };
}

/** @param {Exchange} exchange @param {Conference} conference */
function stopRecording(exchange, conference) {
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

/** As the API shows it. @param {Conference} conference */
const conferenceData = ({ creator, endReason, endedBy, ...conference }) => ({
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

/** As the API shows it. @param {Conference} conference @param {Participant} participant */
const participantData = ({ id, name }, participant) => ({
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

module.exports = {
	conferenceData,
	conferenceOf,
	endConference,
	joinConference,
	leaveConference,
	openConference,
	participantData,
	startRecording,
	stopRecording,
};
