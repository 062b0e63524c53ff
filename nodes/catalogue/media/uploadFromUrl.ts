import { noEvents, operation } from '../schema/operation';
import { lifetime, mediaAnswer, mediaUrl, newName } from './shared';

export const uploadFromUrl = operation({
	name: 'Upload From URL',
	action: 'Upload media file from a URL',
	description: 'Let Telnyx fetch a file from the web and keep it, to be played on calls',
	request: 'POST /media',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/upload-media',
	fields: {
		media_url: { ...mediaUrl, required: true },
		media_name: newName,
		ttl_secs: lifetime,
	},
	answer: mediaAnswer,
	events: noEvents,
	sdk: 'upload',
});
