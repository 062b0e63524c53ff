// @ts-check
const { endActivities, startActivity } = require('../activities');
const { startStream, startTranscription } = require('../features');
const { refuse } = require('../refusals');

/** @typedef {import('../types').Command} Command */

const NOISE = 'noise suppression';
const SIPREC = 'SIPREC';
const FORK = 'fork';

/** @type {Command} */
const siprec_start = {
	needs: 'answered',
	run(leg, { connector_name }, exchange) {
		const isKnown = connector_name === undefined || exchange.connectors.has(connector_name);
		exchange.later(leg, exchange.timings.siprecMs, () => {
			if (!isKnown || /fail/i.test(connector_name ?? '')) {
				exchange.emit(leg, 'siprec.failed', {
					failure_cause: isKnown ? 'no_answer' : 'connector_not_found',
				});
				return;
			}
			exchange.emit(leg, 'siprec.started');
			startActivity(exchange, leg, SIPREC, {
				onEnd: () => exchange.emit(leg, 'siprec.stopped', { hangup_cause: 'normal_clearing' }),
			});
		});
	},
};

/** @type {Command} */
const siprec_stop = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === SIPREC, 'stopped'),
};

/** @type {Command} */
const suppression_start = {
	needs: 'answered',
	run(leg, details, exchange) {
		startActivity(exchange, leg, NOISE, { details, onEnd() {} });
	},
};

/** @type {Command} */
const suppression_stop = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === NOISE, 'stopped'),
};

/** @type {Command} */
const streaming_start = {
	needs: 'answered',
	run(leg, body, exchange) {
		startStream(exchange, leg, body);
	},
};

/** @type {Command} */
const streaming_stop = {
	needs: 'answered',
	run(leg, { stream_id }) {
		const isMeant = (/** @type {import('../types').Activity} */ { details }) =>
			details.stream_id !== undefined &&
			(stream_id === undefined || details.stream_id === stream_id);
		endActivities(leg, isMeant, 'stopped');
	},
};

/** @type {Command} */
const transcription_start = {
	needs: 'answered',
	run(leg, _body, exchange) {
		startTranscription(exchange, leg);
	},
};

/** @type {Command} */
const transcription_stop = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === 'transcription', 'stopped'),
};

/** @type {Command} */
const fork_start = {
	needs: 'answered',
	run(leg, { stream_type = 'decrypted' }, exchange) {
		exchange.emit(leg, 'call.fork.started', { stream_type });
		startActivity(exchange, leg, FORK, {
			onEnd: () => exchange.emit(leg, 'call.fork.stopped', { stream_type }),
		});
	},
};

/** @type {Command} */
const fork_stop = {
	needs: 'answered',
	run(leg) {
		if (!leg.activities.has(FORK)) throw refuse(90031);
		endActivities(leg, ({ name }) => name === FORK, 'stopped');
	},
};

module.exports = {
	fork_start,
	fork_stop,
	siprec_start,
	siprec_stop,
	streaming_start,
	streaming_stop,
	suppression_start,
	suppression_stop,
	transcription_start,
	transcription_stop,
};
