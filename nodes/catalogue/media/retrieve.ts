import { noEvents, operation } from '../schema/operation';
import { mediaAnswer, storedMedia } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get media file details',
	description: 'Find out of what type a file is, and how long Telnyx keeps it',
	request: 'GET /media/{media_name}',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/retrieve-stored-media',
	fields: { media_name: storedMedia },
	answer: mediaAnswer,
	events: noEvents,
});
