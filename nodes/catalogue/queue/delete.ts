import { noEvents, operation } from '../schema/operation';
import { queueName } from '../shared/queueOptions';

export const deleteQueue = operation({
	name: 'Delete',
	action: 'Delete queue',
	description: 'Remove a queue for good',
	request: 'DELETE /queues/{queue_name}',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/delete-a-queue',
	fields: { queue_name: queueName },
	answer: {},
	returns: 'deleted',
	events: noEvents,
});
