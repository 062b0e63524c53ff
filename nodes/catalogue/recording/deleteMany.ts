import { texts } from '../schema/field';
import { noEvents, operation } from '../schema/operation';

export const deleteMany = operation({
	name: 'Delete Many',
	action: 'Delete many recordings',
	description: 'Remove several recordings from Telnyx for good, all at once',
	request: 'POST /recordings/actions/delete',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/delete-a-list-of-call-recordings',
	fields: {
		ids: texts({
			label: 'Recording IDs',
			description: 'The recordings to remove, separated by commas, or a list from an expression',
			required: true,
			placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
		}),
	},
	answer: {},
	returns: 'deleted',
	events: noEvents,
	sdk: 'delete',
});
