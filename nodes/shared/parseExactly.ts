/** JavaScript holds any number with up to this many digits exactly. */
const EXACT_DIGITS = 15;

/**
 * Parses JSON like `JSON.parse`, but numbers that JavaScript cannot hold with all their digits become
 * text.
 * @throws SyntaxError
 */
export function parseExactly(json: string): unknown {
	const value: unknown = JSON.parse(json);
	return losesDigits(json) ? JSON.parse(quoteInexactNumbers(json)) : value;
}

/**
 * Whether JSON has a number that JavaScript cannot hold with all its digits.
 * @param json valid JSON
 */
export const losesDigits = (json: string): boolean =>
	// A look at the text first: hardly any has such numbers.
	/\d[\d.]{15}|\d[eE]/.test(json) && quoteInexactNumbers(json) !== json;

/** @param json valid JSON */
function quoteInexactNumbers(json: string): string {
	const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
	const parts: string[] = [];
	let position = 0;
	let copied = 0;
	while (position < json.length) {
		number.lastIndex = position;
		if (json[position] === '"') {
			position = endOfString(json, position);
		} else if (number.test(json)) {
			const text = json.slice(position, number.lastIndex);
			if (!isExact(text)) {
				parts.push(json.slice(copied, position), `"${text}"`);
				copied = number.lastIndex;
			}
			position = number.lastIndex;
		} else {
			position += 1;
		}
	}
	return [...parts, json.slice(copied)].join('');
}

/** The position after the string that starts here. */
function endOfString(json: string, start: number): number {
	let position = start + 1;
	while (json[position] !== '"') position += json[position] === '\\' ? 2 : 1;
	return position + 1;
}

function isExact(text: string): boolean {
	const value = Number(text);
	const digits = text.replace(/[eE].*$/, '').replace(/\D/g, '');
	return Number.isFinite(value) && (digits.length <= EXACT_DIGITS || String(value) === text);
}
