import { noEvents, operation } from '../schema/operation';
import { storedMedia } from './shared';

export const download = operation({
	name: 'Download',
	action: 'Download media file',
	description: 'Put a file that Telnyx keeps into a binary field',
	request: 'GET /media/{media_name}/download',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/download-stored-media',
	fields: { media_name: storedMedia },
	answer: {},
	returns: 'file',
	events: noEvents,
});
