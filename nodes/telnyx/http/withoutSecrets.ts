import type { JsonValue } from 'n8n-workflow';

import { withoutCards } from './withoutCards';

/** Names of values that nobody but their owner may see. Tried at the start of a word only, to stay fast. */
const SECRET_NAME = String.raw`(?<![\w-])[\w-]*(?:password|passwd|secret|token|api[_-]?key|signature|authorization|cookie)[\w-]*`;

/** What looks like a secret, and what stands in its place. */
const SECRETS: ReadonlyArray<readonly [RegExp, string]> = [
	// User and password of an address, then what follows its path.
	[/([a-z][a-z\d+.-]*:\/\/)[^\s/?#"'<>]*@/gi, '$1…@'],
	[/([a-z][a-z\d+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1?…'],
	// Telnyx's API keys, and tokens as HTTP and JSON know them.
	[/\bKEY(?=[0-9A-Za-z]{8}|[\w-]*\d)[\w-]{8,}/g, 'KEY…'],
	[/\b(Bearer|Basic)\s+(?=[^\s"']*[\d=])[^\s"']+/gi, '$1 …'],
	[/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, 'eyJ…'],
	// With a colon but no quotes it may as well be a sentence.
	[new RegExp(String.raw`(${SECRET_NAME}\s*=\s*["']?)[^\s"'&;,<>]+`, 'gi'), '$1…'],
	[new RegExp(String.raw`(${SECRET_NAME}["']?\s*:\s*)(["'])(?:(?!\2).)*\2`, 'gi'), '$1$2…$2'],
	[new RegExp(String.raw`(${SECRET_NAME}:\s*)(?=\S*\d)[^\s"',;<>]{6,}`, 'gi'), '$1…'],
];

/** A text in which what looks like a key, a token, a password or a card's number is left out. */
export const withoutSecrets = (text: string): string =>
	SECRETS.reduce((safe, [secret, instead]) => safe.replace(secret, instead), withoutCards(text));

const IS_SECRET = new RegExp(`^${SECRET_NAME}$`, 'i');

/** The same for all texts and numbers of a JSON value; those that are called a secret are left out as a whole. */
export function withoutSecretsIn<T extends JsonValue>(json: T): T;
export function withoutSecretsIn(json: JsonValue): JsonValue {
	if (typeof json === 'string') return withoutSecrets(json);
	if (typeof json === 'number') return withoutSecrets(String(json)) === '…' ? '…' : json;
	if (typeof json !== 'object' || json === null) return json;
	if (Array.isArray(json)) return json.map((entry) => withoutSecretsIn(entry));
	return Object.fromEntries(
		Object.entries(json).map(([name, value]) => [
			name,
			typeof value === 'string' && IS_SECRET.test(name) ? '…' : withoutSecretsIn(value),
		]),
	);
}
