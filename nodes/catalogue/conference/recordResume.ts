import { commandResult, noEvents, operation } from '../schema/operation';
import { commandId } from '../shared/commandFields';
import { conferenceId, recordingId, region } from './shared';

export const recordResume = operation({
	name: 'Resume Recording',
	action: 'Resume recording of a conference',
	description: 'Go on with a recording that is paused',
	request: 'POST /conferences/{id}/actions/record_resume',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/conference-recording-resume',
	fields: {
		id: conferenceId,
		command_id: commandId,
		recording_id: recordingId,
		region,
	},
	answer: commandResult,
	events: noEvents,
});
