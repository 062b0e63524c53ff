import { commandResult, noEvents, operation } from '../schema/operation';
import { recordingOfCall } from '../shared/recordingOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const pauseRecording = operation({
	name: 'Pause',
	action: 'Pause recording',
	description: 'Leave out what is said from now on, until the recording is resumed',
	request: 'POST /calls/{call_control_id}/actions/record_pause',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/record-pause',
	fields: { call_control_id: callControlId, ...onEveryCommand, recording_id: recordingOfCall },
	answer: commandResult,
	events: noEvents,
});
