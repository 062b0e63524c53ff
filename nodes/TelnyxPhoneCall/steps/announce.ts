import { dial } from '../../catalogue/call/dial';
import { payload } from '../../catalogue/shared/voice';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { PAUSE } from '../../waiting/behavior';
import { HANGUP } from '../../waiting/outcome';
import { calledNumber, callingFrom, hangUpOn, sayTo } from './calling';
import {
	command,
	DETECTION,
	language,
	MACHINES,
	ringSecs,
	secondsFor,
	speech,
	spoken,
	voiceInOptions,
	whyUnreached,
	type Unanswered,
} from './shared';
import { SPOKEN, step, UNANSWERED, type Moment, type NextOf, type Speech } from './step';

/** What is being said to a person, and to a machine. */
const [TOLD, MESSAGE_LEFT] = ['told', 'message_left'];

const outputs = [{ name: 'Done' }, UNANSWERED] as const;

type Then = NextOf<typeof outputs>;

export const announce = step({
	name: 'Announce',
	action: 'Call and say something',
	description:
		'Calls a number, says something to whoever answers, also to an answering machine after the beep, and hangs up',
	makesCall: true,
	fields: {
		to: calledNumber,
		...callingFrom,
		text: spoken,
		ring_secs: ringSecs,
		machine_text: {
			...payload,
			label: 'Text for Answering Machines',
			description:
				'What a machine hears after the beep. The same, unless you write something else.',
			placeholder: 'e.g. Please call us back about your appointment.',
		},
		voice: voiceInOptions,
		language,
	},
	outputs,
	ifFails: { output: UNANSWERED.name },
	results: { reason: 'string', details: 'object', said_to_end: 'boolean' },
	begin({ to, from, connection_id, ring_secs, text, machine_text = text, ...set }) {
		return {
			command: command(dial, {
				connection_id,
				from,
				to,
				timeout_secs: ring_secs,
				answering_machine_detection: 'detect_beep',
			}),
			wait: {
				success: [
					'call.answered',
					'call.machine.detection.ended',
					'call.machine.greeting.ended',
					SPOKEN,
				],
				failure: [HANGUP],
				good_statuses: [],
			},
			seconds: ring_secs + 150 + Math.max(secondsFor(text), secondsFor(machine_text)),
			plan: {
				for_person: { ...speech(text, set) },
				for_machine: { ...speech(machine_text, set) },
			},
		};
	},
	next,
});

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, wait, notes } = moment;
	const { call_control_id: about, result, status } = event ? payloadOf(event) : {};
	const leg = String((end.outcome === 'ended' ? wait.new_legs[0] : about) ?? '');
	const isSaying = stage === TOLD || stage === MESSAGE_LEFT;
	const done = (isWhole: boolean, outcome = stage): Then => ({
		output: 'Done',
		json: { call_control_id: leg, outcome, said_to_end: isWhole },
		// The end of the caller's own call ends those that the step has made.
		...(end.outcome !== 'ended' && { send: [hangUpOn(leg)] }),
	});
	const say = (to: string, words: unknown, as: string): Then => {
		notes.saying = as;
		return { send: [sayTo(to, words as Speech, as)] };
	};
	const unanswered = (why: Unanswered): Then => ({
		output: UNANSWERED.name,
		json: { call_control_id: leg, outcome: 'unanswered', ...why },
	});
	// Telnyx has not said who answered.
	if (stage === PAUSE) {
		const { detecting: answered } = notes;
		return answered === undefined ? {} : say(String(answered), plan.for_person, TOLD);
	}
	switch (type) {
		case 'call.answered':
			notes.is_answered = true;
			notes.detecting = leg;
			return { ...DETECTION };
		case 'call.machine.detection.ended':
			notes.detecting = undefined;
			if (!MACHINES.includes(result)) {
				return say(leg, plan.for_person, TOLD);
			}
			// Behind anything else, such as a fax, there is no beep to wait for.
			return result === 'machine'
				? {}
				: { ...unanswered({ reason: 'failed' }), send: [hangUpOn(leg)] };
		case 'call.machine.greeting.ended':
			notes.detecting = undefined;
			return isSaying ? {} : say(leg, plan.for_machine, MESSAGE_LEFT);
		case SPOKEN:
			return isSaying ? done(status === undefined || status === 'completed') : {};
		case HANGUP:
			if (isSaying) return done(false);
			// The caller for whom it was being said has left, and with them the call that it is said on.
			if (end.outcome === 'ended' && notes.saying) return done(false, String(notes.saying));
			return unanswered(whyUnreached(moment));
		default:
			return undefined;
	}
}
