/** Groups of digits with one character between them: no phone number with a plus, and no part of an ID. */
const GROUPS = /(?<![\w+-])\d+(?:[ .\u00a0\u202f-]\d+)*(?![\w-])/g;

const FEWEST_DIGITS = 13;
const MOST_DIGITS = 19;
/** No phone number is as long (ITU-T E.164: 15 digits at most). */
const LONGER_THAN_PHONE_NUMBERS = 16;

/** Leaves out the numbers of payment cards (ISO/IEC 7812), however their digits are grouped. */
export const withoutCards = (text: string): string => text.replace(GROUPS, withoutCardsIn);

/** The longest card that starts with a group is left out, and the search goes on after it. */
function withoutCardsIn(groups: string): string {
	const parts = groups.split(/(\D)/);
	const kept: string[] = [];
	for (let start = 0; start < parts.length; start += 1) {
		const end = endOfCard(parts, start);
		kept.push(end === undefined ? parts[start] : '…');
		start = end ?? start;
	}
	return kept.join('');
}

/** @returns the place of the card's last group */
function endOfCard(parts: readonly string[], start: number): number | undefined {
	let digits = '';
	let end: number | undefined;
	for (let at = start; at < parts.length && digits.length <= MOST_DIGITS; at += 2) {
		digits += parts[at];
		if (isCard(digits)) end = at;
	}
	return end;
}

/** Mastercard's second range. Telnyx's IDs that begin with 2 are longer. */
const OF_16_DIGITS = /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)/;

function isCard(digits: string): boolean {
	const { length } = digits;
	if (length < FEWEST_DIGITS || length > MOST_DIGITS) return false;
	if (!/^[3-6]/.test(digits) && !(length === 16 && OF_16_DIGITS.test(digits))) return false;
	// UnionPay issues some without a check digit.
	const mayLackCheck = digits.startsWith('62') && length >= LONGER_THAN_PHONE_NUMBERS;
	return mayLackCheck || hasCheckDigit(digits);
}

/** Luhn's formula. */
function hasCheckDigit(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}
