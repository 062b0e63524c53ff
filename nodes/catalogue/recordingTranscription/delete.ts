import { noEvents, operation } from '../schema/operation';
import { recordingTranscriptionAnswer, recordingTranscriptionId } from './shared';

export const deleteTranscription = operation({
	name: 'Delete',
	action: 'Delete recording transcription',
	description: 'Remove the text of a recording from Telnyx for good. The recording stays.',
	request: 'DELETE /recording_transcriptions/{recording_transcription_id}',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/delete-a-recording-transcription',
	fields: { recording_transcription_id: recordingTranscriptionId },
	answer: recordingTranscriptionAnswer,
	events: noEvents,
});
