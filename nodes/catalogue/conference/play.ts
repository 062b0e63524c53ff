import { audioUrl, loop, mediaName } from '../shared/audioFile';
import { commandResult, operation } from '../schema/operation';
import { conferenceId, participants, region } from './shared';

export const play = operation({
	name: 'Play Audio',
	action: 'Play audio file to a conference',
	description: 'Play an audio file to everyone in a conference, or to some',
	request: 'POST /conferences/{id}/actions/play',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/play-audio-to-conference-participants',
	fields: {
		id: conferenceId,
		audio_url: { ...audioUrl, onTop: true },
		call_control_ids: participants(
			'Who hears the audio, separated by commas. Everyone, if left empty.',
		),
		loop,
		media_name: { ...mediaName, onTop: true },
		region,
	},
	answer: commandResult,
	events: {
		success: ['conference.playback.ended', 'conference.participant.playback.ended'],
		failure: [],
		others: ['conference.playback.started', 'conference.participant.playback.started'],
	},
});
