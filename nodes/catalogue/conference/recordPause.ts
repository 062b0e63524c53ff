import { commandResult, noEvents, operation } from '../schema/operation';
import { commandId } from '../shared/commandFields';
import { conferenceId, recordingId, region } from './shared';

export const recordPause = operation({
	name: 'Pause Recording',
	action: 'Pause recording of a conference',
	description: 'Leave a part of a conference out of its recording',
	request: 'POST /conferences/{id}/actions/record_pause',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/conference-recording-pause',
	fields: {
		id: conferenceId,
		command_id: commandId,
		recording_id: recordingId,
		region,
	},
	answer: commandResult,
	events: noEvents,
});
