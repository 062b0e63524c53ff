import { noEvents, operation } from '../schema/operation';
import { storedMedia } from './shared';

export const deleteMedia = operation({
	name: 'Delete',
	action: 'Delete media file',
	description: 'Remove a file from Telnyx for good',
	request: 'DELETE /media/{media_name}',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/deletes-stored-media',
	fields: { media_name: storedMedia },
	answer: {},
	returns: 'deleted',
	events: noEvents,
});
