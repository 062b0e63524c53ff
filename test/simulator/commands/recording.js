// @ts-check
const { endActivities } = require('../activities');
const { startRecording } = require('../features');

/** @typedef {import('../types').Command} Command */

/** @type {Command} */
const record_start = {
	needs: 'answered',
	run(leg, body, exchange) {
		startRecording(exchange, leg, body);
	},
};

/** @type {Command} */
const record_stop = {
	needs: 'answered',
	run(leg, { recording_id }) {
		const isMeant = (/** @type {import('../types').Activity} */ { details }) =>
			details.recording_id !== undefined &&
			(recording_id === undefined || details.recording_id === recording_id);
		endActivities(leg, isMeant, 'stopped');
	},
};

/** Nothing tells whether a recording pauses. @type {Command} */
const record_pause = { needs: 'answered', run() {} };

/** @type {Command} */
const record_resume = { needs: 'answered', run() {} };

module.exports = { record_pause, record_resume, record_start, record_stop };
