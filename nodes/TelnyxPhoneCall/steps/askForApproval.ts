import type { IDataObject } from 'n8n-workflow';

import { speak } from '../../catalogue/audio/speak';
import { dial } from '../../catalogue/call/dial';
import { gatherUsingSpeak } from '../../catalogue/input/gatherUsingSpeak';
import { text, texts, toggle } from '../../catalogue/schema/field';
import { DESTINATION } from '../../catalogue/shared/sipOptions';
import { LONGEST_SPOKEN, payload } from '../../catalogue/shared/voice';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { PAUSE } from '../../waiting/behavior';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import { CUT_OFF, HANGUP } from '../../waiting/outcome';
import { callingFrom, hangUpOn } from './calling';
import { dialsFrom, placeIn } from './places';
import { requestInWords } from './request';
import {
	command,
	DETECTION,
	DETECTION_SECS,
	KEY_PATTERN,
	language,
	MACHINES,
	ringSecs,
	secondsFor,
	speech,
	voiceInOptions,
	whyUnanswered,
} from './shared';
import { SPOKEN, step, type DoneOf, type Moment, type NextOf } from './step';

/** What is going on with a reviewer: in a stage it follows their place, such as `0 asked 1`. */
const [ASKED, PIN, DECIDED, OVER] = ['asked', 'pin', 'decided', 'over'];
const isAt = (stage: string, what: string) => stage.split(' ')[1] === what;
const lastOf = (stage: string) => stage.split(' ').at(-1);

const MOST_REVIEWERS = 5;
const MOST_PINS = 3;
/** How often the request can be heard: n8n would wait forever for somebody who keeps repeating it. */
const MOST_REPETITIONS = 5;
const KEY_SECS = 10;

const key = (label: string, description: string, start: string) =>
	text({ label, description, placeholder: `e.g. ${start}`, pattern: KEY_PATTERN });

const words = (label: string, description: string, placeholder: string) => ({
	...payload,
	label,
	description,
	placeholder: `e.g. ${placeholder}`,
});

const outputs = [{ name: 'Approved' }, { name: 'Declined' }, { name: 'No Decision' }] as const;

/** What every item without a decision has: nothing but a decision approves. */
const UNDECIDED = { approved: false, data: { approved: false } } as const;

type Then = NextOf<typeof outputs>;

export const askForApproval = step({
	name: 'Ask for Approval',
	action: 'Ask for approval by phone',
	description: 'Calls a person, reads a request out, and waits until they approve or decline it',
	makesCall: true,
	hidesEvent: true,
	fields: {
		to: texts({
			label: 'To',
			description:
				'The phone number of the person who decides. Of several, separated by commas, the next is called if one cannot be reached.',
			required: true,
			placeholder: 'e.g. +13125550123, +13125550124',
			...DESTINATION,
		}),
		...callingFrom,
		message: {
			...payload,
			label: 'Message',
			description: 'What is to be decided, as it is read out',
			required: true,
			placeholder: 'e.g. Ada Smith asks for a refund of 120 dollars.',
		},
		pin: text({
			label: 'PIN',
			description:
				'The digits that have to be entered to approve. Without one, everybody who answers the phone can approve.',
			onTop: true,
			// Without it, everybody could approve.
			noEmptyExpression: true,
			secret: true,
			placeholder: 'e.g. 4 to 12 digits',
			pattern: { matches: /^\d{4,12}$/, says: 'has to be 4 to 12 digits' },
		}),
		ring_secs: ringSecs,
		detects_machines: toggle({
			label: 'Hang Up on Answering Machines',
			description:
				'Whether to find out first if a machine has answered, which takes a few seconds. Without it a machine can hear the request, but not approve it.',
			start: true,
		}),
		approve_key: key('Key to Approve', 'The key that approves, 1 by default', '1'),
		decline_key: key('Key to Decline', 'The key that declines, 2 by default', '2'),
		repeat_key: key('Key to Repeat', 'The key to hear it again, 3 by default', '3'),
		keys_text: words(
			'Text About Keys',
			'What is said after the message about the keys',
			'Press 1 to approve, 2 to decline, or 3 to hear this again.',
		),
		pin_text: words('Text Before PIN', 'What is said to get the PIN', 'Please enter your PIN.'),
		wrong_pin_text: words(
			'Text After Wrong PIN',
			'What is said before the PIN is asked for again',
			'That PIN is wrong.',
		),
		approved_text: words(
			'Text After Approval',
			'What is said when it is approved',
			'Approved. Thank you, and goodbye.',
		),
		declined_text: words(
			'Text After Decline',
			'What is said when it is declined',
			'Declined. Thank you, and goodbye.',
		),
		voice: { ...voiceInOptions, description: 'The voice of all that is said' },
		language,
	},
	outputs,
	ifFails: { output: 'No Decision', json: UNDECIDED },
	replaces: ['approved', 'reviewer', 'data'],
	results: { approved: 'boolean', reviewer: 'string', reason: 'string' },
	check: (set, call) => [
		...sameKeys(set),
		...tooMany([set.to ?? []].flat().length),
		...tooLong(set, call?.tool !== undefined),
	],
	begin(set, { tool }) {
		const { to, from, connection_id, ring_secs, detects_machines = true, pin } = set;
		const { approve_key = '1', decline_key = '2', repeat_key = '3' } = set;
		const numbers = [to].flat();
		const about = aboutKeys(set);
		const most = LONGEST_SPOKEN - about.length - 1;
		const message = tool ? requestInWords(set.message, tool, most) : set.message;
		const request = `${message} ${about}`;
		const dials = numbers.map((number) => ({
			connection_id,
			from,
			to: number,
			timeout_secs: ring_secs,
			...(detects_machines && { answering_machine_detection: 'detect' }),
		}));
		const timesHeard = MOST_REPETITIONS + 2;
		const each =
			ring_secs +
			DETECTION_SECS +
			timesHeard * (secondsFor(request) + KEY_SECS) +
			(pin === undefined ? 0 : MOST_PINS * 60) +
			60;
		return {
			command: command(dial, dials[0]),
			wait: {
				success: ['call.answered', 'call.machine.detection.ended', 'call.gather.ended', SPOKEN],
				failure: [HANGUP],
				good_statuses: [],
			},
			seconds: each * numbers.length,
			atTimeout: 'No Decision',
			plan: {
				numbers,
				dials,
				detects_machines,
				request,
				...speech('', set),
				keys: { approve_key, decline_key, repeat_key },
				...(pin !== undefined && { pin }),
				texts: {
					pin: set.pin_text ?? 'Please enter your PIN.',
					wrong_pin: set.wrong_pin_text ?? 'That PIN is wrong.',
					approved: set.approved_text ?? 'Approved. Thank you, and goodbye.',
					declined: set.declined_text ?? 'Declined. Thank you, and goodbye.',
				},
			},
		};
	},
	next,
});

interface Keys {
	readonly approve_key?: string;
	readonly decline_key?: string;
	readonly repeat_key?: string;
	readonly keys_text?: string;
}

function sameKeys({ approve_key = '1', decline_key = '2', repeat_key = '3' }: Keys): string[] {
	const keys = [approve_key, decline_key, repeat_key];
	return new Set(keys).size < keys.length
		? ["'Key to Approve', 'Key to Decline' and 'Key to Repeat' have to be different keys"]
		: [];
}

const aboutKeys = ({
	approve_key = '1',
	decline_key = '2',
	repeat_key = '3',
	keys_text = `Press ${approve_key} to approve, ${decline_key} to decline, or ${repeat_key} to hear this again.`,
}: Keys): string => keys_text;

/** The characters that the values of a tool need at least: what is longer is cut short. */
const LEAST_ROOM = 200;

/** What is said of the keys follows the message in the same breath. */
function tooLong(
	{ message = '', ...set }: Keys & { readonly message?: string },
	isOfTool: boolean,
): string[] {
	const room = LONGEST_SPOKEN - aboutKeys(set).length - 1;
	if (room >= (isOfTool ? LEAST_ROOM : message.length)) return [];
	return isOfTool
		? ["'Text About Keys' leaves no room for what is to be decided"]
		: [
				`'Message' has ${message.length} characters, but only ${room} can be said before the text about the keys`,
			];
}

const tooMany = (count: number): string[] =>
	count > MOST_REVIEWERS
		? [`'To' has ${count} numbers, but ${MOST_REVIEWERS} people can be asked at most`]
		: [];

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, wait } = moment;
	const { call_control_id: about, result, digits, status } = event ? payloadOf(event) : {};
	const leg = String(about ?? '');
	if (stage === PAUSE) return withoutDetection(moment);
	const standing = moment.notes.decided as { stage: string; leg: string } | undefined;
	if (standing && (end.outcome === 'timeout' || type === HANGUP)) {
		return decided({ ...moment, stage: standing.stage }, standing.leg);
	}
	if (end.outcome === 'ended') return noDecision('the caller hung up', wait.new_legs);
	if (end.outcome === 'timeout') {
		return noDecision('nobody decided in time', wait.new_legs);
	}
	if (!event) return firstIsRefused(moment);
	switch (type) {
		case 'call.answered':
			moment.notes.answered = placeIn(stage);
			if (!plan.detects_machines) return { send: [readRequest(leg, moment, 1)] };
			moment.notes.detecting = { stage, leg };
			return { ...DETECTION };
		case 'call.machine.detection.ended':
			moment.notes.detecting = undefined;
			return MACHINES.includes(result)
				? { send: [endCall(leg, stage, 'machine')] }
				: { send: [readRequest(leg, moment, 1)] };
		case 'call.gather.ended':
			return status === CUT_OFF ? {} : afterKeys(leg, moment, status === 'valid' ? digits : '');
		case SPOKEN:
			return isAt(stage, DECIDED) ? decided(moment, leg) : {};
		case HANGUP:
			return isAt(stage, DECIDED) ? decided(moment, leg) : nextReviewer(moment);
		default:
			return undefined;
	}
}

/** Telnyx has not said who answered: a machine cannot approve, and a person would go on hearing nothing. */
function withoutDetection(moment: Moment): Then {
	const { stage, leg } = (moment.notes.detecting ?? {}) as { stage?: string; leg?: string };
	moment.notes.detecting = undefined;
	if (stage === undefined || leg === undefined) return {};
	return { send: [readRequest(leg, { ...moment, stage }, 1)] };
}

/** What the keys mean that were pressed, if any were. */
function afterKeys(leg: string, moment: Moment, digits: unknown): Then {
	const { stage, plan, notes } = moment;
	if (notes.decided) return {};
	const keys = plan.keys as Record<string, string>;
	const count = Number(lastOf(stage));
	if (isAt(stage, PIN)) {
		if (digits === plan.pin) return conclude(leg, moment, 'approved');
		return count < MOST_PINS
			? { send: [askForPin(leg, moment, count + 1)] }
			: { send: [endCall(leg, stage, 'wrong_pin')] };
	}
	if (!isAt(stage, ASKED)) return {};
	switch (digits) {
		case keys.approve_key:
			return plan.pin === undefined
				? conclude(leg, moment, 'approved')
				: { send: [askForPin(leg, moment, 1)] };
		case keys.decline_key:
			return conclude(leg, moment, 'declined');
		case keys.repeat_key:
			return count <= MOST_REPETITIONS
				? { send: [readRequest(leg, moment, count + 1)] }
				: { send: [endCall(leg, stage, 'no_key')] };
		default:
			return { send: [endCall(leg, stage, 'no_key')] };
	}
}

const readRequest = (leg: string, { stage, plan }: Moment, count: number): FurtherCommand => ({
	...command(gatherUsingSpeak, {
		...spokenTo(leg, plan, plan.request),
		valid_digits: Object.values(plan.keys as object).join(''),
		maximum_digits: 1,
		minimum_digits: 1,
		maximum_tries: 2,
		terminating_digit: '',
		timeout_millis: KEY_SECS * 1_000,
	}),
	stage: `${placeIn(stage)} ${ASKED} ${count}`,
});

function askForPin(leg: string, { stage, plan }: Moment, count: number): FurtherCommand {
	const { pin, wrong_pin: wrong } = plan.texts as Record<string, string>;
	const { length } = String(plan.pin);
	return {
		...command(gatherUsingSpeak, {
			...spokenTo(leg, plan, count === 1 ? pin : `${wrong} ${pin}`),
			maximum_digits: length,
			minimum_digits: length,
			maximum_tries: 1,
			timeout_millis: KEY_SECS * 1_000,
		}),
		stage: `${placeIn(stage)} ${PIN} ${count}`,
	};
}

/**
 * Says what was decided. From here on the decision stands: with the stage it comes back in every event of
 * the leg, also if they hang up before it was said.
 */
function conclude(leg: string, moment: Moment, decision: 'approved' | 'declined'): Then {
	const { stage, plan } = moment;
	const { [decision]: said } = plan.texts as Record<string, string>;
	const at = `${placeIn(stage)} ${DECIDED} ${decision}`;
	moment.notes.decided = { stage: at, leg };
	return {
		firstOf: [{ ...command(speak, spokenTo(leg, plan, said)), stage: at }],
		orElse: () => decided({ ...moment, stage: at }, leg),
	};
}

const spokenTo = (leg: string, { voice, language: spokenIn }: Moment['plan'], said: unknown) => ({
	call_control_id: leg,
	payload: said,
	voice,
	language: spokenIn,
});

/** @param why in the stage of the command, so that it is known when the call has ended */
const endCall = (leg: string, stage: string, why: string): FurtherCommand =>
	hangUpOn(leg, `${placeIn(stage)} ${OVER} ${why}`);

function decided({ stage, plan, wait }: Moment, leg: string): DoneOf<typeof outputs> {
	const decision = lastOf(stage);
	const approved = decision === 'approved';
	const { [placeIn(stage)]: reviewer } = plan.numbers as string[];
	return {
		output: approved ? 'Approved' : 'Declined',
		json: { outcome: decision, approved, reviewer, call_control_id: leg, data: { approved } },
		// A decision may come later than the hangup, when the next person is being called already.
		send: [...new Set([leg, ...wait.new_legs])].map((one) => endCall(one, stage, 'decided')),
	};
}

/** Why the current one did not decide, by the stage at which their call ended. */
const REASONS: Readonly<Record<string, string>> = {
	machine: 'a machine answered',
	wrong_pin: 'the PIN was wrong',
	no_key: 'no key was pressed',
};

function whyUndecided({ stage, event, notes }: Moment): string {
	if (isAt(stage, OVER)) return REASONS[String(lastOf(stage))] ?? 'the call ended';
	const hasAnswered = notes.answered === placeIn(stage);
	if (hasAnswered || isAt(stage, ASKED) || isAt(stage, PIN))
		return 'they hung up without a decision';
	const { reason, details = {} } = whyUnanswered(event ? payloadOf(event) : {});
	if (typeof details.message === 'string') return details.message;
	return UNREACHED[reason] ?? failed(details);
}

const UNREACHED: Readonly<Record<string, string>> = {
	busy: 'the line was busy',
	declined: 'the call was declined',
	no_answer: 'no answer',
};

const failed = ({ hangup_cause: cause }: IDataObject): string =>
	`the call failed${cause ? ` (${String(cause)})` : ''}`;

function nextReviewer(moment: Moment): Then {
	const { numbers } = moment.plan as { numbers?: string[] };
	const place = placeIn(moment.stage);
	moment.notes.detecting = undefined;
	const why = `${(numbers ?? [])[place]}: ${whyUndecided(moment)}`;
	moment.notes.reasons = [...((moment.notes.reasons as string[] | undefined) ?? []), why];
	return dialFrom(place + 1, moment);
}

/** Telnyx does not dial the first number. Where there is no other, that is the node's error. */
function firstIsRefused(moment: Moment): Then | undefined {
	const { numbers } = moment.plan as { numbers?: string[] };
	const [first, ...others] = numbers ?? [];
	if (others.length === 0) return undefined;
	moment.notes.reasons = [`${first}: ${moment.end.reason}`];
	return dialFrom(1, moment);
}

function dialFrom(place: number, { plan, notes }: Moment): Then {
	const reasons = (notes.reasons as string[] | undefined) ?? [];
	const numbers = (plan.numbers as string[]).slice(place);
	return {
		firstOf: dialsFrom(place, plan),
		orElse: (refusals) => {
			const others = refusals.map((refusal, index) => `${numbers[index]}: ${refusal}`);
			return noDecision([...reasons, ...others].join('; ') || 'no answer', []);
		},
	};
}

const noDecision = (reason: string, legs: readonly string[]): DoneOf<typeof outputs> => ({
	output: 'No Decision',
	json: {
		outcome: 'no_decision',
		...UNDECIDED,
		reason,
		data: { ...UNDECIDED.data, chatInput: `Nobody decided by phone: ${reason}` },
	},
	send: legs.map((leg) => endCall(leg, '', 'timeout')),
});
