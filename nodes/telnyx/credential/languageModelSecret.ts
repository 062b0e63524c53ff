import { createHash, timingSafeEqual } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** Whoever has the secret can start executions, so it must not be one that can be guessed. */
const LEAST_LENGTH = 20;

const secretOf = ({ languageModelSecret }: ICredentialDataDecryptedObject) =>
	String(languageModelSecret ?? '').trim();

/** Why nobody can be recognized by the credential's secret, for the user; undefined if all is well. */
export function whyNoSecret(credential: ICredentialDataDecryptedObject): string | undefined {
	const { length } = secretOf(credential);
	if (length >= LEAST_LENGTH) return undefined;
	const problem = length === 0 ? 'is empty' : `has ${length} characters`;
	return `'Language Model Secret' of the credential ${problem}. Write ${LEAST_LENGTH} or more characters into it that nobody can guess, and store the same ones at Telnyx as an integration secret.`;
}

/**
 * Whether an `Authorization` header holds the credential's secret as a bearer token. Takes the same time
 * wherever they differ.
 */
export function hasSecret(
	credential: ICredentialDataDecryptedObject,
	authorization: string | undefined,
): boolean {
	if (whyNoSecret(credential)) return false;
	const [, token] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
	return timingSafeEqual(digest(token ?? ''), digest(secretOf(credential)));
}

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
