import { noEvents, operation } from '../schema/operation';
import { queuedCall } from './shared';

export const remove = operation({
	name: 'Remove',
	action: 'Remove queued call that has ended',
	description:
		'Take a call that is over out of its queue. For one that still waits, take it out with the resource Queue.',
	request: 'DELETE /queues/{queue_name}/calls/{call_control_id}',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/force-remove-a-call-from-a-queue',
	fields: queuedCall,
	answer: {},
	returns: 'deleted',
	events: noEvents,
});
