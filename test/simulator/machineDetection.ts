import { hear } from './sounds';
import type { Answerer, Exchange, Json, Leg } from './types';

/** Modes that report the end of a machine's greeting. */
const UNTIL_GREETING_ENDS = ['detect_words', 'greeting_end'];

/**
 * Answering machine detection as `answering_machine_detection` of dial and transfer asks for it.
 */
export function detectMachine(
	exchange: Exchange,
	leg: Leg,
	{ answering_machine_detection: mode }: Json,
	who: Answerer,
) {
	if (mode === 'disabled') return;
	const { machineDetectionMs, machineGreetingMs } = exchange.timings;
	const isMachine = who.as === 'machine';
	const isPremium = mode.startsWith('premium');
	const event = isPremium ? 'call.machine.premium' : 'call.machine';
	const reportsGreeting =
		isMachine && mode !== 'detect' && (who.beep || UNTIL_GREETING_ENDS.includes(mode));
	const greetingEnded = () =>
		exchange.emit(leg, `${event}.greeting.ended`, { result: who.beep ? 'beep_detected' : 'ended' });
	if (reportsGreeting && who.beepsEarly) {
		// Telnyx sends no result of the detection after a beep.
		exchange.later(leg, machineDetectionMs / 2, greetingEnded);
		return;
	}
	exchange.later(leg, machineDetectionMs, () => {
		const human = isPremium ? 'human_residence' : 'human';
		exchange.emit(leg, `${event}.detection.ended`, { result: isMachine ? 'machine' : human });
	});
	if (reportsGreeting) exchange.later(leg, machineDetectionMs + machineGreetingMs, greetingEnded);
}

/** Plays an answering machine's greeting. */
export function playGreeting(exchange: Exchange, leg: Leg, { beep, beepsEarly }: Answerer) {
	const { machineDetectionMs, machineGreetingMs } = exchange.timings;
	hear(exchange, leg, {
		kind: 'machine',
		text: 'Nobody is at home. Please leave a message after the tone.',
	});
	const beepAfterMs = beepsEarly ? machineDetectionMs / 2 : machineDetectionMs + machineGreetingMs;
	exchange.later(leg, beepAfterMs, () => {
		if (beep) hear(exchange, leg, { kind: 'machine', text: 'Beep' });
	});
}
