// @ts-check
const { hear } = require('./sounds');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Leg} Leg */

/** Modes that wait for the end of a machine's greeting. */
const UNTIL_GREETING_ENDS = ['detect_words', 'greeting_end'];

/**
 * Answering machine detection as `answering_machine_detection` of dial and transfer asks for it.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {import('./types').Json} body
 * @param {import('./types').Answerer} who
 */
function detectMachine(exchange, leg, { answering_machine_detection: mode }, who) {
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

/**
 * What an answering machine does when it picks up.
 * @param {Exchange} exchange
 * @param {Leg} leg
 * @param {import('./types').Answerer} who
 */
function greet(exchange, leg, { beep }) {
	const { machineDetectionMs, machineGreetingMs } = exchange.timings;
	hear(exchange, leg, {
		kind: 'machine',
		text: 'Nobody is at home. Please leave a message after the tone.',
	});
	exchange.later(leg, machineDetectionMs + machineGreetingMs, () => {
		if (beep) hear(exchange, leg, { kind: 'machine', text: 'Beep' });
	});
}

module.exports = { detectMachine, greet };
