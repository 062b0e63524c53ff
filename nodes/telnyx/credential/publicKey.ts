import { createPublicKey, type KeyObject } from 'node:crypto';

import { decodeBase64 } from '../../shared/base64';
import { withoutInvisible } from '../../shared/invisible';

const RAW_LENGTH = 32;
/** What precedes the 32 bytes of an Ed25519 public key in SPKI form (RFC 8410). */
const SPKI_START = Buffer.from([48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0]);

/** Thrown for a public key that cannot be one. The message is written for the user. */
export class PublicKeyError extends Error {}

/**
 * Reads a public key: Base64 of the 32 bytes as Telnyx shows it, SPKI Base64, or PEM.
 * @throws PublicKeyError
 */
export function readPublicKey(text: unknown): KeyObject {
	const raw = rawPublicKey(typeof text === 'string' ? text.trim() : '');
	if (!isSafe(raw)) throw wrongKey('is not a safe Ed25519 key');
	return createPublicKey({
		key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
		format: 'jwk',
	});
}

function rawPublicKey(text: string): Buffer {
	if (text === '') throw new PublicKeyError("The field 'Public Key' of the credential is empty.");
	if (text.includes('PRIVATE KEY')) throw wrongKey('is a private key');
	if (/^KEY/.test(text) && !text.endsWith('=')) throw wrongKey('looks like an API key');
	// Line breaks may be written out, as in a variable of an environment.
	const written = text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----|\\[nr]|[\s"']+/g, '');
	const bytes = decodeBase64(padded(withoutInvisible(written)));
	if (!bytes) throw wrongKey('is not Base64');
	if (bytes.length === RAW_LENGTH) return bytes;
	const isSpki =
		bytes.length === SPKI_START.length + RAW_LENGTH &&
		bytes.subarray(0, SPKI_START.length).equals(SPKI_START);
	if (isSpki) return bytes.subarray(SPKI_START.length);
	throw wrongKey(`holds ${bytes.length} bytes, which is no Ed25519 key`);
}

/** A double click selects a key without the '=' at its end. */
const padded = (text: string) => (text.length % 4 === 3 ? `${text}=` : text);

/** The prime of the field that Ed25519 calculates in (RFC 8032, 5.1). */
const PRIME = 2n ** 255n - 19n;
const Y_OF_ORDER_8 = BigInt('0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826');
/** The y coordinates of all points of small order: with such a key, signatures can be forged. */
const Y_OF_SMALL_ORDER: readonly bigint[] = [
	0n,
	1n,
	PRIME - 1n,
	Y_OF_ORDER_8,
	PRIME - Y_OF_ORDER_8,
];

/** Whether a key is a point of the curve in its only canonical form, and not one that anybody can sign for. */
function isSafe(raw: Buffer): boolean {
	const bigEndian = Buffer.from(raw).reverse();
	// The first bit is the sign of x.
	bigEndian[0] &= 0x7f;
	const y = BigInt(`0x${bigEndian.toString('hex')}`);
	return y < PRIME && !Y_OF_SMALL_ORDER.includes(y) && isOnCurve(y);
}

const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/** Whether -x² + y² = 1 + d·x²·y² has an x: only if (y² - 1)·(d·y² + 1) is a square (Euler's criterion). */
function isOnCurve(y: bigint): boolean {
	const square = (y * y) % PRIME;
	return power(((square - 1n) * (D * square + 1n)) % PRIME, (PRIME - 1n) / 2n) === 1n;
}

/** Raises to a power in the field. */
function power(base: bigint, exponent: bigint): bigint {
	if (exponent === 0n) return 1n;
	const half = power(base, exponent / 2n);
	const even = (half * half) % PRIME;
	return exponent % 2n === 0n ? even : (even * base) % PRIME;
}

const wrongKey = (what: string) =>
	new PublicKeyError(
		`The field 'Public Key' of the credential ${what}. It has to be 44 characters that end in "=".`,
	);
