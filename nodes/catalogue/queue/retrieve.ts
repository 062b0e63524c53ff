import { noEvents, operation } from '../schema/operation';
import { queueAnswer, queueName } from '../shared/queueOptions';

export const retrieve = operation({
	name: 'Get',
	action: 'Get queue',
	description: 'Find out how many calls wait in a queue, and for how long',
	request: 'GET /queues/{queue_name}',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/retrieve-a-call-queue',
	fields: { queue_name: queueName },
	answer: queueAnswer,
	events: noEvents,
});
