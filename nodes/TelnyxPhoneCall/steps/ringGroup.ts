import { gatherUsingSpeak } from '../../catalogue/input/gatherUsingSpeak';
import { choice, texts, toggle } from '../../catalogue/schema/field';
import { DESTINATION } from '../../catalogue/shared/sipOptions';
import { payload } from '../../catalogue/shared/voice';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { refusedIn } from '../../waiting/answers';
import { PAUSE } from '../../waiting/behavior';
import { HANGUP } from '../../waiting/outcome';
import {
	connect,
	dialFor,
	unknownForDialing,
	endLegs,
	ofDialing,
	shownNumber,
	startMusic,
	stopMusic,
	waitForDialed,
} from './dialing';
import { dialsFrom, placeIn } from './places';
import { command, ringSecs, secondsIf, speech, speechIf } from './shared';
import {
	HUNG_UP,
	SPOKEN,
	step,
	UNANSWERED,
	type DoneOf,
	type Moment,
	type NextOf,
	type Speech,
	type StepCommand,
} from './step';

/** The end of the name of a stage in which a person is asked for a key. Their place comes first. */
const ASKED = ' asked';
/** How long they have for it, in seconds. */
const KEY_SECS = 10;
const MOST_NUMBERS = 20;
/** How much later than that of the caller the events of the other legs may come: enough for Telnyx to repeat one. */
const LATEST_EVENT_MS = 5_000;

const outputs = [{ name: 'Connected' }, UNANSWERED, HUNG_UP] as const;

type Then = NextOf<typeof outputs>;

export const ringGroup = step({
	name: 'Ring Group',
	action: 'Ring group',
	description: 'Calls several people, and connects the caller with the first who answers',
	fields: {
		to: texts({
			label: 'To',
			description: 'The phone numbers with country codes, or SIP URIs, separated by commas',
			required: true,
			placeholder: 'e.g. +13125550123, +13125550124',
			...DESTINATION,
		}),
		from: shownNumber,
		order: choice({
			label: 'Order',
			description: 'Who is called when',
			onTop: true,
			choices: {
				all: { name: 'All at Once', description: 'The others stop ringing when one has answered' },
				each: { name: 'One After the Other', description: 'In the order of the numbers' },
			},
			start: 'all',
		}),
		ring_secs: ringSecs,
		asks_key: toggle({
			label: 'Accept with Key 1',
			description:
				'Whether whoever answers has to press 1 to take the call, so that voicemail does not take it',
			onTop: true,
			start: false,
		}),
		accept_text: {
			...payload,
			label: 'Text Before Key',
			description: 'What they are told, if they have to press 1',
			placeholder: 'e.g. A call from the shop. Press 1 to take it.',
		},
		...ofDialing('The voice that speaks to either of them'),
	},
	outputs,
	ifFails: { output: UNANSWERED.name },
	results: { other_call_control_id: 'string' },
	check: (set, call) => [
		...tooMany([set.to ?? []].flat().length),
		...(call ? unknownForDialing(call, set) : []),
	],
	begin(set, call) {
		const { to, from, order, ring_secs, asks_key, connection_id } = set;
		const { accept_text = 'There is a call for you. Press 1 to take it.' } = set;
		const { hold_music_url: music, goodbye } = set;
		const numbers = [to].flat();
		const isAll = order === 'all';
		const dialTo = (number: string): StepCommand =>
			dialFor(call, { to: number, from, connection_id, ring_secs, connects: !asks_key });
		const dials = numbers.map(dialTo);
		const [first, ...others] = dials;
		const each = ring_secs + (asks_key ? 2 * KEY_SECS + 20 : 0) + 10;
		return {
			command: first,
			followedBy: [
				...(isAll
					? others.map((one, index) => ({ ...one, stage: `${index + 1}`, mayFail: true }))
					: []),
				...startMusic(call.id, music),
			],
			wait: waitForDialed(call, ['call.gather.ended', ...(goodbye ? [SPOKEN] : [])]),
			seconds: (isAll ? each : each * numbers.length) + 20 + secondsIf(goodbye),
			atTimeout: UNANSWERED.name,
			plan: {
				asks_key,
				is_all: isAll,
				numbers,
				dials: dials.map(({ values }) => values),
				...speech(accept_text, set),
				goodbye: speechIf(goodbye, set),
				...(music !== undefined && { music }),
			},
		};
	},
	next,
	ifCutShort: ({ call_control_id: caller, plan }) => stopMusic(caller, plan.music),
});

const tooMany = (count: number): string[] =>
	count > MOST_NUMBERS
		? [`'To' has ${count} numbers, but a ring group can have ${MOST_NUMBERS} at most`]
		: [];

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, wait, notes } = moment;
	const caller = wait.call_control_id;
	if (end.outcome === 'ended') return undefined;
	if (stage === PAUSE) return isNobodyLeft(moment) ? unanswered(moment) : ifOneTaker(moment);
	if (end.outcome === 'timeout') {
		return notes.is_connected ? connected(moment, onlyTaker(notes)) : unanswered(moment);
	}
	const { call_control_id: about, status, digits } = event ? payloadOf(event) : {};
	const leg = String(about ?? '');
	if (type !== HANGUP && leftIn(notes).includes(leg)) return whileUnsettled(notes);
	if (!event && end.outcome === 'failure') return firstIsRefused(moment);
	switch (type) {
		case 'call.answered':
			if (leg === caller) return {};
			if (plan.asks_key) return { send: [askForKey(leg, plan, stage)] };
			noteTaker(notes, leg);
			return whileUnsettled(notes);
		case 'call.gather.ended':
			if (!stage.endsWith(ASKED)) return {};
			return onKey(moment, leg, status === 'valid' && digits === '1');
		case 'call.bridged':
			return leg === caller ? callerIsConnected(moment) : connected(moment, leg);
		case HANGUP:
			notes.left = [...leftIn(notes), leg];
			notes.takers = takersIn(notes).filter((one) => one !== leg);
			return oneIsGone(moment);
		default:
			return undefined;
	}
}

/** Whoever presses 1 is connected. If somebody else was faster, they would hear nothing. */
function onKey({ stage, wait, notes }: Moment, leg: string, accepts: boolean): Then {
	const over = endLegs([leg], `${placeIn(stage)} over`);
	if (!accepts) return { send: over };
	noteTaker(notes, leg);
	const connects = connect(wait.call_control_id, leg, `${placeIn(stage)} connect`);
	return {
		...whileUnsettled(notes),
		send: [{ ...connects, mayFail: true, ifRefused: over }],
	};
}

/** Notes somebody who wants the call. Telnyx connects only one of several. */
function noteTaker(notes: Moment['notes'], leg: string): void {
	notes.takers = [...takersIn(notes), leg];
}

const takersIn = ({ takers }: Moment['notes']): string[] => (takers as string[] | undefined) ?? [];

/** Legs that are over. Their earlier events may come late. */
const leftIn = ({ left }: Moment['notes']): string[] => (left as string[] | undefined) ?? [];

/** Who is connected when the caller is, as far as this process knows. */
function onlyTaker(notes: Moment['notes']): string | undefined {
	const [taker, ...others] = takersIn(notes);
	return others.length === 0 ? taker : undefined;
}

/**
 * The caller's own event does not say with whom, and may come before the answer of that person. The event of
 * their own leg says it, so nobody is hung up on until then.
 */
function callerIsConnected(moment: Moment): Then {
	const { plan, wait, notes } = moment;
	notes.is_connected = true;
	const taker = onlyTaker(notes);
	return {
		wakeUpAloneMs: LATEST_EVENT_MS,
		...(taker !== undefined && { ifNotAlone: connected(moment, taker) }),
		send: stopMusic(wait.call_control_id, plan.music),
	};
}

/** Other processes may know of more people who want the call, so only a process on its own may decide. */
const whileUnsettled = ({ is_connected }: Moment['notes']): Then =>
	is_connected ? { wakeUpAloneMs: LATEST_EVENT_MS } : {};

/** Telnyx hangs up on those who answer too late, so whoever is left is connected. */
function ifOneTaker(moment: Moment): Then {
	const { notes } = moment;
	const taker = onlyTaker(notes);
	return notes.is_connected && taker !== undefined ? connected(moment, taker) : {};
}

/** @param winner undefined if it may be any of several, none of whom can be hung up on then */
function connected(
	{ plan, wait, notes }: Moment,
	winner: string | undefined,
): DoneOf<typeof outputs> {
	const others = winner === undefined ? [] : wait.new_legs.filter((one) => one !== winner);
	return {
		output: 'Connected',
		json: {
			outcome: 'connected',
			...(winner !== undefined && { other_call_control_id: winner }),
		},
		send: [
			// It plays until the caller is connected: whoever has answered may hang up before that.
			...(notes.is_connected ? [] : stopMusic(wait.call_control_id, plan.music)),
			...endLegs(others),
		],
	};
}

/** A phone that rang, or whose owner did not want the call, is gone: the next one's turn, or nobody's. */
function oneIsGone(moment: Moment): Then {
	const { stage, plan, notes } = moment;
	const place = placeIn(stage);
	notes.gone = [...goneIn(notes), place];
	if (plan.is_all) return isNobodyLeft(moment) ? unanswered(moment) : whileUnsettled(notes);
	notes.is_connected = false;
	return { firstOf: dialsFrom(place + 1, plan), orElse: () => unanswered(moment) };
}

/** The places of those who did not take the call, and of those whom Telnyx did not dial. */
const goneIn = (notes: Moment['notes']): number[] => [
	...new Set([...((notes.gone as number[] | undefined) ?? []), ...refusedIn(notes).map(placeIn)]),
];

/** Telnyx may refuse the last number after all others are gone. */
const isNobodyLeft = ({ plan, notes }: Moment): boolean =>
	plan.is_all === true && goneIn(notes).length >= (plan.numbers as string[]).length;

/** Telnyx does not dial the first number, and has been sent nothing else. */
function firstIsRefused(moment: Moment): Then | undefined {
	const { plan, wait, notes } = moment;
	const dials = dialsFrom(1, plan);
	if (dials.length === 0) return undefined;
	notes.gone = [0];
	return {
		send: startMusic(wait.call_control_id, plan.music as string | undefined),
		[plan.is_all ? 'anyOf' : 'firstOf']: dials,
		orElse: () => unanswered(moment),
	};
}

const unanswered = ({ plan, wait }: Moment): DoneOf<typeof outputs> => ({
	output: UNANSWERED.name,
	json: { outcome: 'unanswered' },
	send: [...endLegs(wait.new_legs), ...stopMusic(wait.call_control_id, plan.music)],
	lastWords: plan.goodbye as Speech | undefined,
	hangsUp: plan.goodbye !== undefined,
});

const askForKey = (leg: string, plan: Moment['plan'], stage: string) => ({
	...command(gatherUsingSpeak, {
		call_control_id: leg,
		payload: plan.payload,
		voice: plan.voice,
		language: plan.language,
		valid_digits: '1',
		maximum_digits: 1,
		minimum_digits: 1,
		maximum_tries: 2,
		terminating_digit: '',
		timeout_millis: KEY_SECS * 1_000,
	}),
	stage: `${placeIn(stage)}${ASKED}`,
});
