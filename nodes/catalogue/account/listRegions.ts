import { noEvents, operation } from '../schema/operation';

export const listRegions = operation({
	name: 'Get Many Regions',
	action: 'Get many regions',
	description: 'List the regions of Telnyx, and what each of them offers',
	request: 'GET /regions',
	docs: 'https://developers.telnyx.com/api-reference/regions/list-all-regions',
	sdk: 'list',
	fields: {},
	answer: {
		code: 'string',
		name: 'string',
		supported_interfaces: 'array',
		created_at: 'string',
		updated_at: 'string',
		record_type: 'string',
	},
	returns: 'list',
	events: noEvents,
});
