import { BoundedMap } from '../../shared/boundedMap';
import { CREDENTIAL } from '../credential';
import type { KeyContext } from './storedKey';

/** A change of the credential counts within this time. */
export const GOOD_MS = 10_000;
/** What does not match may mean that the credential was changed, but made-up requests must not cost more. */
export const READ_AGAIN_MS = 1_000;

const MOST_CREDENTIALS = 100;

/**
 * Keeps what a credential holds for webhooks: n8n decrypts it each time it is read, which takes longer than all
 * else in the check of a webhook.
 */
export class KeptByCredential<Value> {
	/** By the credential's ID. */
	private readonly kept = new BoundedMap<string, { readonly readAt: number; value: Value }>(
		MOST_CREDENTIALS,
	);

	/** @param read reads the credential of the node, and takes from it what is to be kept */
	constructor(private readonly read: (context: KeyContext) => Promise<Value>) {}

	/**
	 * What the credential holds, read this long ago at most.
	 * @throws what `read` throws
	 */
	async of(context: KeyContext, goodMs: number): Promise<Value> {
		const { id } = context.getNode().credentials?.[CREDENTIAL] ?? {};
		const known = id ? this.kept.get(id) : undefined;
		if (known && Date.now() - known.readAt < goodMs) return known.value;
		const value = await this.read(context);
		if (id) this.kept.set(id, { readAt: Date.now(), value });
		return value;
	}
}
