import { dial } from '../../catalogue/call/dial';
import { choice } from '../../catalogue/schema/field';
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
	voiceInOptions,
	whyUnreached,
} from './shared';
import { SPOKEN, step, UNANSWERED, type Moment, type NextOf, type Speech } from './step';

/** The stage at which the message is being left. */
const MESSAGE = 'message';

const outputs = [
	{ name: 'Answered' },
	{ name: 'Machine', if: { field: 'machine', is: ['tell', 'message'] } },
	UNANSWERED,
] as const;

type Then = NextOf<typeof outputs>;

export const callSomeone = step({
	name: 'Call Someone',
	action: 'Make phone call',
	description: 'Dials a number and waits until somebody answers, or nobody does',
	makesCall: true,
	fields: {
		to: calledNumber,
		...callingFrom,
		ring_secs: ringSecs,
		machine: choice({
			label: 'Answering Machine',
			description: 'What to do about voicemail and the like',
			onTop: true,
			choices: {
				ignore: { name: 'Treat as Answered', description: 'Telnyx does not listen for it' },
				tell: {
					name: 'Send to the Machine Output',
					description: 'Goes on after a few seconds, when it is clear who has answered',
				},
				message: {
					name: 'Leave a Message',
					description: 'Says the message after the beep, and hangs up',
				},
			},
			start: 'ignore',
		}),
		message: {
			...payload,
			label: 'Message',
			description: 'What is said after the beep, in 3,000 characters at most',
			required: true,
			onlyIf: { machine: ['message'] },
		},
		voice: { ...voiceInOptions, description: 'The voice that says the message' },
		language,
	},
	outputs,
	ifFails: { output: UNANSWERED.name },
	results: { reason: 'string', details: 'object', answered_by: 'string', message_left: 'boolean' },
	begin({ to, from, connection_id, ring_secs, machine, message = '', ...set }) {
		const detection = machine === 'message' ? 'detect_beep' : 'detect';
		const listens = machine === 'tell' || machine === 'message';
		return {
			command: command(dial, {
				connection_id,
				from,
				to,
				timeout_secs: ring_secs,
				answering_machine_detection: listens ? detection : undefined,
			}),
			wait: {
				success: listens
					? ['call.answered', 'call.machine.detection.ended', 'call.machine.greeting.ended', SPOKEN]
					: ['call.answered'],
				failure: [HANGUP],
				good_statuses: [],
			},
			seconds: ring_secs + 90 + (machine === 'message' ? secondsFor(message) + 60 : 0),
			plan: { machine, words: { ...speech(message, set) } },
		};
	},
	next,
});

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, wait, notes } = moment;
	const { call_control_id: about, result, status } = event ? payloadOf(event) : {};
	const leg = end.outcome === 'ended' ? wait.new_legs[0] : about;
	const answered = { call_control_id: leg, outcome: 'answered' };
	// Telnyx has not said who answered.
	if (stage === PAUSE) {
		const { detecting: silent } = notes;
		if (silent === undefined) return {};
		return { output: 'Answered', json: { ...answered, call_control_id: silent } };
	}
	// If the beep comes before the verdict, Telnyx reports no verdict.
	const { machine: answered_by = 'machine' } = notes;
	const isMachine = { call_control_id: leg, outcome: 'machine', answered_by };
	switch (type) {
		case 'call.answered':
			notes.is_answered = true;
			if (plan.machine === 'ignore') return { output: 'Answered', json: answered };
			notes.detecting = leg;
			return { ...DETECTION };
		case 'call.machine.detection.ended':
			notes.detecting = undefined;
			if (!MACHINES.includes(result)) {
				return { output: 'Answered', json: { ...answered, answered_by: result } };
			}
			if (plan.machine !== 'message') {
				return { output: 'Machine', json: { ...isMachine, answered_by: result } };
			}
			notes.machine = result;
			return result === 'machine'
				? {}
				: {
						output: 'Machine',
						json: { ...isMachine, answered_by: result, message_left: false },
						send: [hangUpOn(String(leg))],
					};
		case 'call.machine.greeting.ended':
			notes.detecting = undefined;
			if (plan.machine !== 'message') return { output: 'Machine', json: isMachine };
			return { send: [sayTo(String(leg), plan.words as Speech, MESSAGE)] };
		case SPOKEN: {
			if (stage !== MESSAGE) return {};
			const json = { ...isMachine, message_left: status === undefined || status === 'completed' };
			return { output: 'Machine', json, send: [hangUpOn(String(leg))] };
		}
		case HANGUP:
			if (stage === MESSAGE || (notes.machine !== undefined && end.outcome !== 'ended')) {
				return { output: 'Machine', json: { ...isMachine, message_left: false } };
			}
			return {
				output: UNANSWERED.name,
				json: { call_control_id: leg, outcome: 'unanswered', ...whyUnreached(moment) },
			};
		default:
			return undefined;
	}
}
