import { endActivities } from '../activities';
import { startRecording } from '../features';
import { refuse } from '../refusals';
import { TRANSCRIPTION } from '../speech';
import type { Activity, Command } from '../types';

export const record_start: Command = {
	needs: 'answered',
	run(leg, body, exchange) {
		if (body.timeout_secs && leg.activities.has(TRANSCRIPTION)) throw refuse(90053);
		startRecording(exchange, leg, body);
	},
};

export const record_stop: Command = {
	needs: 'answered',
	run(leg, { recording_id }) {
		const isMeant = ({ details }: Activity) =>
			details.recording_id !== undefined &&
			(recording_id === undefined || details.recording_id === recording_id);
		endActivities(leg, isMeant, 'stopped');
	},
};

/** No event or field shows that a recording is paused. */
export const record_pause: Command = { needs: 'answered', run() {} };

export const record_resume: Command = { needs: 'answered', run() {} };
