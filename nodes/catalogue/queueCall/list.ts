import { noEvents, operation } from '../schema/operation';
import { queueName } from '../shared/queueOptions';
import { queuedCallAnswer, simplifiedQueuedCall } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many queued calls',
	description: 'List the calls that wait in a queue',
	request: 'GET /queues/{queue_name}/calls',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/retrieve-calls-from-a-queue',
	fields: { queue_name: queueName },
	answer: queuedCallAnswer,
	returns: 'pages',
	simplified: simplifiedQueuedCall,
	events: noEvents,
});
