import { locator } from '../schema/field';

export const recordingTranscriptionId = locator({
	label: 'Recording Transcription ID',
	description:
		'The transcription to use. Unless you choose another one, it is the one that the item is about.',
	required: true,
	placeholder: 'e.g. 6a09cdc3-8948-47f0-aa62-74ac943d6c58',
	list: 'recordingTranscriptions',
	fromItem: ['recording_transcription_id', 'id'],
	whenEmpty:
		'choose a transcription, or connect the node to an event or an action of the transcription',
});

/** The fields that Telnyx returns for the text of a recording. */
export const recordingTranscriptionAnswer = {
	id: 'string',
	created_at: 'string',
	duration_millis: 'number',
	record_type: 'string',
	recording_id: 'string',
	status: 'string',
	transcription_text: 'string',
	updated_at: 'string',
} as const;
