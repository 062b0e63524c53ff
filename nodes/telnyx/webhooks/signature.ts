import { createPublicKey, verify, type KeyObject } from 'node:crypto';

import { decodeBase64 } from '../../shared/base64';

/** The reason that a new key could remove. */
export const FOREIGN_SIGNATURE =
	'signature does not match: the body was changed, or the public key belongs to another Telnyx account';

/** How far a webhook's timestamp may be from now, in both directions: what Telnyx's own SDKs allow. */
const TOLERANCE_SECONDS = 300;

const SIGNATURE_HEADER = 'telnyx-signature-ed25519';
const TIMESTAMP_HEADER = 'telnyx-timestamp';
const RAW_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
/** What precedes the 32 bytes of an Ed25519 public key in SPKI form (RFC 8410). */
const SPKI_START = Buffer.from([48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0]);

export interface SignedRequest {
	/** The bytes as they came: JSON that was parsed and written again has another signature. */
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
export function distrust({ rawBody, headers, key, now }: SignedRequest): string | null {
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
	if (!Buffer.isBuffer(rawBody)) return 'the request came without its raw body';
	return isSignedBy(key, Buffer.concat([Buffer.from(`${timestamp}|`), rawBody]), signature)
		? null
		: FOREIGN_SIGNATURE;
}

/** Thrown for a public key that cannot be one. The message is written for the user. */
export class PublicKeyError extends Error {}

const knownKeys = new Map<string, KeyObject>();
const MOST_KNOWN_KEYS = 100;

/**
 * Reads a pasted public key: Base64 of the 32 bytes as Telnyx shows it, SPKI Base64, or PEM.
 * @throws PublicKeyError
 */
export function readPublicKey(pasted: unknown): KeyObject {
	const known = typeof pasted === 'string' ? knownKeys.get(pasted) : undefined;
	if (known) return known;
	const raw = rawPublicKey(typeof pasted === 'string' ? pasted.trim() : '');
	const key = createPublicKey({
		key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
		format: 'jwk',
	});
	if (knownKeys.size >= MOST_KNOWN_KEYS) knownKeys.clear();
	knownKeys.set(pasted as string, key);
	return key;
}

function rawPublicKey(pasted: string): Buffer {
	if (pasted === '') throw new PublicKeyError("The field 'Public Key' of the credential is empty.");
	if (pasted.includes('PRIVATE KEY')) throw wrongKey('is a private key');
	if (/^KEY/.test(pasted) && !pasted.endsWith('=')) throw wrongKey('looks like an API key');
	const bytes = decodeBase64(pasted.replace(/-----(?:BEGIN|END) PUBLIC KEY-----|\s+/g, ''));
	if (!bytes) throw wrongKey('is not Base64');
	if (bytes.length === RAW_LENGTH) return bytes;
	const isSpki =
		bytes.length === SPKI_START.length + RAW_LENGTH &&
		bytes.subarray(0, SPKI_START.length).equals(SPKI_START);
	if (isSpki) return bytes.subarray(SPKI_START.length);
	throw wrongKey(`holds ${bytes.length} bytes, which is no Ed25519 key`);
}

const wrongKey = (what: string) =>
	new PublicKeyError(
		`The field 'Public Key' of the credential ${what}. It has to be 44 characters that end in "=".`,
	);

function headerValues(headers: SignedRequest['headers'], wanted: string): string[] {
	return Object.entries(headers)
		.filter(([name]) => name.toLowerCase() === wanted)
		.flatMap(([, value]) => value ?? []);
}

const howMany = ({ length }: string[]) => (length === 0 ? 'is missing' : 'came more than once');

function isSignedBy(key: KeyObject, data: Buffer, signature: Buffer): boolean {
	try {
		return verify(null, data, key, signature);
	} catch {
		return false;
	}
}
