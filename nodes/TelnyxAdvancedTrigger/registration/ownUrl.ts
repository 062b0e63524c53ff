import type { IHookFunctions } from 'n8n-workflow';

import type { WebhookSettings } from '../../telnyx/account/applications';
import { readWebhookUrl, withoutTrigger } from './previousUrl';
import { registeredUrl } from './staticData';

/** Whether the editor listens for a test event: n8n calls workflows that it prepares for that inactive. */
export const isTest = (context: IHookFunctions) => context.getWorkflow().active === false;

/** The URL that Telnyx is to call: the test URL during a test, else the production URL. */
export const ownUrl = (context: IHookFunctions) =>
	readWebhookUrl(context.getNodeWebhookUrl('default') ?? '').address;

/** Whether an address is this node's, at this n8n or where n8n was when the node was registered. */
export const isOurs = (context: IHookFunctions, address: string) =>
	address === ownUrl(context) || address === registeredUrl(context);

/** What the application had before this node; undefined if the URL is no longer the node's. */
export const settingsWithoutUs = (context: IHookFunctions, settings: WebhookSettings) =>
	withoutTrigger(settings, (address) => isOurs(context, address) || isOwnTestUrl(context, address));

/** A test may have been cut off, so unpublishing does not wait for its end. */
function isOwnTestUrl(context: IHookFunctions, address: string): boolean {
	const [other, own] = [new URL(address), new URL(ownUrl(context))];
	const { webhookId } = context.getNode();
	return (
		!isTest(context) &&
		other.origin === own.origin &&
		webhookId !== undefined &&
		other.pathname.split('/').includes(webhookId)
	);
}
