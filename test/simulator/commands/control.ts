import { answerLeg, endLeg, isAnswered, ourSide } from '../calls';
import { onAnswer } from '../features';
import { refuse } from '../refusals';
import type { Command } from '../types';

const REJECTIONS: Record<string, string> = {
	CALL_REJECTED: 'call_rejected',
	NOT_FOUND: 'not_found',
	TEMPORARILY_UNAVAILABLE: 'no_answer',
	USER_BUSY: 'user_busy',
};

export const answer: Command = {
	needs: 'ringing',
	run(leg, body, exchange) {
		onAnswer(exchange, leg, body);
		answerLeg(exchange, leg);
		const recording = [...leg.activities.values()].find(({ details }) => details.recording_id);
		return recording && { recording_id: recording.details.recording_id };
	},
};

export const reject: Command = {
	needs: 'ringing',
	run(leg, { cause }, exchange) {
		endLeg(exchange, leg, REJECTIONS[cause], ourSide(leg));
	},
};

export const hangup: Command = {
	needs: 'alive',
	run(leg, _body, exchange) {
		const nobodyAnswered = leg.direction === 'outgoing' && !isAnswered(leg);
		endLeg(exchange, leg, nobodyAnswered ? 'originator_cancel' : 'normal_clearing', ourSide(leg));
	},
};

/** Every command that carries a client state replaces it, so nothing is left to do. */
export const client_state_update: Command = { needs: 'alive', run() {} };

export const refer: Command = {
	needs: 'answered',
	run(leg, { sip_address }, exchange) {
		const { referMs } = exchange.timings;
		exchange.emit(leg, 'call.refer.started', { sip_notify_response: 100 });
		exchange.later(leg, referMs, () => {
			const failed = /fail/i.test(sip_address);
			exchange.emit(leg, failed ? 'call.refer.failed' : 'call.refer.completed', {
				sip_notify_response: failed ? 603 : 200,
			});
			// The caller is now connected elsewhere.
			if (!failed) endLeg(exchange, leg, 'normal_clearing', 'caller');
		});
	},
};

export const switch_supervisor_role: Command = {
	needs: 'answered',
	run(leg, { role }, exchange) {
		if (!leg.supervises) {
			throw refuse(10015, {
				status: 422,
				detail: 'This call does not supervise another one.',
				pointer: '/call_control_id',
			});
		}
		leg.supervisorRole = role;
		exchange.changed();
	},
};
