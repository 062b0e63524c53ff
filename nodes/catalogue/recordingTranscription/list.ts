import { locator } from '../schema/field';
import { filter, timeRange } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { recordingTranscriptionAnswer } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many recording transcriptions',
	description: 'List the texts of recordings, all or some',
	request: 'GET /recording_transcriptions',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/list-all-recording-transcriptions',
	fields: {
		filter: filter({
			created_at: timeRange('Created At', 'When the text was saved'),
			recording_id: locator({
				label: 'Recording ID',
				description: 'The recording that was written down',
				placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
				list: 'recordings',
			}),
		}),
	},
	answer: recordingTranscriptionAnswer,
	returns: 'pages',
	events: noEvents,
});
