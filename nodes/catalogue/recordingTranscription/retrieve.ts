import { noEvents, operation } from '../schema/operation';
import { recordingTranscriptionAnswer, recordingTranscriptionId } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get transcription text of a recording',
	description: 'Read what was said in a recording',
	request: 'GET /recording_transcriptions/{recording_transcription_id}',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/retrieve-a-recording-transcription',
	fields: { recording_transcription_id: recordingTranscriptionId },
	answer: recordingTranscriptionAnswer,
	events: noEvents,
});
