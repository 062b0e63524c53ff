import { refuse } from '../refusals';
import type { Command } from '../types';
import { enqueueLeg, leaveQueue, queueOf } from '../queues';

export const enqueue: Command = {
	needs: 'answered',
	run(leg, { max_wait_time_secs, queue_name }, exchange) {
		if (queueOf(leg) === queue_name) throw refuse(90038);
		enqueueLeg(exchange, leg, queue_name, max_wait_time_secs);
	},
};

export const leave_queue: Command = {
	needs: 'answered',
	run(leg) {
		if (queueOf(leg) === undefined) throw refuse(90035);
		leaveQueue(leg);
	},
};
