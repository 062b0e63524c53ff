import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from '../credential';
import type { FileContent } from './body';
import { deadlineIn } from './deadline';
import { linkRefused, noLink } from './fileFailure';
import { fileNameIn } from './fileName';
import { withoutReply } from './noReply';
import { refusal, unreadable, type Labels } from './refusal';
import { readRefusal } from './refusalBody';
import { keepFile, keepLinkedFile, readReply, type ReadReply } from './replyReaders';
import { encodedBody, type Upload } from './requestBody';
import { deliver, REQUEST_ID, type Attempt, type Delivery, type Reply } from './retrying';
import { REPEATABLE_SECS } from './retryPolicy';
import { transportErrorOf } from './transportError';

/** A request that is ready to be sent: nothing in it needs checking or encoding any more. */
export interface TelnyxRequest {
	readonly method: IHttpRequestMethods;
	/** Below the base URL, percent-encoded. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: IDataObject;
	/** A file to upload. The body's values become the other parts of the form. */
	readonly upload?: Upload;
	/** Whether Telnyx carries out only one of two identical requests. */
	readonly repeatable: boolean;
	/** Whether it registers a published workflow instead of serving an item. */
	readonly isRegistration?: boolean;
	/** Whether Telnyx does not say what a success brings back. */
	readonly anyReply?: boolean;
	readonly labels: Labels;
}

/** Sends one request and returns the JSON of the reply. */
export type Send = (request: TelnyxRequest) => Promise<IDataObject>;

/** A file from Telnyx. */
export interface TelnyxFile {
	/** Not read yet: recordings can be large. */
	readonly content: FileContent;
	/** As the reply names them, if it does. */
	readonly fileName: string | undefined;
	readonly contentType: string | undefined;
}

/** Long enough for slow replies, short enough for another try. */
const TIMEOUT_MS = 35_000;
/** Additional time for each byte of an upload, at 50 KB a second. */
const UPLOAD_MS_PER_BYTE = 1 / 50;

/**
 * Contexts in which requests are made: a node's run, the loading of lists in the editor, a trigger's
 * registration, and webhooks.
 */
export type RequestContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

/** Where requests go, and how. */
export interface Connection<C extends RequestContext = RequestContext> {
	readonly context: C;
	readonly baseUrl: string;
	/** Without one, a request is tried once. */
	readonly delivery?: Delivery;
}

/**
 * Sends a request with the credential's key and returns the reply's JSON.
 * @throws TelnyxFailure, CanceledError
 */
export async function send(connection: Connection, request: TelnyxRequest): Promise<IDataObject> {
	const { body } = await exchange(
		connection,
		request,
		await encodedBody(request),
		readReply(request),
	);
	return body as IDataObject;
}

/**
 * Fetches a file from Telnyx's API.
 * @throws TelnyxFailure, CanceledError
 */
export async function fetchFile(
	connection: Connection,
	request: TelnyxRequest,
): Promise<TelnyxFile> {
	const headers = { Accept: 'application/octet-stream' };
	return toFile(await exchange(connection, request, { headers }, keepFile));
}

/**
 * Fetches a file by a link from Telnyx, without the API key: the link holds what it needs, and
 * leads to another host.
 * @throws TelnyxFailure, CanceledError
 */
export async function fetchLinkedFile(
	{ context: { helpers }, delivery }: Pick<Connection, 'context' | 'delivery'>,
	link: string,
): Promise<TelnyxFile> {
	if (!isWebAddress(link)) throw noLink(link);
	const canceled = delivery?.signal;
	const reply = await attempt(
		{
			once: async () =>
				await replyOf(
					async (abortSignal) =>
						await helpers.httpRequest({ ...COMMON, url: link, abortSignal } as IHttpRequestOptions),
					keepLinkedFile,
					{ canceled },
				),
			repeatableFor: Infinity,
			explain: ({ statusCode }, error) =>
				'status' in error
					? linkRefused(statusCode)
					: withoutReply(error, hostOf(link), { changes: false, repeatable: true }),
		},
		delivery,
	);
	return toFile(reply);
}

/** Methods of requests that have the same effect if carried out twice. */
const IDEMPOTENT: readonly IHttpRequestMethods[] = ['GET', 'PUT', 'DELETE'];

async function exchange(
	{ context, baseUrl, delivery }: Connection,
	request: TelnyxRequest,
	options: Partial<IHttpRequestOptions>,
	read: ReadReply,
): Promise<Reply> {
	const { method, path, query, repeatable, isRegistration, upload } = request;
	const search = query ? `?${new URLSearchParams(query).toString()}` : '';
	const byCommandId = repeatable ? REPEATABLE_SECS * 1000 : 0;
	const repeatableFor = IDEMPOTENT.includes(method) ? Infinity : byCommandId;
	const purpose = { changes: method !== 'GET', repeatable: repeatableFor > 0, isRegistration };
	return await attempt(
		{
			once: async () =>
				await replyOf(
					async (signal) =>
						await context.helpers.httpRequestWithAuthentication.call(
							endedBy(context, signal),
							CREDENTIAL,
							{
								...COMMON,
								...options,
								method,
								url: `${baseUrl}${path}${search}`,
								// A redirected POST would arrive as a GET.
								disableFollowRedirect: true,
								abortSignal: signal as IHttpRequestOptions['abortSignal'],
							},
						),
					read,
					{
						canceled: cancellationOf(context),
						withinMs: TIMEOUT_MS + Math.ceil((upload?.content.length ?? 0) * UPLOAD_MS_PER_BYTE),
					},
				),
			repeatableFor,
			explain: ({ statusCode, headers, body, flaw }, error) => {
				if (!('status' in error)) return withoutReply(error, hostOf(baseUrl), purpose);
				const saysWhy = readRefusal(body).isTelnyxs;
				if (statusCode <= 299 && flaw && !saysWhy) return unreadable(statusCode, flaw, purpose);
				const requestId = headers[REQUEST_ID];
				return refusal({ statusCode, body, requestId }, request.labels, purpose);
			},
		},
		delivery,
	);
}

/** Where items run, n8n's helper takes the signal from the context. */
const endedBy = (context: RequestContext, signal: AbortSignal): RequestContext =>
	'getExecutionCancelSignal' in context
		? (Object.create(context, {
				getExecutionCancelSignal: { value: () => signal },
			}) as RequestContext)
		: context;

const cancellationOf = (context: RequestContext): AbortSignal | undefined =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

async function attempt(how: Attempt, delivery: Delivery | undefined): Promise<Reply> {
	if (delivery) return await deliver(how, delivery);
	const reply = await how.once();
	if (reply.error) throw await how.explain(reply, reply.error);
	return reply;
}

async function replyOf(
	request: (signal: AbortSignal) => Promise<unknown>,
	read: ReadReply,
	{ canceled, withinMs = TIMEOUT_MS }: { canceled?: AbortSignal; withinMs?: number },
): Promise<Reply> {
	const deadline = deadlineIn(withinMs, canceled);
	let isBeingRead = false;
	try {
		const { statusCode: status, headers, body } = (await request(deadline.signal)) as Reply;
		const isSuccess = status >= 200 && status <= 299;
		const { unread, ...found } = await read(body, isSuccess, deadline.end);
		isBeingRead = unread !== undefined;
		unread?.once('close', () => deadline.met(false));
		const isFine = isSuccess && found.flaw === undefined;
		return { statusCode: status, headers, ...found, ...(!isFine && { error: { status } }) };
	} catch (error) {
		const failed = deadline.isOver ? { network: 'ETIMEDOUT' } : transportErrorOf(error);
		return { statusCode: 0, headers: {}, body: undefined, error: failed };
	} finally {
		deadline.met(isBeingRead);
	}
}

const COMMON = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	timeout: TIMEOUT_MS,
	encoding: 'stream',
} as const;

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:/i.test(text);

const hostOf = (url: string) => new URL(url).host;

function toFile({ body, headers }: Reply): TelnyxFile {
	const { 'content-type': contentType, 'content-disposition': disposition = '' } = headers;
	return {
		content: body as FileContent,
		fileName: fileNameIn(disposition),
		contentType: contentType?.split(';')[0].trim().toLowerCase(),
	};
}
