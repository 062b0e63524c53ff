import { commandResult, operation } from '../schema/operation';
import { onEveryCommand } from '../shared/commandFields';
import { conferenceId, recordingId, region } from './shared';

export const recordStop = operation({
	name: 'Stop Recording',
	action: 'Stop recording a conference',
	description: 'End the recording of a conference. An event brings the link to it.',
	request: 'POST /conferences/{id}/actions/record_stop',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/conference-recording-stop',
	fields: {
		id: conferenceId,
		...onEveryCommand,
		recording_id: recordingId,
		region,
	},
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['conference.recording.saved'], failure: [] },
});
