import { withoutInvisible } from '../../shared/invisible';
import { digitsOf } from '../../shared/phoneNumber';
import type { Filters } from './parameters';

/** Filters for numbers or SIP addresses, and fields of the payload. */
export const NUMBERS = ['from', 'to'] as const;

/** The patterns of a filter, which commas separate. */
export const listed = (patterns: unknown): string[] =>
	String(patterns ?? '')
		.split(',')
		.map((pattern) => pattern.trim());

/** Of an extension or a short number, which have no country code. */
const MOST_SHORT_DIGITS = 6;
/** Of a number with country code and without plus. Shorter ones may as well lack the country code. */
const LEAST_LONG_DIGITS = 11;

/** Country codes do not begin with 0, and no number has more than 15 digits (ITU-T E.164). */
const INTERNATIONAL = /^(?:\+(?:[1-9]\d{0,14})?)?(?:\*\d{0,15})*$/;

/** What only numbers begin with, those with a word for their last digits included: 1-800-FLOWERS. */
const BEGINS_AS_NUMBER =
	/^(?:\+|tel:|callto:|1[\s.-]\(?\d{3}\)?[\s.-]|1?[\s.-]?\(?8(?:00|33|44|55|66|77|88)\)?[\s.-])/i;
/** Of a number with something written beside it, such as an extension. */
const LEAST_DIGITS_BESIDE = 7;

/** No name and no address: without letters, or with more digits than a name has. */
function meansNumber(text: string): boolean {
	const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
	if (digits === 0 || text.includes('@')) return false;
	// Names of SIP users have no blanks and brackets, and mostly begin with a letter.
	const isAmongWords = /^\d|[\s()<>":]/.test(text) && !/^sips?:/i.test(text);
	return (
		!/\p{L}/u.test(text) ||
		BEGINS_AS_NUMBER.test(text) ||
		(isAmongWords && digits >= LEAST_DIGITS_BESIDE)
	);
}

/**
 * A pattern of a filter as it is compared: a number in Telnyx's form with plus and without blanks, however
 * it is written; anything else without invisible characters.
 * @returns undefined for a number that no number of an event can equal: without a country code, with an
 * extension, or two in one
 */
export function numberPattern(written: string): string | undefined {
	const text = withoutInvisible(written.normalize('NFKC')).trim();
	const bare = digitsOf(text);
	if (bare === undefined) return meansNumber(text) ? undefined : text;
	if (/^[+*]/.test(bare)) return INTERNATIONAL.test(bare) ? bare : undefined;
	if (bare.includes('+')) return undefined;
	const digits = bare.replace(/\*/g, '').length;
	const isPlain = bare === text;
	if (isPlain && (digits <= MOST_SHORT_DIGITS || bare.includes('*'))) return bare;
	return digits >= LEAST_LONG_DIGITS && !bare.startsWith('0') ? `+${bare}` : undefined;
}

/** The numbers in the filters that no event can have, with the name of the field. */
export const impossibleNumbers = (
	filters: Filters,
): Array<{ field: 'From' | 'To'; number: string }> =>
	NUMBERS.flatMap((name) =>
		listed(filters[name])
			.filter((written) => numberPattern(written) === undefined)
			.map((number) => ({ field: name === 'from' ? 'From' : 'To', number })),
	);
