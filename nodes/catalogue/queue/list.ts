import { noEvents, operation } from '../schema/operation';
import { queueAnswer } from '../shared/queueOptions';

export const list = operation({
	name: 'Get Many',
	action: 'Get many queues',
	description: 'List the queues of the account, with how many calls wait in them',
	request: 'GET /queues',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/list-queues',
	fields: {},
	answer: queueAnswer,
	returns: 'pages',
	events: noEvents,
});
