// @ts-check
const { refuse } = require('../refusals');
const { enqueueLeg, leaveQueue, queueOf } = require('../waiting');

/** @typedef {import('../types').Command} Command */

/** @type {Command} */
const enqueue = {
	needs: 'answered',
	run(leg, { max_wait_time_secs, queue_name }, exchange) {
		if (queueOf(leg) === queue_name) throw refuse(90038);
		enqueueLeg(exchange, leg, queue_name, max_wait_time_secs);
	},
};

/** @type {Command} */
const leave_queue = {
	needs: 'answered',
	run(leg) {
		if (queueOf(leg) === undefined) throw refuse(90035);
		leaveQueue(leg);
	},
};

module.exports = { enqueue, leave_queue };
