import { invisibleIn } from './invisible';

/** Blanks, brackets, dots at any height, slashes, hyphens of all kinds and the minus sign. */
const BETWEEN = String.raw`\s()[\]./·•∙\p{Pd}\u2212`;

/** Digits, what people write between them, and `*` for any digits. */
const WRITTEN = new RegExp(String.raw`^[+\d*${BETWEEN}]*\d[+\d*${BETWEEN}]*$`, 'u');

/** Country codes after which numbers may begin with 0, as in Italy. */
const KEEP_ZERO = '39|225|226|227|229|241|242|247|378|379|992';

/** Some of the country codes after which no number begins with 0. */
const NEVER_ZERO = [
	...['27', '31', '32', '33', '34', '353', '40', '41', '420', '43', '44', '46', '48', '49'],
	...['61', '64', '86', '90', '91'],
];

const WRONG_ZERO = NEVER_ZERO.map((code) => `${code}0`).join('|');

/** The source of a regular expression for a number that can exist (ITU-T E.164), in Telnyx's form. */
export const PHONE_NUMBER = String.raw`\+(?!${WRONG_ZERO})(?:1[2-9][0-9]{9}|[2-9][0-9]{1,14})`;

/** The same for what may stand in front of a `*`. */
export const BEGINNING = String.raw`\+(?!${WRONG_ZERO})(?:1(?:[2-9][0-9]{0,9})?|[2-9][0-9]{0,14})?`;

/** What else to say of a number that cannot exist, or of which it is not certain. The first that matches counts. */
export const WRONG_NUMBERS = [
	{ matches: /^\+1\P{L}*$/u, says: 'After +1 come exactly 10 digits, the first from 2 to 9' },
	{
		matches: /[([]\s*0\s*[)\]]/,
		says: 'In some countries a 0 in brackets belongs to the number: write it without the brackets, or leave it out',
	},
	{
		matches: new RegExp(`^\\+(?:${NEVER_ZERO.join('|')})\\D*0`),
		says: 'Leave out the 0 after the country code',
	},
	{ matches: /\/\D*\d/, says: 'Give one number only: a slash may begin a second one' },
];

const POSSIBLE = new RegExp(`^${PHONE_NUMBER}$`);

/** Stands for a zero in brackets, which people write for calls within the country. */
const ZERO = 'o';
const LOCAL_ZERO = new RegExp(String.raw`^(\+?(?!${KEEP_ZERO})\d{1,3}/?)${ZERO}`);

/**
 * A few digits after a slash and a long group, with more digits before them than country code and area code
 * have: perhaps the end of a second number.
 */
const SHORT_FOR_ANOTHER = /^(?=(?:\D*\d){8,}\/\d+$).*\d{5}\/\d{1,4}$/;

/**
 * The digits of a phone number, with its plus and the `*` of a filter, however it is written.
 * @returns undefined for anything else, and where it is not certain which digits belong to the number
 */
export function digitsOf(written: string): string | undefined {
	const text = written.normalize('NFKC').trim().replace(/^tel:/i, '');
	if (!WRITTEN.test(text)) return undefined;
	const bare = text
		.replace(/[([]\s*0\s*[)\]]/g, ZERO)
		.replace(/[^+\d*/o]/g, '')
		.replace(/^00/, '+')
		.replace(LOCAL_ZERO, '$1');
	if (bare.includes(ZERO) || SHORT_FOR_ANOTHER.test(bare)) return undefined;
	return bare.replaceAll('/', '');
}

/**
 * A phone number or SIP URI as Telnyx takes it, such as +13125550100, however it is written. Anything else
 * stays as it is, and so does a number that cannot exist, or one without a country code: codes differ from
 * country to country, and a wrong guess would call a stranger.
 */
export function asPhoneNumber(written: string): string {
	const digits = invisibleIn(written) === undefined ? digitsOf(written) : undefined;
	if (digits !== undefined && POSSIBLE.test(digits)) return digits;
	// The keyboards of phones capitalise the first letter: `Sip:`.
	return written.replace(/^sips?:/i, (scheme) => scheme.toLowerCase());
}
