const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether a text is padded standard Base64 without line breaks, the only form Telnyx accepts (else 90017). */
export const isBase64 = (value: string): boolean => value !== '' && BASE64.test(value);

/**
 * What the user wrote, as single-line Base64: text as it is, anything else as JSON.
 * Telnyx cuts client_state at the first line break.
 */
export function encodeClientState(value: unknown): string {
	const plain = typeof value === 'string' ? value : JSON.stringify(value);
	return Buffer.from(plain, 'utf8').toString('base64');
}

/** The reverse for a received client_state: JSON if it is JSON, else text, else null. Never throws. */
export function decodeClientState(encoded: unknown): unknown {
	if (typeof encoded !== 'string' || !isBase64(encoded)) return null;
	const plain = decodeUtf8(Buffer.from(encoded, 'base64'));
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
