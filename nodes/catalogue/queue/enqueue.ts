import { integer, toggle } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { queueName, queueSize } from '../shared/queueOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const enqueue = operation({
	name: 'Put Call In',
	action: 'Put call in queue',
	description:
		'Let a call wait at the end of a queue. A call that talks with another is unbridged.',
	request: 'POST /calls/{call_control_id}/actions/enqueue',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/enqueue-call',
	fields: {
		call_control_id: callControlId,
		queue_name: {
			...queueName,
			description: 'The queue, by its name. If there is none of this name, it is created.',
		},
		...onEveryCommand,
		keep_after_hangup: toggle({
			label: 'Keep After Hangup',
			description:
				'Whether the call stays in the queue when the caller hangs up. Bridging to it then fails with what is needed to call back.',
			start: false,
		}),
		max_size: {
			...queueSize(100),
			description:
				'The most calls that may wait in the queue at a time. Only for a queue that is created with this command.',
		},
		max_wait_time_secs: integer({
			label: 'Maximum Wait (Seconds)',
			description: 'After how many seconds the call leaves the queue again',
			min: 0,
			start: 600,
		}),
	},
	answer: commandResult,
	events: { success: ['call.enqueued'], failure: [], others: ['call.dequeued'] },
});
