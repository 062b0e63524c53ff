/** The first characters of a text, without half of one, such as an emoji, at its end. */
export const beginningOf = (text: string, most: number): string =>
	text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/** A text, or its beginning and an ellipsis if it is longer than that. */
export const shortened = (text: string, most: number): string =>
	text.length > most ? `${beginningOf(text, most).trimEnd()}…` : text;
