import type { KeyObject } from 'node:crypto';

import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from '../credential';
import { readPublicKey } from './signature';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** In the workflow's static data, which n8n's database hands to every process. */
const MEMORY = 'telnyxPublicKeys';

const credentialOf = (context: Context) => context.getNode().credentials?.[CREDENTIAL]?.id;

/** Keeps a key that Telnyx gave for other processes and after a restart. To be called where n8n saves. */
export function keepKey(context: IHookFunctions, key: string): void {
	const id = credentialOf(context);
	const memory = context.getWorkflowStaticData('global');
	const { [MEMORY]: kept = {} } = memory as Record<string, IDataObject>;
	if (id && kept[id] !== key) memory[MEMORY] = { ...kept, [id]: key };
}

/** The key that was kept for the node's credential. It may have been replaced at Telnyx since. */
export function keptKey(context: Context): KeyObject | undefined {
	const { [MEMORY]: kept } = context.getWorkflowStaticData('global') as Record<string, IDataObject>;
	const text = kept?.[credentialOf(context) ?? ''];
	return text === undefined ? undefined : readPublicKey(text);
}
