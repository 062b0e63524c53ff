import { file } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { lifetime, mediaAnswer, newName } from './shared';

export const upload = operation({
	name: 'Upload',
	action: 'Upload media file',
	description: 'Send a file of the incoming item to Telnyx, to be played on calls',
	request: 'POST /media',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/upload-media',
	fields: {
		media: file({
			label: 'Input Data Field Name',
			description: 'The name of the input binary field that holds the file, 20 MB at most',
			required: true,
			placeholder: 'e.g. data',
			maxMegabytes: 20,
		}),
		media_name: newName,
		ttl_secs: lifetime,
	},
	answer: mediaAnswer,
	events: noEvents,
});
