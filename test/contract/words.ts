/** What the SDK says of a field in words alone, read from its comments. */

/** How the SDK says what happens without a field. */
const BEFORE_DEFAULT = ['\\bdefaults? to ', '\\bdefault(?: value)? is ', ',\\s*default '];
const VALUE = '[`"\'“]?(-?\\d+(?:\\.\\d+)?|[\\w./-]*\\w)[`"\'”]?(?=[\\s.,;)]|$)';
/** Words that follow the same phrases, and units that make another value of it. */
const NO_VALUE = '(?!(?:the|a|an|your|values?) )';
const NO_UNIT = '(?! (?:days|hours|minutes))';

const DEFAULTS = BEFORE_DEFAULT.map(
	(before) => new RegExp(`${before}${NO_VALUE}${VALUE}${NO_UNIT}`, 'i'),
);

/** The default that a comment states, as text. */
export function defaultIn(comment: string): string | undefined {
	const says = comment.replace(/\s+/g, ' ');
	if (/\bdisabled by default\b/i.test(says)) return 'false';
	return DEFAULTS.flatMap((pattern) => pattern.exec(says)?.slice(1) ?? [])[0];
}

const EXCLUDES =
	/\b(?:cannot|can[’']?t|may not|must not) be (?:used|set|combined|provided) together\b|mutually exclusive/i;

/** The fields that a comment says cannot be set together with its own. */
export function excludedIn(comment: string): string[] {
	const sentences = comment.replace(/\s+/g, ' ').split(/(?<=\.) /);
	return sentences
		.filter((one) => EXCLUDES.test(one))
		.flatMap((one) => one.match(/[a-z]+(?:_[a-z]+)+|\bqueue\b/g) ?? []);
}
