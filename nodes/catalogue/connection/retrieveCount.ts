import { noEvents, operation } from '../schema/operation';

export const retrieveCount = operation({
	name: 'Get Count',
	action: 'Count connections',
	description: 'Count the connections of your account by kind, and see how many are allowed',
	request: 'GET /connections/count',
	docs: 'https://developers.telnyx.com/api-reference/connections/count-connections',
	fields: {},
	answer: { counts: 'object', limits: 'object', record_type: 'string' },
	events: noEvents,
});
