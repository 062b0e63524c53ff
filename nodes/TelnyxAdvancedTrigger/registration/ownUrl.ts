import type { IHookFunctions } from 'n8n-workflow';

import type { WebhookSettings } from '../../telnyx/account/applications';
import {
	readWebhookUrl,
	withoutTrigger,
	type Owner,
	type WebhookUrl,
} from '../../telnyx/account/previousUrl';
import { registeredUrl } from './staticData';

/** Whether the editor listens for a test event: n8n calls workflows that it prepares for that inactive. */
export const isTest = (context: IHookFunctions) => context.getWorkflow().active === false;

/** The URL that Telnyx is to call: the test URL during a test, else the production URL. */
export const ownUrl = (context: IHookFunctions) =>
	readWebhookUrl(context.getNodeWebhookUrl('default') ?? '').address;

/** What the URL says of who has set it. */
export const ownerOf = (context: IHookFunctions): Owner => ({
	workflowId: context.getWorkflow().id ?? '',
	nodeId: context.getNode().id,
	workflowName: context.getWorkflow().name,
});

/** Whether this node has set a URL, for this n8n or where n8n was when the node was registered. */
export const isOurs = (context: IHookFunctions, url: WebhookUrl) =>
	isSetByUs(context, url) &&
	(url.address === ownUrl(context) || url.address === registeredUrl(context));

/** What the application had before this node; undefined if the URL is no longer the node's. */
export const settingsWithoutUs = (context: IHookFunctions, settings: WebhookSettings) =>
	withoutTrigger(settings, (url) => isOurs(context, url) || isOwnTestUrl(context, url));

function isSetByUs(context: IHookFunctions, { owner }: WebhookUrl): boolean {
	const { workflowId, nodeId } = ownerOf(context);
	return owner?.workflowId === workflowId && owner.nodeId === nodeId;
}

/** A test may have been cut off, so unpublishing does not wait for its end. */
function isOwnTestUrl(context: IHookFunctions, url: WebhookUrl): boolean {
	const [other, own] = [new URL(url.address), new URL(ownUrl(context))];
	const { webhookId } = context.getNode();
	return (
		!isTest(context) &&
		isSetByUs(context, url) &&
		other.origin === own.origin &&
		webhookId !== undefined &&
		other.pathname.split('/').includes(webhookId)
	);
}
