// @ts-check
const { randomUUID } = require('node:crypto');

const { endActivities, startActivity } = require('./activities');
const { timestamp } = require('./webhooks');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Leg} Leg */

const QUEUE = 'queue';

/** The name of the queue that a leg waits in. @param {Leg} leg */
const queueOf = (leg) => leg.activities.get(QUEUE)?.details.queue;

/**
 * Who waits, the longest first.
 * @param {Exchange} exchange
 * @param {string} queue
 */
const waitingIn = (exchange, queue) =>
	[...exchange.legs.values()]
		.filter((leg) => queueOf(leg) === queue)
		.sort((a, b) => since(a) - since(b));

/** When a leg began to wait, in milliseconds. @param {Leg} leg */
const since = (leg) => leg.activities.get(QUEUE)?.details.since ?? 0;

/**
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {string} queue
 * @param {number} [maxWaitSecs]
 */
function enqueueLeg(exchange, leg, queue, maxWaitSecs) {
	if (!exchange.queues.has(queue)) addQueue(exchange, queue);
	const position = waitingIn(exchange, queue).length + 1;
	const now = exchange.clock.now();
	const details = { queue, since: now, reason: 'leave' };
	startActivity(exchange, leg, QUEUE, {
		details,
		lastsMs: maxWaitSecs === undefined ? undefined : maxWaitSecs * 1000,
		onEnd: (how) =>
			exchange.emit(leg, 'call.dequeued', {
				queue,
				queue_position: position,
				reason: { completed: 'timeout', hangup: 'hangup', stopped: details.reason }[how],
				wait_time_secs: Math.round((exchange.clock.now() - now) / 1000),
			}),
	});
	exchange.emit(leg, 'call.enqueued', {
		queue,
		current_position: position,
		queue_avg_wait_time_secs: 60,
	});
}

/**
 * A queue that calls can wait in; `enqueue` makes one as well.
 * @param {Exchange} exchange
 * @param {string} name
 * @param {number} [maxSize]
 */
function addQueue(exchange, name, maxSize = 300) {
	const at = timestamp(exchange.clock.now());
	exchange.queues.set(name, {
		...{ id: randomUUID(), name, max_size: maxSize, created_at: at, updated_at: at },
	});
}

/** @param {Leg} leg */
const leaveQueue = (leg) => endActivities(leg, ({ name }) => name === QUEUE, 'stopped');

/**
 * The one who has waited longest, to be bridged.
 * @param {Exchange} exchange
 * @param {string} queue
 */
function takeFromQueue(exchange, queue) {
	const leg = waitingIn(exchange, queue).at(0);
	const activity = leg?.activities.get(QUEUE);
	if (!leg || !activity) return undefined;
	activity.details.reason = 'bridged';
	leaveQueue(leg);
	return leg;
}

module.exports = {
	addQueue,
	enqueueLeg,
	leaveQueue,
	queueOf,
	since,
	takeFromQueue,
	waitingIn,
};
