import { BEGINNING, digitsOf, PHONE_NUMBER, WRONG_NUMBERS } from '../../shared/phoneNumber';
import { plain, type Filters } from './parameters';

/** Filters for numbers or SIP addresses, and fields of the payload. */
export const NUMBERS = ['from', 'to'] as const;

/** The patterns of a filter, which commas separate. */
export const listed = (patterns: unknown): string[] => plain(patterns).split(',').map(plain);

/** Whether a filter holds nothing but commas: it is set, but no event meets it. */
export const hasCommasOnly = (patterns: unknown): boolean =>
	plain(patterns) !== '' && listed(patterns).every((pattern) => pattern === '');

/** Of an extension or a short number, which have no country code. */
const MOST_SHORT_DIGITS = 6;
/** Of a number with country code and without plus. Shorter ones may as well lack the country code. */
const LEAST_LONG_DIGITS = 11;

/** A whole number: none is shorter with its country code. */
const WHOLE = new RegExp(String.raw`^(?=\+\d{7})${PHONE_NUMBER}$`);
const WITH_STARS = new RegExp(String.raw`^(?:${BEGINNING})?(?:\*\d{0,15})+$`);

const canMatch = (pattern: string): boolean => WHOLE.test(pattern) || WITH_STARS.test(pattern);

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

/** Stars for any number or any address: `+*` has a plus in front. */
const FOR_ANY = /^\+?\*+$|^(?=[^@]*@[^@]*$)(?=.*\*)/;

/** What is left of a number or an address that was never filled in. */
const hasNoContent = (text: string): boolean =>
	text !== '' &&
	!FOR_ANY.test(text.replace(/^sips?:/i, '')) &&
	!/[\p{L}\p{N}]/u.test(text.replace(/^(?:sips?|tel|callto):/i, ''));

/** A SIP address with its scheme and its host in lower case: capitals mean nothing there. */
export const asSipAddress = (text: string): string =>
	text
		.replace(/^sips?:/i, (scheme) => scheme.toLowerCase())
		.replace(/@[^@]*$/, (host) => host.toLowerCase());

/**
 * A pattern of a filter as it is compared: a number in Telnyx's form with plus and without blanks, however
 * it is written; anything else without invisible characters.
 * @returns undefined for a number that no number of an event can equal: without a country code, with an
 * extension, two in one, or only the beginning of one. Nor can one equal what has no digits, such as `+`
 */
export function numberPattern(written: string): string | undefined {
	const text = plain(written.normalize('NFKC'));
	if (hasNoContent(text)) return undefined;
	const bare = digitsOf(text);
	if (bare === undefined) return meansNumber(text) ? undefined : asSipAddress(text);
	if (/^[+*]/.test(bare)) return canMatch(bare) ? bare : undefined;
	if (bare.includes('+')) return undefined;
	const digits = bare.replace(/\*/g, '').length;
	const isPlain = bare === text;
	if (isPlain && (digits <= MOST_SHORT_DIGITS || bare.includes('*'))) return bare;
	return digits >= LEAST_LONG_DIGITS && canMatch(`+${bare}`) ? `+${bare}` : undefined;
}

/** A number in a filter that no event can have. */
interface ImpossibleNumber {
	/** The name of the filter. */
	readonly field: 'From' | 'To';
	readonly number: string;
	/** What is wrong with it, if that is known. */
	readonly why?: string;
}

/** The numbers in the filters that no event can have. */
export const impossibleNumbers = (filters: Filters): ImpossibleNumber[] =>
	NUMBERS.flatMap((name) =>
		listed(filters[name])
			.filter((written) => numberPattern(written) === undefined)
			.map((number) => ({
				field: name === 'from' ? 'From' : 'To',
				number,
				why: WRONG_NUMBERS.find(({ matches }) => matches.test(number))?.says,
			})),
	);
