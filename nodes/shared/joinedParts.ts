/**
 * The parts of a text in one, such as those of a message of a language model. The last word of a part and
 * the first of the next one are two words.
 */
export const joinedParts = (parts: readonly string[]): string =>
	parts.filter(Boolean).reduce(apart, '');

const apart = (before: string, part: string): string =>
	before === '' || /\s$/.test(before) || /^\s/.test(part)
		? `${before}${part}`
		: `${before} ${part}`;
