import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** A stand-in for the key pair that Telnyx has for every account. */
export interface KeyPair {
	/** As Telnyx's portal shows it: Base64 of 32 bytes. */
	publicKey: string;
	/** PEM, to restore the same pair. */
	privateKey: string;
	/** Headers of a webhook with this body, signed at this time. */
	headers: (body: string, seconds: number) => Record<string, string>;
}

/**
 * Creates a new key pair, or restores one.
 * @param pem its private key
 */
export function makeKeyPair(pem?: string): KeyPair {
	const privateKey = pem ? createPrivateKey(pem) : generateKeyPairSync('ed25519').privateKey;
	const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
	return {
		publicKey: Buffer.from(String(x), 'base64url').toString('base64'),
		privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
		headers(body, seconds) {
			const signature = sign(null, Buffer.from(`${seconds}|${body}`), privateKey);
			return {
				'content-type': 'application/json',
				'user-agent': 'telnyx-webhooks',
				'telnyx-signature-ed25519': signature.toString('base64'),
				'telnyx-timestamp': String(seconds),
			};
		},
	};
}
