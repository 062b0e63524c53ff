import { audioUrl, mediaName } from '../shared/audioFile';
import { commandResult, noEvents, operation } from '../schema/operation';
import { conferenceId, participants, region } from './shared';

export const hold = operation({
	name: 'Hold',
	action: 'Hold participants of a conference',
	description: 'Put participants on hold, with music if you like',
	request: 'POST /conferences/{id}/actions/hold',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/hold-conference-participants',
	fields: {
		id: conferenceId,
		audio_url: audioUrl,
		call_control_ids: participants(
			'Who is put on hold, separated by commas. Everyone, if left empty.',
		),
		media_name: mediaName,
		region,
	},
	answer: commandResult,
	events: noEvents,
});
