import type { IHookFunctions } from 'n8n-workflow';

import type { NoKeyError } from './accountKey';
import { storeKey } from './storedKey';
import { keyForSetup } from './verificationKey';

/**
 * Before a workflow that receives webhooks is published: looks for the key that they are checked with, and
 * stores one that Telnyx gave.
 * @returns why there is none, for the user, and whether to publish all the same; undefined if there is one
 */
export async function whyUnverifiable(
	context: IHookFunctions,
): Promise<{ readonly reason: string; readonly isBearable: boolean } | undefined> {
	try {
		const { text } = await keyForSetup(context);
		if (text !== undefined) storeKey(context, text);
		return undefined;
	} catch (error) {
		const { message, isTemporary } = error as NoKeyError;
		// An inactive trigger would respond with 404, which Telnyx does not repeat. An active one responds
		// with 503 until there is a key.
		const isBearable = isTemporary && RESTARTS.has(context.getActivationMode());
		return { reason: `Webhooks cannot be verified. ${message}`, isBearable };
	}
}

/** Where n8n activates workflows that were published before. */
const RESTARTS: ReadonlySet<string> = new Set(['init', 'leadershipChange']);
