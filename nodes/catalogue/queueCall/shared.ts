import { queueName } from '../shared/queueOptions';
import { callControlId } from '../shared/commandFields';

/** The queue and the call in it. */
export const queuedCall = {
	queue_name: { ...queueName, description: 'The queue that the call waits in, by its name' },
	call_control_id: { ...callControlId, list: 'queueCalls' },
} as const;

/** The fields that Telnyx returns for a call in a queue. */
export const queuedCallAnswer = {
	call_control_id: 'string',
	call_leg_id: 'string',
	call_session_id: 'string',
	connection_id: 'string',
	enqueued_at: 'string',
	from: 'string',
	queue_id: 'string',
	queue_position: 'number',
	record_type: 'string',
	to: 'string',
	wait_time_secs: 'number',
	is_alive: 'boolean',
} as const;

/** The fields of the simplified output. */
export const simplifiedQueuedCall = [
	'call_control_id',
	'call_session_id',
	'queue_id',
	'from',
	'to',
	'queue_position',
	'enqueued_at',
	'wait_time_secs',
	'is_alive',
] as const;
