import { noEvents, operation } from '../schema/operation';
import { queuedCall, queuedCallAnswer, simplifiedQueuedCall } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get queued call',
	description: 'Find out where in its queue a call is, and how long it has waited',
	request: 'GET /queues/{queue_name}/calls/{call_control_id}',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/retrieve-a-call-from-a-queue',
	fields: queuedCall,
	answer: queuedCallAnswer,
	simplified: simplifiedQueuedCall,
	events: noEvents,
});
