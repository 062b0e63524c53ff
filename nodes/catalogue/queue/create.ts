import { text } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { queueAnswer, queueSize } from '../shared/queueOptions';

export const create = operation({
	name: 'Create',
	action: 'Create queue',
	description: 'Set up a queue for calls to wait in',
	request: 'POST /queues',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/create-a-queue',
	fields: {
		queue_name: text({
			label: 'Name',
			description: 'What the queue is known by, 1 to 255 characters',
			required: true,
			placeholder: 'e.g. support',
			pattern: { matches: /^.{1,255}$/, says: 'may have 255 characters at most' },
		}),
		max_size: queueSize(300),
	},
	answer: queueAnswer,
	events: noEvents,
});
