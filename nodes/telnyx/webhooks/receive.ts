import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseEvent, type TelnyxEvent } from './parseEvent';
import { verificationKey, type NoKeyError, type VerificationKey } from './accountKey';
import { distrust, FOREIGN_SIGNATURE } from './signature';
import { warnSparingly } from './warnSparingly';

/** Reasons are for the log: no key, no body, no number in them. */
interface Refusal {
	readonly kind: 'refused';
	readonly status: 401 | 503;
	readonly reason: string;
}

/** What came. */
type Receipt =
	| Refusal
	| { readonly kind: 'unusable'; readonly reason: string }
	| { readonly kind: 'event'; readonly event: TelnyxEvent };

/** The answer to an event that starts nothing. */
export const IGNORED: IWebhookResponseData = { webhookResponse: 'Ignored' };

/**
 * Answers the request that a webhook of a node got: with `react` if it is an event from Telnyx, else
 * itself, with a warning in n8n's log. Never throws for anything that comes from outside, and trusts
 * nothing that it could not check.
 * @param who names the kind of node in the log
 */
export async function answerEvent(
	context: IWebhookFunctions,
	who: string,
	react: (event: TelnyxEvent) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	const receipt = await receive(context);
	switch (receipt.kind) {
		case 'refused':
			warn(context, who, `refused a request: ${receipt.reason}`);
			return refuse(context, receipt.status);
		case 'unusable':
			warn(context, who, `ignored a webhook from Telnyx: ${receipt.reason}`);
			return IGNORED;
		case 'event':
			return await react(receipt.event);
	}
}

async function receive(context: IWebhookFunctions): Promise<Receipt> {
	const known = await verificationKey(context).catch(withoutKey);
	if ('kind' in known) return known;
	const rawBody = await readRawBody(context);
	const refused = await distrusted(rawBody, context, known);
	if (refused) return refused;
	const event = parseEvent(rawBody as Buffer);
	return typeof event === 'string' ? { kind: 'unusable', reason: event } : { kind: 'event', event };
}

/** Tries once more with a new key, if the account has got one. */
async function distrusted(
	rawBody: Buffer | undefined,
	context: IWebhookFunctions,
	{ key, newest }: VerificationKey,
): Promise<Refusal | undefined> {
	const request = { rawBody, headers: context.getHeaderData(), now: Date.now() };
	const reason = distrust({ ...request, key });
	if (reason !== FOREIGN_SIGNATURE) return reason === null ? undefined : refusal(reason);
	const newer = await newest().catch(withoutKey);
	if ('kind' in newer) return { ...newer, reason: `${reason}. ${newer.reason}` };
	const stillReason = newer === key ? reason : distrust({ ...request, key: newer });
	return stillReason === null ? undefined : refusal(stillReason);
}

const refusal = (reason: string): Refusal => ({ kind: 'refused', status: 401, reason });

/** 503 is for what only this moment lacks: Telnyx repeats it, and not after a 401. */
const withoutKey = ({ isTemporary, message }: NoKeyError): Refusal => ({
	...refusal(message),
	status: isTemporary ? 503 : 401,
});

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

const UNAUTHORIZED = { 401: 'Unauthorized', 503: 'Cannot be verified now' };

/** Answers a refused request. n8n itself must not: it knows no other answer than 200. */
function refuse(context: IWebhookFunctions, status: 401 | 503): { noWebhookResponse: true } {
	context.getResponseObject().status(status).send(UNAUTHORIZED[status]).end();
	return { noWebhookResponse: true };
}

function warn(context: IWebhookFunctions, who: string, what: string): void {
	const { id, name } = context.getNode();
	const workflow = context.getWorkflow();
	const message = `${who} "${name}" of workflow ${workflow.id} ${what}`;
	warnSparingly(`${workflow.id} ${id}`, message, (text) => context.logger.warn(text));
}
