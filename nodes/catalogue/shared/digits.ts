import { integer, text } from '../schema/field';

const DIGITS = '0-9, * and #';

/** When waiting for the next digit ends. */
export const interDigitTimeout = integer({
	label: 'Next Digit Timeout (Milliseconds)',
	description: 'How long to wait between two digits. Telnyx waits 5,000 unless you say so.',
	min: 1,
	max: 120_000,
	start: 5000,
});

/** How often the prompt is heard. */
export const maximumTries = integer({
	label: 'Maximum Tries',
	description:
		'How often the prompt is heard if nothing is pressed. Telnyx tries 3 times unless you say so.',
	min: 1,
	max: 128,
	start: 3,
});

/** How many digits there can be, and which. What all commands that collect digits have. */
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
			'The key that says that all digits are entered. Leave it empty for none, so that # is a digit like any other.',
		start: '#',
		mayBeEmpty: true,
		pattern: { matches: /^[0-9*#]?$/, says: `has to be one of ${DIGITS}, or empty` },
	}),
	valid_digits: text({
		label: 'Valid Digits',
		description: 'The keys that count. Telnyx takes 0123456789#* unless you say so.',
		placeholder: 'e.g. 123',
		pattern: { matches: /^[0-9*#]+$/, says: `may only hold ${DIGITS}` },
	}),
} as const;

/** When waiting for digits after the prompt ends. */
export const promptTimeout = integer({
	label: 'Timeout (Milliseconds)',
	description:
		'How long to wait for a key after the prompt, before it is heard again. Telnyx waits 60,000 unless you say so.',
	min: 0,
	start: 60000,
});

/** What follows every command that collects digits. */
export const digitEvents = {
	success: ['call.gather.ended'],
	failure: [],
	goodStatuses: ['valid', 'invalid', 'timeout'],
	others: ['call.dtmf.received'],
} as const;
