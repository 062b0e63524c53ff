import { commandResult, operation } from '../schema/operation';
import { conferenceId, participants, region } from './shared';

export const stop = operation({
	name: 'Stop Audio',
	action: 'Stop audio in a conference',
	description: 'Stop what is played to everyone in a conference, or to some',
	request: 'POST /conferences/{id}/actions/stop',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/stop-audio-being-played-on-the-conference',
	fields: {
		id: conferenceId,
		call_control_ids: participants(
			'For whom the audio stops, separated by commas. For everyone, if left empty.',
		),
		region,
	},
	answer: commandResult,
	endedIsFine: true,
	events: {
		success: ['conference.playback.ended', 'conference.participant.playback.ended'],
		failure: [],
	},
});
