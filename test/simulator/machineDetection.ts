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
	const event = mode === 'premium' ? 'call.machine.premium' : 'call.machine';
	exchange.later(leg, machineDetectionMs, () => {
		const human = mode === 'premium' ? 'human_residence' : 'human';
		exchange.emit(leg, `${event}.detection.ended`, { result: isMachine ? 'machine' : human });
	});
	const waits = mode !== 'detect' && (who.beep || UNTIL_GREETING_ENDS.includes(mode));
	if (!isMachine || !waits) return;
	exchange.later(leg, machineDetectionMs + machineGreetingMs, () =>
		exchange.emit(leg, `${event}.greeting.ended`, { result: who.beep ? 'beep_detected' : 'ended' }),
	);
}

/** Plays an answering machine's greeting. */
export function playGreeting(exchange: Exchange, leg: Leg, { beep }: Answerer) {
	const { machineDetectionMs, machineGreetingMs } = exchange.timings;
	hear(exchange, leg, {
		kind: 'machine',
		text: 'Nobody is at home. Please leave a message after the tone.',
	});
	exchange.later(leg, machineDetectionMs + machineGreetingMs, () => {
		if (beep) hear(exchange, leg, { kind: 'machine', text: 'Beep' });
	});
}
