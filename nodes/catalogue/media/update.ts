import { noEvents, operation } from '../schema/operation';
import { lifetime, mediaAnswer, mediaUrl, storedMedia } from './shared';

export const update = operation({
	name: 'Update',
	action: 'Update media file',
	description: 'Replace a file by one from the web, or change how long Telnyx keeps it',
	request: 'PUT /media/{media_name}',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/update-stored-media',
	fields: {
		media_name: storedMedia,
		media_url: { ...mediaUrl, onTop: true },
		ttl_secs: lifetime,
	},
	answer: mediaAnswer,
	events: noEvents,
});
