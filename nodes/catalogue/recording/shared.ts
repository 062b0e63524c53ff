import { locator } from '../schema/field';

export const recordingId = locator({
	label: 'Recording ID',
	description:
		'The recording to use. Unless you choose another one, it is the one that the item is about.',
	required: true,
	placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
	list: 'recordings',
	fromItem: ['recording_id', 'id'],
	whenEmpty: 'choose a recording, or connect the node to an event or an action of the recording',
});

/** The fields that Telnyx returns for a recording. */
export const recordingAnswer = {
	id: 'string',
	call_control_id: 'string',
	call_leg_id: 'string',
	call_session_id: 'string',
	channels: 'string',
	conference_id: 'string',
	connection_id: 'string',
	created_at: 'string',
	download_urls: 'object',
	duration_millis: 'number',
	from: 'string',
	initiated_by: 'string',
	record_type: 'string',
	recording_ended_at: 'string',
	recording_started_at: 'string',
	source: 'string',
	status: 'string',
	to: 'string',
	updated_at: 'string',
} as const;

export const recordingInShort = [
	'id',
	'call_control_id',
	'call_session_id',
	'conference_id',
	'download_urls',
	'duration_millis',
	'from',
	'recording_started_at',
	'status',
	'to',
] as const;
