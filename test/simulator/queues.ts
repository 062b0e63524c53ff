import { randomUUID } from 'node:crypto';

import { endActivities, startActivity } from './activities';
import type { Exchange, Leg } from './types';
import { timestamp } from './webhooks';

const QUEUE = 'queue';

/** The name of the queue that a leg waits in. */
export const queueOf = (leg: Leg) => leg.activities.get(QUEUE)?.details.queue;

/** The waiting legs, longest first. */
export const waitingIn = (exchange: Exchange, queue: string) =>
	[...exchange.legs.values()]
		.filter((leg) => queueOf(leg) === queue)
		.sort((a, b) => since(a) - since(b));

/** When a leg began to wait, in milliseconds. */
export const since = (leg: Leg) => leg.activities.get(QUEUE)?.details.since ?? 0;

export function enqueueLeg(exchange: Exchange, leg: Leg, queue: string, maxWaitSecs?: number) {
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

/** Creates a queue, as `enqueue` does for a new name. */
export function addQueue(exchange: Exchange, name: string, maxSize = 300) {
	const at = timestamp(exchange.clock.now());
	exchange.queues.set(name, {
		...{ id: randomUUID(), name, max_size: maxSize, created_at: at, updated_at: at },
	});
}

export const leaveQueue = (leg: Leg) => endActivities(leg, ({ name }) => name === QUEUE, 'stopped');

/** The one who has waited longest, to be bridged. */
export function takeFromQueue(exchange: Exchange, queue: string) {
	const leg = waitingIn(exchange, queue).at(0);
	const activity = leg?.activities.get(QUEUE);
	if (!leg || !activity) return undefined;
	activity.details.reason = 'bridged';
	leaveQueue(leg);
	return leg;
}
