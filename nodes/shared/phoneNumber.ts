import { invisibleIn } from './invisible';

/** Blanks, brackets, dots at any height, slashes, hyphens of all kinds and the minus sign. */
const BETWEEN = String.raw`\s()[\]./·•∙\p{Pd}\u2212`;

/** Digits, what people write between them, and `*` for any digits. */
const WRITTEN = new RegExp(String.raw`^[+\d*${BETWEEN}]*\d[+\d*${BETWEEN}]*$`, 'u');

const WITH_COUNTRY_CODE = /^\+[1-9][0-9]{1,14}$/;

/**
 * The digits of a phone number, with its plus and the `*` of a filter, however it is written.
 * @returns undefined for anything else
 */
export function digitsOf(written: string): string | undefined {
	const text = written.normalize('NFKC').trim().replace(/^tel:/i, '');
	if (!WRITTEN.test(text)) return undefined;
	// The zero that people write for calls within the country.
	const bare = text.replace(/[([]\s*0\s*[)\]]/, '').replace(/[^+\d*]/g, '');
	return bare.startsWith('00') ? `+${bare.slice(2)}` : bare;
}

/**
 * A phone number or SIP URI as Telnyx takes it, such as +13125550100, however it is written. Anything else
 * stays as it is, and so does a number without a country code: codes differ from country to country, and a wrong
 * guess would call a stranger.
 */
export function asPhoneNumber(written: string): string {
	const digits = invisibleIn(written) === undefined ? digitsOf(written) : undefined;
	if (digits !== undefined && WITH_COUNTRY_CODE.test(digits)) return digits;
	// The keyboards of phones capitalise the first letter: `Sip:`.
	return written.replace(/^sips?:/i, (scheme) => scheme.toLowerCase());
}
