/**
 * Whether every word of a search starts a word of the text, in any order: `male` does not find `female`.
 * Digits may stand anywhere. Capitals and accents do not count. An empty search matches everything.
 */
export function matches(search: string, text: string): boolean {
	const plainText = ` ${plain(text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '))}`;
	const closeText = ` ${plain(text)}`;
	return plain(search)
		.split(/\s+/)
		.every((word) => startsWord(word, plainText) || startsWord(word, closeText));
}

function startsWord(word: string, text: string): boolean {
	if (/^\P{L}*$/u.test(word)) return text.includes(word);
	for (let at = text.indexOf(word); at > 0; at = text.indexOf(word, at + 1)) {
		if (!/[\p{L}\p{N}]/u.test(text[at - 1])) return true;
	}
	return false;
}

/** Sorts entries that start with the search first, and both parts alphabetically. */
export const byRelevance =
	<Entry extends { name: string }>(search: string) =>
	(a: Entry, b: Entry): number =>
		Number(startsWith(search, b.name)) - Number(startsWith(search, a.name)) ||
		ALPHABET.compare(a.name, b.name);

/** Such as `English (United States)` for `en-US`. A code that is none stays as it is. */
export const languageName = (code: string): string => inWords(LANGUAGES, code);

/** Such as `English (US)` for `en-US`. */
export const shortLanguageName = (code: string): string => inWords(SHORT, code);

/** Such as `American English` for `en-US`, where a variant has a name of its own. */
export const variantName = (code: string): string => inWords(VARIANTS, code);

const ALPHABET = new Intl.Collator('en', { numeric: true });
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
const SHORT = new Intl.DisplayNames('en', {
	type: 'language',
	languageDisplay: 'standard',
	style: 'short',
});
const VARIANTS = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'dialect' });

const plain = (text: string) =>
	text
		.normalize('NFKD')
		.replace(/\p{Mark}/gu, '')
		.toLowerCase()
		.trim();

const startsWith = (search: string, name: string) =>
	plain(search) !== '' && plain(name).startsWith(plain(search));

function inWords(names: Intl.DisplayNames, code: string): string {
	try {
		return names.of(code.replaceAll('_', '-')) ?? code;
	} catch {
		// Such as `multi`, which is not a code of BCP 47.
		return code;
	}
}
