import { endActivities, startActivity } from '../activities';
import { startStream, startTranscription } from '../features';
import { refuse } from '../refusals';
import { TRANSCRIPTION } from '../speech';
import type { Activity, Command } from '../types';

const NOISE = 'noise suppression';
const SIPREC = 'SIPREC';
const FORK = 'fork';

export const siprec_start: Command = {
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

export const siprec_stop: Command = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === SIPREC, 'stopped'),
};

export const suppression_start: Command = {
	needs: 'answered',
	run(leg, details, exchange) {
		startActivity(exchange, leg, NOISE, { details, onEnd() {} });
	},
};

export const suppression_stop: Command = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === NOISE, 'stopped'),
};

export const streaming_start: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		startStream(exchange, leg, body);
	},
};

export const streaming_stop: Command = {
	needs: 'answered',
	run(leg, { stream_id }) {
		const isMeant = ({ details }: Activity) =>
			details.stream_id !== undefined &&
			(stream_id === undefined || details.stream_id === stream_id);
		endActivities(leg, isMeant, 'stopped');
	},
};

export const transcription_start: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		startTranscription(exchange, leg, body);
	},
};

export const transcription_stop: Command = {
	needs: 'answered',
	run(leg) {
		const waitsForSilence = [...leg.activities.values()].some(({ details }) => details.onSpeech);
		if (waitsForSilence) throw refuse(90055);
		endActivities(leg, ({ name }) => name === TRANSCRIPTION, 'stopped');
	},
};

export const fork_start: Command = {
	needs: 'answered',
	run(leg, { stream_type = 'decrypted' }, exchange) {
		exchange.emit(leg, 'call.fork.started', { stream_type });
		startActivity(exchange, leg, FORK, {
			onEnd: () => exchange.emit(leg, 'call.fork.stopped', { stream_type }),
		});
	},
};

export const fork_stop: Command = {
	needs: 'answered',
	run(leg) {
		if (!leg.activities.has(FORK)) throw refuse(90031);
		endActivities(leg, ({ name }) => name === FORK, 'stopped');
	},
};
