import { integer, locator } from '../schema/field';

/** The queue. Telnyx identifies queues by name. */
export const queueName = locator({
	label: 'Queue',
	description: 'The queue, by its name',
	required: true,
	list: 'queues',
	placeholder: 'e.g. support',
});

/** How many calls a queue holds. */
export const queueSize = (start: number) =>
	integer({
		label: 'Maximum Size',
		description: 'The most calls that may wait in the queue at a time',
		min: 1,
		start,
	});

/** The fields that Telnyx returns for a queue. */
export const queueAnswer = {
	id: 'string',
	average_wait_time_secs: 'number',
	created_at: 'string',
	current_size: 'number',
	max_size: 'number',
	name: 'string',
	record_type: 'string',
	updated_at: 'string',
} as const;
