import type { Json, Leg } from './types';
import { timestamp } from './webhooks';

/** The fields of every event about a leg. */
const common = (leg: Leg) => ({
	call_control_id: leg.call_control_id,
	call_leg_id: leg.call_leg_id,
	call_session_id: leg.call_session_id,
	client_state: leg.client_state,
	connection_id: leg.connection_id,
});

const numbers = ({ from, to }: Leg) => ({ from, to });

/** Not in Telnyx's schema, but in real deliveries. */
const party = ({ from }: Leg) => ({ calling_party_type: from.startsWith('sip:') ? 'sip' : 'pstn' });

/** Seen in real deliveries of events that begin and end a call. */
const sipUris = ({ from, to }: Leg) => ({
	from_sip_uri: uriOf(from),
	to_sip_uri: uriOf(to),
});

const uriOf = (party: string) =>
	/^sips?:/.test(party) ? party.replace(/^sips?:/, '') : `${party}@sip.telnyx.com`;

const start = ({ startedAt }: Leg) => ({ start_time: timestamp(startedAt) });

const SIP_CAUSES: Record<string, string> = {
	call_rejected: '603',
	normal_clearing: '200',
	not_found: '404',
	no_answer: '480',
	originator_cancel: '487',
	time_limit: '200',
	timeout: '487',
	user_busy: '486',
};

/**
 * The fields of an event besides the common ones and those that its cause adds. An event that is not here
 * has nothing more.
 */
const SHAPES: Record<string, (leg: Leg) => Json> = {
	'call.initiated': (leg) => ({
		...numbers(leg),
		...start(leg),
		...party(leg),
		...sipUris(leg),
		caller_id_name: leg.name,
		connection_codecs: 'G722,PCMU,PCMA',
		offered_codecs: 'G722,PCMU,PCMA',
		custom_headers: [],
		direction: leg.direction,
		state: leg.direction === 'incoming' ? 'parked' : 'bridging',
		tags: [],
	}),
	'call.answered': (leg) => ({
		...numbers(leg),
		...start(leg),
		...party(leg),
		custom_headers: [],
		state: 'answered',
		tags: [],
	}),
	'call.hangup': (leg) => ({
		...numbers(leg),
		...start(leg),
		...party(leg),
		...sipUris(leg),
		end_time: timestamp(leg.endedAt ?? leg.startedAt),
		hangup_cause: leg.ending?.cause ?? 'unspecified',
		hangup_source: leg.ending?.source ?? 'unknown',
		sip_hangup_cause: SIP_CAUSES[leg.ending?.cause ?? ''] ?? 'unspecified',
		custom_headers: [],
		state: 'hangup',
		tags: [],
	}),
	'call.bridged': (leg) => ({ ...numbers(leg), ...start(leg), ...party(leg) }),
	'call.speak.started': party,
	'call.speak.ended': party,
	'call.recording.saved': party,
	'call.conversation.created': (leg) => ({ ...numbers(leg), ...party(leg) }),
	'call.dtmf.received': numbers,
	'call.gather.ended': numbers,
	'call.machine.detection.ended': numbers,
	'call.machine.greeting.ended': numbers,
	'call.machine.premium.detection.ended': numbers,
	'call.machine.premium.greeting.ended': numbers,
	'call.refer.started': numbers,
	'call.refer.completed': numbers,
	'call.refer.failed': numbers,
	'call.conversation.ended': (leg) => ({ ...numbers(leg), ...party(leg) }),
	'call.conversation_insights.generated': party,
	'call.recording.transcription.saved': party,
};

/** Telnyx declares it for every other event. */
const WITHOUT_CALL_CONTROL_ID = ['call.recording.saved'];
const WITHOUT_CALL_LEG_ID = ['conference.recording.saved'];

/** These carry the time in the payload as well. */
const TIMED = /^conference\.(?:created|ended|.*(?:playback|speak)\..*)$/;

/** What everybody in a conference hears belongs to no leg. */
const ABOUT_EVERYBODY = /^conference\.(?:playback|speak)\./;

/**
 * The payload of an event about a leg in its current state.
 * @param now milliseconds
 */
export function payloadOf(leg: Leg, eventType: string, more: Json, now: number) {
	const { call_control_id, call_leg_id, ...ids } = common(leg);
	const timed = TIMED.test(eventType) ? { occurred_at: timestamp(now), ...more } : more;
	if (ABOUT_EVERYBODY.test(eventType)) return { connection_id: ids.connection_id, ...timed };
	return {
		...(WITHOUT_CALL_CONTROL_ID.includes(eventType) ? {} : { call_control_id }),
		...(WITHOUT_CALL_LEG_ID.includes(eventType) ? {} : { call_leg_id }),
		...ids,
		...SHAPES[eventType]?.(leg),
		...timed,
	};
}
