import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * Seals the addresses of the executions that a leg belongs to, so that they can travel in its client
 * state. Anybody who has such an address can resume any waiting node of the execution, so it does not
 * travel in plain text. The same addresses give the same text, so a command that is sent again is identical.
 * @param addresses path and query of each execution's own address, the present owner's first
 */
export function sealOwner(instanceId: string, addresses: readonly string[]): string {
	const plain = JSON.stringify(addresses);
	const secret = secretOf(instanceId);
	const iv = createHmac('sha256', secret).update(plain).digest().subarray(0, IV_BYTES);
	const cipher = createCipheriv(CIPHER, secret, iv);
	const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/**
 * The secret that proves that a request to an execution comes from its own node. Every process that has
 * the node's credential can derive it. The ID of the n8n instance would not do: everybody who may sign in
 * knows it.
 * @param wait the ID of the wait
 */
export const ownSecret = ({ apiKey }: ICredentialDataDecryptedObject, wait: string): string =>
	createHmac('sha256', String(apiKey)).update(`telnyx wait ${wait}`).digest('base64url');

/** The addresses that `sealOwner` sealed; none if the text was sealed elsewhere or changed. Never throws. */
export function openOwner(instanceId: string, sealed: string): string[] {
	try {
		const bytes = Buffer.from(sealed, 'base64url');
		const decipher = createDecipheriv(CIPHER, secretOf(instanceId), bytes.subarray(0, IV_BYTES));
		decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
		const plain = Buffer.concat([
			decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
			decipher.final(),
		]);
		const addresses: unknown = JSON.parse(plain.toString('utf8'));
		return Array.isArray(addresses) ? addresses.map(String) : [];
	} catch {
		return [];
	}
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** All processes of one n8n have the same instance ID, and no other n8n has it. */
const secretOf = (instanceId: string) =>
	createHash('sha256').update(`telnyx-leg-owner ${instanceId}`).digest();
