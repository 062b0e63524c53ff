import { noEvents, operation } from '../schema/operation';
import { queueAnswer, queueName, queueSize } from '../shared/queueOptions';

export const update = operation({
	name: 'Update',
	action: 'Update queue',
	description: 'Change how many calls may wait in a queue',
	request: 'POST /queues/{queue_name}',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/update-a-queue',
	fields: {
		queue_name: queueName,
		max_size: { ...queueSize(300), required: true },
	},
	answer: queueAnswer,
	events: noEvents,
});
