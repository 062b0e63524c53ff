// @ts-check

/** @typedef {import('./types').Activity} Activity */
/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Leg} Leg */

/**
 * Begins something that goes on until it is over, is stopped, or the leg ends.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {string} name one that is going on under the same name is stopped
 * @param {object} what
 * @param {Activity['onEnd']} what.onEnd
 * @param {Activity['details']} [what.details]
 * @param {number} [what.lastsMs] until it is over by itself
 */
function startActivity(exchange, leg, name, { onEnd, details = {}, lastsMs }) {
	endActivities(leg, (activity) => activity.name === name, 'stopped');
	const over = () => endActivities(leg, (activity) => activity.name === name, 'completed');
	const cancel = lastsMs === undefined ? () => {} : exchange.later(leg, lastsMs, over);
	leg.activities.set(name, { name, details, onEnd, cancel });
}

/**
 * @param {Leg} leg
 * @param {(activity: Activity) => boolean} which
 * @param {import('./types').Ending} how
 */
function endActivities(leg, which, how) {
	for (const activity of [...leg.activities.values()].filter(which)) {
		leg.activities.delete(activity.name);
		activity.cancel();
		activity.onEnd(how);
	}
}

module.exports = { endActivities, startActivity };
