/** What may tell who ran the check, in the order in which it is removed. */
const PATTERNS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\b(?:https?|wss?|sips?):\/?\/?[^\s"'`<>|)]+/gi, '(address)'],
	[/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '(address)'],
	[/\bKEY[\w-]{16,}/g, '(key)'],
	[/\bBearer\s+[^\s"]+/gi, '(key)'],
	[/\bv\d+:[\w-]{16,}/g, '(ID)'],
	[/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '(ID)'],
	[/\b(?:\d{1,3}\.){3}\d{1,3}\b/g, '(address)'],
	[/\+[\d ().-]{6,}\d|\(?\d(?:[ ().-]*\d){9,}/g, '(number)'],
	// Long texts without blanks that are no words: tokens, signatures, client states.
	[/\b(?=[A-Za-z0-9+/_-]*\d)[A-Za-z0-9+/_-]{24,}={0,2}/g, '(ID)'],
];

/**
 * Takes out of a text whatever may tell whose account it is about: keys, phone numbers, IDs, addresses.
 * @param secrets what is known to be one, which is looked for as it is
 */
export function redact(text: string, secrets: string[]): string {
	const withoutKnown = withoutSecrets(text, secrets);
	return PATTERNS.reduce(
		(left, [pattern, instead]) => left.replace(pattern, instead),
		withoutKnown,
	);
}

/** Takes out only what is known to be secret. Numbers are found with and without their plus. */
export function withoutSecrets(text: string, secrets: string[]): string {
	const all = secrets.flatMap((secret) => [secret, secret.replace(/^\+/, '')]).filter(Boolean);
	return all.reduce((left, secret) => left.replaceAll(secret, '(removed)'), text);
}
