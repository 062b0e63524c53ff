import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { liveTranscription } from '../shared/transcriptionOptions';

export const startTranscription = operation({
	name: 'Start',
	action: 'Start transcription',
	description: 'Write down what is said on the call. The text comes bit by bit, with events.',
	request: 'POST /calls/{call_control_id}/actions/transcription_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/transcription-start',
	fields: { call_control_id: callControlId, ...onEveryCommand, ...liveTranscription },
	answer: commandResult,
	events: { success: [], failure: [], others: ['call.transcription'] },
});
