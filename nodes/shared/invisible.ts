/**
 * Characters that nobody sees, as the inside of a class of a regular expression with the flag `u`: marks
 * of direction, blanks without width, fillers, variation selectors, control characters.
 */
const INVISIBLE = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\u2800`;

/** Each of them in a text. */
export const ALL_INVISIBLE = new RegExp(`[${INVISIBLE}]`, 'gu');

/** The source of a regular expression for a character that can be seen and is no blank, nor one of others. */
export const visible = (others = ''): string => `[^\\s${others}${INVISIBLE}]`;

/** The text without them. */
export const withoutInvisible = (text: string): string => text.replace(ALL_INVISIBLE, '');

/** The first of them by its number, such as `U+200B`; undefined if there is none. */
export function invisibleIn(text: string): string | undefined {
	const [found] = text.match(ALL_INVISIBLE) ?? [];
	return found && `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
