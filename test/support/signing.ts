import nacl from 'tweetnacl';

/** A stand-in for Telnyx's key pair. tweetnacl signs, so that our own code is not its own judge. */
interface Signer {
	/** As the Telnyx portal shows it: Base64 of 32 bytes. */
	publicKey: string;
	/** The headers of a webhook with this body, sent now or at `seconds`. */
	headers(body: string | Buffer, seconds?: number | string): Record<string, string>;
}

/** Makes a key pair, always the same for the same seed. */
export function signer(seed = 1): Signer {
	const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(32).fill(seed));
	return {
		publicKey: Buffer.from(publicKey).toString('base64'),
		headers(body, seconds = Math.floor(Date.now() / 1000)) {
			const signed = Buffer.concat([Buffer.from(`${seconds}|`), Buffer.from(body)]);
			return {
				'content-type': 'application/json',
				'telnyx-signature-ed25519': Buffer.from(nacl.sign.detached(signed, secretKey)).toString(
					'base64',
				),
				'telnyx-timestamp': String(seconds),
			};
		},
	};
}
