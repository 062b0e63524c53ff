import { toggle } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { queuedCall } from './shared';

export const update = operation({
	name: 'Update',
	action: 'Update queued call',
	description: 'Say whether a call stays in its queue when the caller hangs up',
	request: 'PATCH /queues/{queue_name}/calls/{call_control_id}',
	docs: 'https://developers.telnyx.com/api-reference/queue-commands/update-queued-call',
	fields: {
		...queuedCall,
		keep_after_hangup: toggle({
			label: 'Keep After Hangup',
			description: 'Whether the call stays in the queue when the caller hangs up',
			start: true,
		}),
	},
	answer: {},
	events: noEvents,
});
