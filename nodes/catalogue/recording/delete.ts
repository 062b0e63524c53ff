import { noEvents, operation } from '../schema/operation';
import { recordingAnswer, recordingId } from './shared';

export const deleteRecording = operation({
	name: 'Delete',
	action: 'Delete recording',
	description: 'Remove a recording from Telnyx for good',
	request: 'DELETE /recordings/{recording_id}',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/delete-a-call-recording',
	fields: { recording_id: recordingId },
	answer: recordingAnswer,
	events: noEvents,
});
