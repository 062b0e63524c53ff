import { createHash, timingSafeEqual } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

import { CREDENTIAL } from '../credential';
import { GOOD_MS, KeptByCredential, READ_AGAIN_MS } from './keptByCredential';

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

/** What is known of the secret of a credential. */
interface Secret {
	readonly digest: Buffer;
	/** Why it cannot be used. */
	readonly problem: string | undefined;
}

const secrets = new KeptByCredential(async (context): Promise<Secret> => {
	const credential: ICredentialDataDecryptedObject = await context
		.getCredentials(CREDENTIAL)
		.catch(() => ({}));
	return { digest: digestOf(secretOf(credential)), problem: whyNoSecret(credential) };
});

/**
 * Why a request does not carry the credential's secret as a bearer token, for the log; undefined if it
 * does. Takes the same time wherever they differ. A change of the credential counts within 10 s.
 */
export async function whyNotAllowed(context: IWebhookFunctions): Promise<string | undefined> {
	const [, token = ''] =
		/^Bearer +(.*\S) *$/i.exec(context.getHeaderData().authorization ?? '') ?? [];
	const reason = whyDifferent(token, await secrets.of(context, GOOD_MS));
	return reason && whyDifferent(token, await secrets.of(context, READ_AGAIN_MS));
}

function whyDifferent(token: string, { digest, problem }: Secret): string | undefined {
	if (problem) return problem;
	return timingSafeEqual(digestOf(token), digest)
		? undefined
		: "the bearer token is missing, or is not the credential's 'Language Model Secret'";
}

const digestOf = (text: string) => createHash('sha256').update(text, 'utf8').digest();
