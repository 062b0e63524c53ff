import type { VoiceEvent } from './event';

const ofConference = {
	conference_id: 'string',
	creator_call_session_id: 'string',
	occurred_at: 'string',
} as const;
const ofPlayback = { ...ofConference, media_name: 'string', media_url: 'string' } as const;

/** A conference and its participants. */
export const conferenceEvents = [
	{
		type: 'conference.created',
		name: 'Conference Created',
		description: 'A conference has begun',
		payload: { conference_id: 'string', occurred_at: 'string' },
	},
	{
		type: 'conference.ended',
		name: 'Conference Ended',
		description: 'A conference is over',
		payload: { conference_id: 'string', occurred_at: 'string', reason: 'string' },
	},
	{
		type: 'conference.floor.changed',
		name: 'Conference Floor Changed',
		description: 'Somebody else is speaking now',
		payload: { conference_id: 'string', occurred_at: 'string' },
	},
	{
		type: 'conference.participant.joined',
		name: 'Conference Participant Joined',
		description: 'Somebody joined a conference',
		payload: { conference_id: 'string' },
	},
	{
		type: 'conference.participant.left',
		name: 'Conference Participant Left',
		description: 'Somebody left a conference',
		payload: { conference_id: 'string' },
	},
	{
		type: 'conference.participant.playback.ended',
		name: 'Conference Participant Playback Ended',
		description: 'Audio for one participant has ended',
		payload: ofPlayback,
	},
	{
		type: 'conference.participant.playback.started',
		name: 'Conference Participant Playback Started',
		description: 'Audio is being played to one participant',
		payload: ofPlayback,
	},
	{
		type: 'conference.participant.speak.ended',
		name: 'Conference Participant Speak Ended',
		description: 'Text for one participant has been spoken',
		payload: ofConference,
	},
	{
		type: 'conference.participant.speak.started',
		name: 'Conference Participant Speak Started',
		description: 'Text is being spoken to one participant',
		payload: ofConference,
	},
	{
		type: 'conference.playback.ended',
		name: 'Conference Playback Ended',
		description: 'Audio for all participants has ended',
		payload: ofPlayback,
	},
	{
		type: 'conference.playback.started',
		name: 'Conference Playback Started',
		description: 'Audio is being played to all participants',
		payload: ofPlayback,
	},
	{
		type: 'conference.recording.saved',
		name: 'Conference Recording Saved',
		description: 'The recording of a conference can be downloaded; its links expire within minutes',
		payload: {
			channels: 'string',
			conference_id: 'string',
			format: 'string',
			public_recording_urls: 'object',
			recording_ended_at: 'string',
			recording_id: 'string',
			recording_started_at: 'string',
			recording_urls: 'object',
		},
	},
	{
		type: 'conference.speak.ended',
		name: 'Conference Speak Ended',
		description: 'Text for all participants has been spoken',
		payload: ofConference,
	},
	{
		type: 'conference.speak.started',
		name: 'Conference Speak Started',
		description: 'Text is being spoken to all participants',
		payload: ofConference,
	},
] as const satisfies readonly VoiceEvent[];
