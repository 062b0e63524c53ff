import { locator } from '../schema/field';

/**
 * Finds the id in the event of a transcription, also a simplified one, and in what an earlier action put
 * out. The `id` of an event is the event's own.
 */
export const recordingTranscriptionId = locator({
	label: 'Recording Transcription ID',
	description:
		'The transcription to use. Taken from the incoming item when that comes from an event or an action of a recording transcription.',
	required: true,
	placeholder: 'e.g. 6a09cdc3-8948-47f0-aa62-74ac943d6c58',
	list: 'recordingTranscriptions',
	start:
		'={{ $json.payload ? $json.payload.recording_transcription_id : ($json.recording_transcription_id ?? ($json.event_type ? undefined : $json.id)) }}',
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
