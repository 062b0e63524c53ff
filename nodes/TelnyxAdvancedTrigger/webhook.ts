import {
	NodeOperationError,
	type IHookFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';

import { CREDENTIAL } from '../telnyx/credential';
import { PublicKeyError, readPublicKey } from '../telnyx/signature';
import { receive, type Verdict } from './receive';

/** Answers one request to the webhook URL, at once, and starts an execution if it is a wanted event. */
export async function answer(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const verdict = await judge(context);
	switch (verdict.kind) {
		case 'refused':
			warn(context, `refused a request: ${verdict.reason}`);
			context.getResponseObject().status(401).send('Unauthorized').end();
			return { noWebhookResponse: true };
		case 'unusable':
			warn(context, `ignored a webhook from Telnyx: ${verdict.reason}`);
			return { webhookResponse: 'Ignored' };
		case 'unwanted':
			return { webhookResponse: 'Ignored' };
		case 'wanted':
			return { webhookResponse: 'Accepted', workflowData: [[{ json: verdict.event }]] };
	}
}

/**
 * Makes sure before activation that events can be verified and that some are chosen.
 * @throws NodeOperationError that says what is missing
 */
export async function assertReady(context: IHookFunctions): Promise<void> {
	const node = context.getNode();
	// Where publishing fails, n8n shows the message alone, so what to do is in it.
	if (chosenEvents(context).size === 0) {
		throw new NodeOperationError(
			node,
			"'Events' is empty. Choose at least one event in the Telnyx Advanced Trigger, or 'All Events'.",
		);
	}
	const key = await publicKey(context);
	if (key instanceof Error) {
		const todo =
			key instanceof PublicKeyError
				? 'Copy it from the Telnyx portal (API Keys > Public Key).'
				: 'Choose a Telnyx credential in the Telnyx Advanced Trigger.';
		throw new NodeOperationError(node, `Webhooks cannot be verified. ${key.message} ${todo}`);
	}
}

async function judge(context: IWebhookFunctions): Promise<Verdict> {
	const key = await publicKey(context);
	if (key instanceof Error) return { kind: 'refused', reason: key.message };
	return receive({
		rawBody: await readRawBody(context),
		headers: context.getHeaderData(),
		key,
		now: Date.now(),
		wanted: chosenEvents(context),
	});
}

/** The key, or why there is none. */
async function publicKey(context: IHookFunctions | IWebhookFunctions): Promise<KeyObject | Error> {
	try {
		const { publicKey: pasted } = await context.getCredentials(CREDENTIAL);
		return readPublicKey(pasted);
	} catch (error) {
		return error instanceof PublicKeyError ? error : new Error('The credential cannot be read.');
	}
}

async function readRawBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	// n8n leaves bodies of content types that it does not parse unread.
	try {
		if (request.rawBody === undefined) await request.readRawBody?.();
	} catch {
		return undefined;
	}
	return request.rawBody;
}

const chosenEvents = (context: IHookFunctions | IWebhookFunctions) =>
	new Set([context.getNodeParameter('events', [])].flat() as string[]);

function warn(context: IWebhookFunctions, what: string): void {
	const { name } = context.getNode();
	const { id } = context.getWorkflow();
	context.logger.warn(`Telnyx trigger "${name}" of workflow ${id} ${what}`);
}
