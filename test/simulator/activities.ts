import type { Activity, Ending, Exchange, Leg } from './types';

/**
 * Starts something that goes on until it is over, is stopped, or the leg ends.
 * @param name a running activity of the same name is stopped
 */
export function startActivity(
	exchange: Exchange,
	leg: Leg,
	name: string,
	{
		onEnd,
		details = {},
		lastsMs,
	}: {
		onEnd: Activity['onEnd'];
		details?: Activity['details'];
		/** How long it runs unless it is stopped. */
		lastsMs?: number;
	},
) {
	endActivities(leg, (activity) => activity.name === name, 'stopped');
	const over = () => endActivities(leg, (activity) => activity.name === name, 'completed');
	const cancel = lastsMs === undefined ? () => {} : exchange.later(leg, lastsMs, over);
	leg.activities.set(name, { name, details, onEnd, cancel });
}

export function endActivities(leg: Leg, which: (activity: Activity) => boolean, how: Ending) {
	for (const activity of [...leg.activities.values()].filter(which)) {
		leg.activities.delete(activity.name);
		activity.cancel();
		activity.onEnd(how);
	}
}
