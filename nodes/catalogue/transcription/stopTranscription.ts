import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopTranscription = operation({
	name: 'Stop',
	action: 'Stop transcription',
	description: 'Write down no more of what is said on the call',
	request: 'POST /calls/{call_control_id}/actions/transcription_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/transcription-stop',
	fields: { call_control_id: callControlId, ...onEveryCommand },
	answer: commandResult,
	endedIsFine: true,
	events: noEvents,
});
