import { commandResult, operation } from '../schema/operation';
import { recordingOfCall } from '../shared/recordingOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopRecording = operation({
	name: 'Stop',
	action: 'Stop recording',
	description: 'End the recording of the call. An event brings the link to it.',
	request: 'POST /calls/{call_control_id}/actions/record_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/recording-stop',
	fields: { call_control_id: callControlId, ...onEveryCommand, recording_id: recordingOfCall },
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['call.recording.saved'], failure: ['call.recording.error'] },
});
