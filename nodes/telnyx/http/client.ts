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
import { deliver, REQUEST_ID, type Attempt, type Delivery, type Reply } from './retrying';
import { brokenOff, linkRefused, noLink } from './fileFailure';
import { withoutReply } from './noReply';
import { notTelnyx, refusal, type Labels } from './refusal';
import { REPEATABLE_SECS } from './retryPolicy';
import { transportErrorOf, networkCode } from './transportError';

/** A request that is ready to be sent: nothing in it needs checking or encoding any more. */
export interface TelnyxRequest {
	readonly method: IHttpRequestMethods;
	/** Below the base URL, percent-encoded. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: IDataObject;
	/** A file that goes along, with the body's values as the other parts of a form. */
	readonly upload?: Upload;
	/** Whether Telnyx carries out a repetition only once. */
	readonly repeatable: boolean;
	/** Whether it is about a workflow that is published, and not about an item. */
	readonly isRegistration?: boolean;
	readonly labels: Labels;
}

/** Sends one request and gives the JSON of the reply. */
export type Send = (request: TelnyxRequest) => Promise<IDataObject>;

/** A file on its way to Telnyx. */
export interface Upload {
	/** The API's name of the field that holds it. */
	readonly field: string;
	readonly content: Buffer;
	readonly fileName: string;
	readonly contentType: string;
}

/** A file from Telnyx. */
export interface TelnyxFile {
	/** Not read yet: recordings can be large. */
	readonly content: Content;
	/** As the reply names them, if it does. */
	readonly fileName: string | undefined;
	readonly contentType: string | undefined;
}

type Content = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];
type Chunks = AsyncIterable<Buffer>;

/** Long enough for slow replies, short enough for another try. */
const TIMEOUT_MS = 35_000;

/**
 * Contexts in which requests are made: a node's run, the loading of lists in the editor, and what n8n
 * asks of a trigger.
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
 * Sends a request with the credential's key and returns the JSON of the reply.
 * @throws TelnyxFailure, CanceledError
 */
export async function send(connection: Connection, request: TelnyxRequest): Promise<IDataObject> {
	const { body, statusCode } = await exchange(connection, request, {
		...(await contentOf(request)),
		json: true,
	});
	// Not every success has something to say.
	if (body === '' || body === undefined || body === null) return {};
	if (typeof body !== 'object') throw notTelnyx(statusCode);
	return body as IDataObject;
}

/**
 * Fetches a file that Telnyx's API gives out.
 * @throws TelnyxFailure, CanceledError
 */
export async function fetchFile(
	connection: Connection,
	request: TelnyxRequest,
): Promise<TelnyxFile> {
	const headers = { Accept: 'application/octet-stream' };
	return toFile(await exchange(connection, request, { encoding: 'stream', headers }));
}

/**
 * Fetches a file by a link that Telnyx gave out, without the API key: the link holds what it needs, and
 * leads to another host.
 * @throws TelnyxFailure, CanceledError
 */
export async function fetchLinkedFile(
	{ context: { helpers }, delivery }: Connection<IExecuteFunctions>,
	link: string,
): Promise<TelnyxFile> {
	if (!isWebAddress(link)) throw noLink(link);
	const options: IHttpRequestOptions = { ...COMMON, url: link, encoding: 'stream' };
	const reply = await attempt(
		{
			once: async () => await replyOf(helpers.httpRequest(options)),
			repeatableFor: Infinity,
			explain: ({ statusCode, body }, error) => {
				void discard(body as Chunks | undefined);
				return 'status' in error
					? linkRefused(statusCode)
					: withoutReply(error, hostOf(link), { changes: false, repeatable: true });
			},
		},
		delivery,
	);
	return toFile(reply);
}

/** Requests that come to the same if they are carried out twice. */
const HARMLESS_TWICE: readonly IHttpRequestMethods[] = ['GET', 'PUT', 'DELETE'];

/** What to say of a file that could not be kept: that it broke off, or what n8n says of it. */
export const notKept = (error: unknown): unknown => brokenOff(networkCode(error)) ?? error;

async function exchange(
	{ context, baseUrl, delivery }: Connection,
	request: TelnyxRequest,
	options: Partial<IHttpRequestOptions>,
): Promise<Reply> {
	const { method, path, query, repeatable, isRegistration } = request;
	const search = query ? `?${new URLSearchParams(query).toString()}` : '';
	const byCommandId = repeatable ? REPEATABLE_SECS * 1000 : 0;
	const repeatableFor = HARMLESS_TWICE.includes(method) ? Infinity : byCommandId;
	const purpose = { changes: method !== 'GET', repeatable: repeatableFor > 0, isRegistration };
	const isStream = options.encoding === 'stream';
	return await attempt(
		{
			once: async () =>
				await replyOf(
					context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
						...COMMON,
						...options,
						method,
						url: `${baseUrl}${path}${search}`,
						// A redirected POST would arrive as a GET.
						disableFollowRedirect: true,
					}),
				),
			repeatableFor,
			explain: async ({ statusCode, headers, body }, error) =>
				'status' in error
					? refusal(
							{
								statusCode,
								body: isStream ? await jsonIn(body as Chunks) : body,
								requestId: headers[REQUEST_ID],
							},
							request.labels,
							purpose,
						)
					: withoutReply(error, hostOf(baseUrl), purpose),
		},
		delivery,
	);
}

async function attempt(how: Attempt, delivery: Delivery | undefined): Promise<Reply> {
	if (delivery) return await deliver(how, delivery);
	const reply = await how.once();
	if (reply.error) throw await how.explain(reply, reply.error);
	return reply;
}

async function replyOf(response: Promise<unknown>): Promise<Reply> {
	try {
		const reply = (await response) as Reply;
		const { statusCode: status } = reply;
		return status >= 200 && status <= 299 ? reply : { ...reply, error: { status } };
	} catch (error) {
		return { statusCode: 0, headers: {}, body: undefined, error: transportErrorOf(error) };
	}
}

const COMMON = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	timeout: TIMEOUT_MS,
} as const;

const isWebAddress = (text: string) => URL.canParse(text) && /^https?:/i.test(text);

const hostOf = (url: string) => new URL(url).host;

async function contentOf({ body, upload }: TelnyxRequest): Promise<Partial<IHttpRequestOptions>> {
	if (!body) return {};
	// As text: n8n drops a body that is an empty object, and Telnyx expects one.
	if (!upload) return asContent(JSON.stringify(body), 'application/json');
	const form = new FormData();
	for (const [name, value] of Object.entries(body)) form.append(name, String(value));
	const { field, content, fileName, contentType } = upload;
	form.append(field, new Blob([new Uint8Array(content)], { type: contentType }), fileName);
	const encoded = new Response(form);
	return asContent(
		Buffer.from(await encoded.arrayBuffer()),
		String(encoded.headers.get('content-type')),
	);
}

const asContent = (body: string | Buffer, contentType: string): Partial<IHttpRequestOptions> => ({
	body,
	headers: { 'Content-Type': contentType },
});

/** What a stream holds, if that is whole and JSON: a refusal instead of the file. */
async function jsonIn(body: Chunks): Promise<unknown> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of body) chunks.push(chunk);
		return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * Closes the connection of a body that nobody reads. The stream that n8n hands out lets go of its source
 * only once it was begun.
 */
async function discard(body: Chunks | undefined): Promise<void> {
	const chunks = body?.[Symbol.asyncIterator]();
	try {
		await chunks?.next();
		await chunks?.return?.();
	} catch {
		// It broke off by itself.
	}
}

function toFile({ body, headers }: Reply): TelnyxFile {
	const { 'content-type': contentType, 'content-disposition': disposition = '' } = headers;
	return {
		content: body as Content,
		fileName: /filename="?([^";]+)"?/i.exec(disposition)?.[1],
		contentType: contentType?.split(';')[0].trim(),
	};
}
