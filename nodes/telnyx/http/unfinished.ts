import { NotSentFailure, TelnyxFailure } from './failure';

interface Tries {
	readonly count: number;
	/** From the first to the end of the last. */
	readonly seconds: number;
	/** Whether Telnyx may have carried out an earlier one. */
	readonly earlierOutcomeUnknown: boolean;
	/** Whether the last try said nothing about that. */
	readonly staysUnknown: boolean;
}

/** The same failure, saying how often it was tried, if more than once. */
export function afterTries(
	{ message, description, details, httpCode, outcomeUnknown }: TelnyxFailure,
	{ count, seconds, earlierOutcomeUnknown, staysUnknown }: Tries,
): TelnyxFailure {
	const said = count > 1 ? ` Tried ${count} times within ${inSeconds(seconds)}.` : '';
	return new TelnyxFailure({
		happened: message,
		description: description + said,
		details: { ...details, tries: count },
		httpCode,
		outcomeUnknown: outcomeUnknown || staysUnknown,
		earlierOutcomeUnknown,
	});
}

const inSeconds = (seconds: number) => (seconds === 1 ? '1 second' : `${seconds} seconds`);

/** An earlier run of the node got no clear reply, and repeating the command could carry it out twice. */
export function notRepeated(): TelnyxFailure {
	const todo = 'Look whether it took effect, and run the workflow again if it did not.';
	return new TelnyxFailure({
		happened: 'It is not known whether Telnyx carried the command out',
		description: `${todo} The command was not sent again: Telnyx would not recognize the repetition.`,
		details: { todo },
		httpCode: 'none',
		outcomeUnknown: true,
	});
}

/**
 * Telnyx asks for a longer wait than the user allows.
 * @param outcomeUnknown whether Telnyx may have carried out an earlier try
 */
export function rateLimited(seconds: number, outcomeUnknown: boolean): NotSentFailure {
	const todo = outcomeUnknown
		? 'This was not sent again, and it is not known whether an earlier try was carried out. Look whether it took effect before you run it again.'
		: 'This was not sent, so it is safe to run it again after that.';
	return new NotSentFailure({
		happened: `Telnyx asks to wait ${inSeconds(seconds)}`,
		description: `${todo} It is longer than 'Longest Wait (Seconds)' in 'Request Options' allows. 'Commands per Second' keeps the node from getting there.`,
		details: { todo, retry_after_seconds: seconds },
		httpCode: '429',
		outcomeUnknown,
	});
}
