import { commandResult, noEvents, operation } from '../schema/operation';
import { recordingOfCall } from '../shared/recordingOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const resumeRecording = operation({
	name: 'Resume',
	action: 'Resume recording',
	description: 'Go on with a recording that was paused',
	request: 'POST /calls/{call_control_id}/actions/record_resume',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/record-resume',
	fields: { call_control_id: callControlId, ...onEveryCommand, recording_id: recordingOfCall },
	answer: commandResult,
	events: noEvents,
});
