import { decodeBase64 } from '../shared/base64';
import { isDeeperThan } from '../shared/isDeeperThan';
import { parseExactly } from '../shared/parseExactly';

/** Deeper JSON is of use to nobody, and n8n cannot write it to its database. */
export const MOST_LEVELS = 500;

/**
 * What the user wrote, as single-line Base64: text as it is, anything else as JSON.
 * Telnyx cuts client_state at the first line break.
 */
export function encodeClientState(value: unknown): string {
	const plain = typeof value === 'string' ? value : JSON.stringify(value);
	return Buffer.from(plain, 'utf8').toString('base64');
}

/**
 * Decodes a received client_state: JSON if it is JSON, else text, else null. Numbers with more digits
 * than JavaScript keeps, such as long IDs, become text. Never throws.
 */
export function decodeClientState(encoded: unknown): unknown {
	const bytes = typeof encoded === 'string' ? decodeBase64(encoded) : null;
	const plain = bytes && decodeUtf8(bytes);
	if (plain === null) return null;
	try {
		const value = parseExactly(plain);
		// As its sender wrote it, "1.0" is text rather than the number 1.
		const isOtherwiseWritten = typeof value === 'number' && String(value) !== plain;
		return isOtherwiseWritten || isDeeperThan(MOST_LEVELS, value) ? plain : value;
	} catch {
		return plain;
	}
}

function decodeUtf8(bytes: Buffer): string | null {
	const plain = bytes.toString('utf8');
	return Buffer.from(plain, 'utf8').equals(bytes) ? plain : null;
}
