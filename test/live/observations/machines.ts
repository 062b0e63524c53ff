import type { Json } from '../../simulator/types';
import type { Leg, Live } from '../live';
import type { Observation } from '../observation';
import type { ANSWERED_BY } from '../simulated/network';

const GREETING =
	'Hello. You have reached the mailbox of Ada and Charles. We are not at home at the moment. Please leave your name and your number after the tone, and we will call you back.';
const LAST_EVENT_MS = 15_000;

/** Dials with a detection, and lets somebody or something answer. @returns what was detected, in order */
async function detected(live: Live, mode: string, as: keyof typeof ANSWERED_BY) {
	const pair = await live.ring(live.first, { answering_machine_detection: mode });
	await live.pickUp(pair, as);
	await greet(live, pair.called, as);
	await live.quiet(LAST_EVENT_MS);
	return live
		.events({ leg: pair.caller })
		.filter(({ type }) => type.startsWith('call.machine.'))
		.map(({ payload, type }) => [type, resultOf(payload)]);
}

/** A person is a person, whatever kind of connection is heard. */
const resultOf = ({ result }: Json) => String(result).replace(/^human.*/, 'human');

async function greet(live: Live, leg: Leg, as: keyof typeof ANSWERED_BY) {
	if (as === 'human') {
		await live.speak(leg, 'Hello?');
		return;
	}
	if (as !== 'machineThatBeepsAtOnce') {
		await live.speak(leg, GREETING);
		await live.event({ type: 'call.speak.ended', leg, timeoutMs: 40_000 });
	}
	if (as !== 'machineWithoutBeep') {
		await live.command(leg, 'playback_start', { audio_url: live.receiver.beepUrl });
	}
}

const DETECTION = {
	where: 'test/simulator/machineDetection.ts',
	how: 'A call with the detection is answered: as by a person with a short word, or as by a machine with a long greeting and a beep.',
};

/** What answers a call. */
export const machines: Observation[] = [
	{
		...DETECTION,
		name: 'Detection: a person',
		assumed: '`call.machine.detection.ended` says `human`.',
		expected: [['call.machine.detection.ended', 'human']],
		observe: async (live) => await detected(live, 'detect', 'human'),
	},
	{
		...DETECTION,
		name: 'Detection: a machine',
		assumed: 'With `detect`, the result is `machine`, and the end of the greeting is not reported.',
		expected: [['call.machine.detection.ended', 'machine']],
		observe: async (live) => await detected(live, 'detect', 'machine'),
	},
	{
		...DETECTION,
		name: 'Detection: a machine with a beep',
		assumed:
			'With `detect_beep`, `call.machine.greeting.ended` with `beep_detected` follows the result.',
		expected: [
			['call.machine.detection.ended', 'machine'],
			['call.machine.greeting.ended', 'beep_detected'],
		],
		observe: async (live) => await detected(live, 'detect_beep', 'machine'),
	},
	{
		...DETECTION,
		name: 'Detection: a machine without a beep',
		assumed:
			'A detection that reports no beep sends nothing more after `call.machine.detection.ended`.',
		where: 'test/simulator/README.md#assumptions-to-check-against-the-real-telnyx',
		how: 'A call with `detect_beep` is answered with a long greeting and no beep.',
		expected: [['call.machine.detection.ended', 'machine']],
		observe: async (live) => await detected(live, 'detect_beep', 'machineWithoutBeep'),
	},
	{
		...DETECTION,
		name: 'Detection: a beep before the result',
		assumed:
			'Only `call.machine.greeting.ended` with `beep_detected` is sent then, and no `call.machine.detection.ended`.',
		where: 'test/contract/facts.ts',
		how: 'A call with `detect_beep` is answered with a beep at once, without a greeting.',
		expected: [['call.machine.greeting.ended', 'beep_detected']],
		observe: async (live) => await detected(live, 'detect_beep', 'machineThatBeepsAtOnce'),
	},
	{
		...DETECTION,
		name: 'Premium detection: a person',
		assumed: '`call.machine.premium.detection.ended` begins with `human`.',
		expected: [['call.machine.premium.detection.ended', 'human']],
		observe: async (live) => await detected(live, 'premium', 'human'),
	},
	{
		...DETECTION,
		name: 'Premium detection: a machine with a beep',
		assumed:
			'`call.machine.premium.greeting.ended` with `beep_detected` follows the result `machine`.',
		expected: [
			['call.machine.premium.detection.ended', 'machine'],
			['call.machine.premium.greeting.ended', 'beep_detected'],
		],
		observe: async (live) => await detected(live, 'premium', 'machine'),
	},
];
