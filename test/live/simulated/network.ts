import type { Simulator } from '../../simulator';
import type { Answerer, Leg } from '../../simulator/types';

const state = (text: string) => ({ client_state: Buffer.from(text).toString('base64') });

/**
 * The body of an answer, by who is to be taken for having answered. The real Telnyx listens to what is
 * said then; the simulator looks at the client state.
 */
export const ANSWERED_BY = {
	human: {},
	machine: state('an answering machine with a beep'),
	machineWithoutBeep: state('an answering machine without a beep'),
	machineThatBeepsAtOnce: state('an answering machine that beeps at once'),
};

const answererOf = ({ client_state }: Leg): Partial<Answerer> => {
	switch (client_state) {
		case ANSWERED_BY.machine.client_state:
			return { as: 'machine' };
		case ANSWERED_BY.machineWithoutBeep.client_state:
			return { as: 'machine', beep: false };
		case ANSWERED_BY.machineThatBeepsAtOnce.client_state:
			return { as: 'machine', beepsEarly: true };
		default:
			return { as: 'human' };
	}
};

/**
 * Lets calls to the number of an application arrive there. The simulator lets them ring at a phone,
 * which is the other half of what happens between two numbers of one account: what one end does, says or
 * presses is what the person at the far end of the other one does.
 * @returns stops it
 */
export function connectNumbers(simulator: Simulator): () => void {
	/** The other end, both ways. */
	const others = new Map<string, Leg>();
	const passedOn = new Set<string>();

	function route(leg: Leg) {
		if (leg.direction !== 'outgoing' || leg.state !== 'ringing') return;
		const target = [...simulator.applications.values()].find(({ number }) => number === leg.to);
		if (!target) return;
		const applicationId = target.data.id;
		const other = simulator.placeCall({ from: leg.from, to: leg.to, applicationId });
		others.set(leg.call_control_id, other);
		others.set(other.call_control_id, leg);
	}

	function follow(leg: Leg, other: Leg) {
		const { call_control_id: id } = other;
		if (leg.state === 'ended') {
			others.delete(leg.call_control_id);
			if (other.state !== 'ended') endOther(leg, other);
			return;
		}
		const isRinging = other.state === 'initiated' || other.state === 'ringing';
		if (leg.direction === 'incoming' && isTalking(leg) && isRinging) {
			simulator.answer(id, answererOf(leg));
		}
		for (const heard of leg.heard) {
			if (!isTalking(other) || passedOn.has(heard.id)) continue;
			passedOn.add(heard.id);
			const { kind, text } = heard;
			if (kind === 'speech') simulator.say(id, text);
			const keys = text.replace(/w/gi, '');
			if (kind === 'tone' && keys) simulator.press(id, keys);
		}
	}

	function endOther({ direction, ending }: Leg, other: Leg) {
		const { call_control_id: id } = other;
		const isRefused = direction === 'incoming' && !isTalking(other);
		if (isRefused && ending?.cause === 'user_busy') simulator.busy(id);
		else if (isRefused) simulator.reject(id);
		else simulator.hangup(id);
	}

	return simulator.on('change', () => {
		for (const leg of [...simulator.calls.values()]) {
			const other = others.get(leg.call_control_id);
			if (other) follow(leg, other);
			else route(leg);
		}
	});
}

const isTalking = ({ state }: Leg) => state === 'answered' || state === 'bridged';
