import { texts } from '../schema/field';
import { filter } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { mediaAnswer } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many media files',
	description: 'List the files that Telnyx keeps for the account',
	request: 'GET /media',
	docs: 'https://developers.telnyx.com/api-reference/media-storage-api/list-uploaded-media',
	fields: {
		filter: filter({
			content_type: texts({
				label: 'Content Types',
				description: 'Only files of these types, separated by commas',
				placeholder: 'e.g. audio/mpeg, audio/wav',
			}),
		}),
	},
	answer: mediaAnswer,
	returns: 'list',
	events: noEvents,
});
