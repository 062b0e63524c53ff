import { decodeBase64 } from '../shared/base64';

/**
 * What the user wrote, as single-line Base64: text as it is, anything else as JSON.
 * Telnyx cuts client_state at the first line break.
 */
export function encodeClientState(value: unknown): string {
	const plain = typeof value === 'string' ? value : JSON.stringify(value);
	return Buffer.from(plain, 'utf8').toString('base64');
}

/** Decodes a received client_state: JSON if it is JSON, else text, else null. Never throws. */
export function decodeClientState(encoded: unknown): unknown {
	const bytes = typeof encoded === 'string' ? decodeBase64(encoded) : null;
	const plain = bytes && decodeUtf8(bytes);
	if (plain === null) return null;
	try {
		const value: unknown = JSON.parse(plain);
		// A long id such as "7267012345678901234" is a number for JSON, but would lose its last digits.
		return typeof value === 'number' && String(value) !== plain ? plain : value;
	} catch {
		return plain;
	}
}

function decodeUtf8(bytes: Buffer): string | null {
	const plain = bytes.toString('utf8');
	return Buffer.from(plain, 'utf8').equals(bytes) ? plain : null;
}
