import { integer, text } from '../schema/field';

const DIGITS = '0-9, * and #';

/** The longest pause between two digits. */
export const interDigitTimeout = integer({
	label: 'Next Digit Timeout (Milliseconds)',
	description: 'How long to wait between two digits. By default, Telnyx waits 5,000.',
	min: 1,
	max: 120_000,
	start: 5000,
});

/** How many times the prompt is played. */
export const maximumTries = integer({
	label: 'Maximum Tries',
	description:
		'How many times the prompt is played if no key is pressed. By default, Telnyx tries 3 times.',
	min: 1,
	max: 128,
	start: 3,
});

/** The number of digits and which are valid: fields of all commands that collect digits. */
export const digits = {
	inter_digit_timeout_millis: interDigitTimeout,
	maximum_digits: integer({
		label: 'Maximum Digits',
		description:
			'How many digits are collected at most, up to 128. With 1, a single key is enough.',
		min: 1,
		max: 128,
		start: 128,
	}),
	minimum_digits: integer({
		label: 'Minimum Digits',
		description: 'How many digits are needed at least, up to 128',
		min: 1,
		max: 128,
		start: 1,
		noMoreThan: 'maximum_digits',
	}),
	terminating_digit: text({
		label: 'Terminating Digit',
		description:
			'The key that ends the entry. Leave it empty for none, so that # is a digit like any other.',
		start: '#',
		mayBeEmpty: true,
		pattern: { matches: /^[0-9*#]?$/, says: `has to be one of ${DIGITS}, or empty` },
	}),
	valid_digits: text({
		label: 'Valid Digits',
		description: 'The keys that are accepted. By default, Telnyx takes 0123456789#*.',
		placeholder: 'e.g. 123',
		pattern: { matches: /^[0-9*#]+$/, says: `may only hold ${DIGITS}` },
	}),
} as const;

/** How long to wait for digits after the prompt. */
export const promptTimeout = integer({
	label: 'Timeout (Milliseconds)',
	description:
		'How long to wait for a key after the prompt, before it is heard again. By default, Telnyx waits 60,000.',
	min: 1,
	start: 60000,
});

/** The events of every command that collects digits. */
export const digitEvents = {
	success: ['call.gather.ended'],
	failure: [],
	goodStatuses: ['valid', 'invalid', 'timeout'],
	others: ['call.dtmf.received'],
} as const;
