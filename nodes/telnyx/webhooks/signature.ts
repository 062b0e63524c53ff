import { verify, type KeyObject } from 'node:crypto';

import { decodeBase64 } from '../../shared/base64';

/** The one reason that a newer key may remove. */
export const SIGNATURE_MISMATCH =
	'signature does not match: the body was changed, or the public key belongs to another Telnyx account';

/** How far a webhook's timestamp may be from now, in both directions: what Telnyx's own SDKs allow. */
const TOLERANCE_SECONDS = 300;

const SIGNATURE_HEADER = 'telnyx-signature-ed25519';
const TIMESTAMP_HEADER = 'telnyx-timestamp';
const SIGNATURE_LENGTH = 64;

interface SignedRequest {
	/** The bytes as they were sent: JSON that was parsed and written again has another signature. */
	readonly rawBody: Buffer | undefined;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly key: KeyObject;
	/** Milliseconds since 1970. */
	readonly now: number;
}

/**
 * Checks a Telnyx webhook: Ed25519 over `timestamp|raw body`, not older or newer than 300 s.
 * @returns why the request is not to be trusted, or null if it is. Never throws.
 */
export function whyUntrusted({ rawBody, headers, key, now }: SignedRequest): string | null {
	const signatures = headerValues(headers, SIGNATURE_HEADER);
	const timestamps = headerValues(headers, TIMESTAMP_HEADER);
	if (signatures.length !== 1) return `header ${SIGNATURE_HEADER} ${howMany(signatures)}`;
	if (timestamps.length !== 1) return `header ${TIMESTAMP_HEADER} ${howMany(timestamps)}`;
	const [timestamp] = timestamps;

	const seconds = /^\d+$/.test(timestamp) ? Number(timestamp) : NaN;
	if (!Number.isSafeInteger(seconds)) return `header ${TIMESTAMP_HEADER} is not a time in seconds`;
	const age = Math.floor(now / 1000) - seconds;
	if (Math.abs(age) > TOLERANCE_SECONDS) {
		const direction = age > 0 ? 'old' : 'ahead of the clock of this machine';
		return `timestamp is ${Math.abs(age)} s ${direction}, allowed are ${TOLERANCE_SECONDS} s`;
	}

	const signature = decodeBase64(signatures[0]);
	if (signature?.length !== SIGNATURE_LENGTH) {
		return `header ${SIGNATURE_HEADER} is not the Base64 of ${SIGNATURE_LENGTH} bytes`;
	}
	if (!Buffer.isBuffer(rawBody)) return 'n8n did not hand over the raw body of the request';
	return isSigned(key, Buffer.concat([Buffer.from(`${timestamp}|`), rawBody]), signature)
		? null
		: SIGNATURE_MISMATCH;
}

/** The headers of a signature alone, to hand a request on. */
export const signatureIn = (headers: SignedRequest['headers']): Record<string, string> =>
	Object.fromEntries(
		[SIGNATURE_HEADER, TIMESTAMP_HEADER].map((name) => [name, headerValues(headers, name).join()]),
	);

function headerValues(headers: SignedRequest['headers'], wanted: string): string[] {
	return Object.entries(headers)
		.filter(([name]) => name.toLowerCase() === wanted)
		.flatMap(([, value]) => value ?? []);
}

const howMany = ({ length }: string[]) => (length === 0 ? 'is missing' : 'was sent more than once');

function isSigned(key: KeyObject, data: Buffer, signature: Buffer): boolean {
	try {
		return verify(null, data, key, signature);
	} catch {
		return false;
	}
}
