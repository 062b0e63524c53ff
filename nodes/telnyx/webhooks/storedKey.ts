import type { KeyObject } from 'node:crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from '../credential';
import { readPublicKey } from '../credential/publicKey';

/** Where n8n asks for a key: a run that will wait, the activation of a trigger, a webhook. */
export type KeyContext = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** In the workflow's static data, which n8n's database hands to every process. */
const STATIC_DATA_KEY = 'telnyxPublicKeys';

const credentialIdOf = (context: KeyContext) => context.getNode().credentials?.[CREDENTIAL]?.id;

const storedKeys = (context: KeyContext) =>
	context.getWorkflowStaticData('global')[STATIC_DATA_KEY] as Record<string, string> | undefined;

/**
 * Stores a key that Telnyx gave, for other processes and for the time after a restart. n8n saves static
 * data where a trigger is activated, so this is the place to call it.
 * @param text the key in Base64
 */
export function storeKey(context: IHookFunctions, text: string): void {
	const id = credentialIdOf(context);
	const stored = storedKeys(context);
	if (!id || stored?.[id] === text) return;
	const staticData: IDataObject = context.getWorkflowStaticData('global');
	staticData[STATIC_DATA_KEY] = { ...stored, [id]: text };
}

/** The key that is stored for the node's credential. It may have been replaced at Telnyx since. */
export function storedKey(context: KeyContext): KeyObject | undefined {
	const text = storedKeys(context)?.[credentialIdOf(context) ?? ''];
	return text === undefined ? undefined : readPublicKey(text);
}
