import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { createHash, type KeyObject } from 'node:crypto';

import { without } from '../../shared/without';
import type { NoKeyError } from './accountKey';
import { firstArrivalOf } from './arrivals';
import { isId, parseEvent, type ParsedEvent, type TelnyxEvent } from './parseEvent';
import { SIGNATURE_MISMATCH, signatureIn, whyUntrusted } from './signature';
import { keyForWebhook, newestKey } from './verificationKey';
import { warnSparingly } from './warnSparingly';

/** What the check of a request has found. Reasons are for the log: no key, body or number in them. */
type Finding = Refused | { readonly kind: 'signed'; readonly rawBody: Buffer };

/** How an event came: with it, it can be handed on as it is, to be checked again. */
export interface Arrival extends Pick<ParsedEvent, 'owner' | 'wait'> {
	readonly rawBody: Buffer;
	/** The headers of its signature. */
	readonly signature: Record<string, string>;
	/** Its ID; if it has none, a digest of all that is in it. */
	readonly eventId: string;
	/** When this process first received it, in milliseconds since 1970. */
	readonly receivedAt: number;
}

interface Refused {
	readonly kind: 'refused';
	readonly status: 401 | 503;
	readonly reason: string;
}

/** The response to an event that starts nothing. */
export const IGNORED: IWebhookResponseData = { webhookResponse: 'Ignored' };

/**
 * Receives the request that the webhook of a node is called with. Responds with what `handle` returns if
 * it is an event from Telnyx; otherwise refuses it, with a warning in n8n's log. Never throws for
 * anything that comes from outside, and trusts nothing that could not be checked.
 * @param nodeKind names the kind of node in the log
 */
export const receiveEvent = async (
	context: IWebhookFunctions,
	nodeKind: string,
	handle: (event: TelnyxEvent, arrival: Arrival) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> => {
	const now = Date.now();
	return await receiveSigned(context, nodeKind, async (rawBody) => {
		const parsed = parseEvent(rawBody);
		if (typeof parsed === 'string') {
			warn(context, nodeKind, `ignored a webhook from Telnyx: ${parsed}`);
			return IGNORED;
		}
		const { event, owner, wait } = parsed;
		const signature = signatureIn(context.getHeaderData());
		const eventId = eventIdOf(event);
		const receivedAt = firstArrivalOf(eventId, now);
		return await handle(event, { rawBody, signature, eventId, receivedAt, owner, wait });
	});
};

/**
 * The ID of an event; if it has none, a digest of all that is in it. The same for each repetition, for which
 * Telnyx makes a new signature and counts the attempts in `meta`.
 */
export const eventIdOf = (event: TelnyxEvent): string =>
	isId(event.id)
		? String(event.id)
		: createHash('sha256')
				.update(JSON.stringify(without(event, 'meta')))
				.digest('base64url');

/** The same for any body that Telnyx has signed. */
export async function receiveSigned(
	context: IWebhookFunctions,
	nodeKind: string,
	handle: (rawBody: Buffer) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	const finding = await check(context);
	if (finding.kind === 'signed') return await handle(finding.rawBody);
	warn(context, nodeKind, `refused a request: ${finding.reason}`);
	return refuse(context, finding.status);
}

async function check(context: IWebhookFunctions): Promise<Finding> {
	const known = await keyForWebhook(context).catch(withoutKey);
	if ('kind' in known) return known;
	const rawBody = await readRawBody(context);
	const refusal = await whyRefused(context, rawBody, known.key);
	return refusal ?? { kind: 'signed', rawBody: rawBody as Buffer };
}

/** Where the signature does not match, checks it once more with a newer key, if there is one. */
async function whyRefused(
	context: IWebhookFunctions,
	rawBody: Buffer | undefined,
	key: KeyObject,
): Promise<Refused | undefined> {
	const request = { rawBody, headers: context.getHeaderData(), now: Date.now() };
	const reason = whyUntrusted({ ...request, key });
	if (reason !== SIGNATURE_MISMATCH) return reason === null ? undefined : refused(reason);
	const newest = await newestKey(context).catch(withoutKey);
	if ('kind' in newest) return { ...newest, reason: `${reason}. ${newest.reason}` };
	const newReason = newest.key === key ? reason : whyUntrusted({ ...request, key: newest.key });
	return newReason === null ? undefined : refused(newReason);
}

const refused = (reason: string): Refused => ({ kind: 'refused', status: 401, reason });

/** 503 is for what only this moment lacks: Telnyx repeats it, and not after a 401. */
const withoutKey = ({ isTemporary, message }: NoKeyError): Refused => ({
	...refused(message),
	status: isTemporary ? 503 : 401,
});

/** The bytes of the body as they were sent; undefined if they cannot be read. */
export async function readRawBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	// n8n leaves bodies of content types that it does not parse unread.
	try {
		if (request.rawBody === undefined) await request.readRawBody?.();
	} catch {
		return undefined;
	}
	return request.rawBody;
}

const RESPONSES = { 401: 'Unauthorized', 503: 'Cannot be verified now' };
const BUSY = 'Busy';

/** The texts with which we ask for a repetition, by 503. */
export const ASK_TO_REPEAT: readonly string[] = [BUSY, RESPONSES[503]];

/** Responds directly, as n8n itself can only respond with 200. */
function refuse(context: IWebhookFunctions, status: 401 | 503): { noWebhookResponse: true } {
	context.getResponseObject().status(status).send(RESPONSES[status]).end();
	return { noWebhookResponse: true };
}

/** Writes a warning about a request into n8n's log, but not for each of many. */
export function warn(context: IWebhookFunctions, nodeKind: string, what: string): void {
	const { id, name } = context.getNode();
	const workflow = context.getWorkflow();
	const message = `${nodeKind} "${name}" of workflow ${workflow.id} ${what}`;
	warnSparingly(`${workflow.id} ${id}`, message, (text) => context.logger.warn(text));
}

/** Something is busy that is to have the event. Telnyx repeats it after a 503. */
export function askToRepeat(context: IWebhookFunctions): { noWebhookResponse: true } {
	context.getResponseObject().status(503).send(BUSY).end();
	return { noWebhookResponse: true };
}
