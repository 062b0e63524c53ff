import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';

import { CREDENTIAL } from './credential';
import {
	brokenOff,
	linkRefused,
	notTelnyx,
	refusal,
	TelnyxFailure,
	unreachable,
	type Labels,
} from './errors';

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
	readonly labels: Labels;
}

/** A file on its way to Telnyx. */
export interface Upload {
	/** The API's name of the field that holds it. */
	readonly field: string;
	readonly content: Buffer;
	readonly fileName: string;
	readonly contentType: string;
}

/** A file that came back. */
export interface TelnyxFile {
	/** Not read yet: recordings can be large. */
	readonly content: Content;
	/** As the answer names them, if it does. */
	readonly fileName: string | undefined;
	readonly contentType: string | undefined;
}

type Content = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

interface Reply {
	statusCode: number;
	headers: Record<string, string | undefined>;
	body: unknown;
}

const TIMEOUT_MS = 60_000;

/** Contexts in which requests are made: a node's run, and the loading of lists in the editor. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/**
 * Sends one request with the credential's key and returns the answer's JSON.
 * @throws TelnyxFailure
 */
export async function send(
	context: Context,
	baseUrl: string,
	request: TelnyxRequest,
): Promise<IDataObject> {
	const { body, statusCode } = await exchange(context, baseUrl, request, {
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
 * @throws TelnyxFailure
 */
export async function fetchFile(
	context: IExecuteFunctions,
	baseUrl: string,
	request: TelnyxRequest,
): Promise<TelnyxFile> {
	const headers = { Accept: 'application/octet-stream' };
	return toFile(await exchange(context, baseUrl, request, { encoding: 'stream', headers }));
}

/**
 * Fetches a file by a link that Telnyx gave out, without the API key: the link holds what it needs, and
 * leads to another host.
 * @throws TelnyxFailure
 */
export async function fetchLinkedFile(
	context: IExecuteFunctions,
	link: string,
): Promise<TelnyxFile> {
	const { helpers } = context;
	const options: IHttpRequestOptions = { ...COMMON, url: link, encoding: 'stream' };
	try {
		const response = (await helpers.httpRequest(options)) as Reply;
		if (!isSuccess(response)) throw linkRefused(response.statusCode);
		return toFile(response);
	} catch (error) {
		throw error instanceof TelnyxFailure
			? error
			: unreachable(networkCode(error), hostOf(link), true);
	}
}

/** What to say of a file that could not be kept: that it broke off, or what n8n says of it. */
export const notKept = (error: unknown): unknown => brokenOff(networkCode(error)) ?? error;

async function exchange(
	context: Context,
	baseUrl: string,
	{ method, path, query = {}, repeatable, labels }: TelnyxRequest,
	options: Partial<IHttpRequestOptions>,
): Promise<Reply> {
	const search = new URLSearchParams(query).toString();
	let response: Reply;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
			...COMMON,
			...options,
			method,
			url: `${baseUrl}${path}${search && `?${search}`}`,
			// A redirected POST would arrive as a GET.
			disableFollowRedirect: true,
		})) as Reply;
	} catch (error) {
		throw unreachable(networkCode(error), hostOf(baseUrl), repeatable);
	}
	if (isSuccess(response)) return response;
	const { statusCode, headers } = response;
	const isStream = options.encoding === 'stream';
	const body = isStream ? await jsonIn(response.body as AsyncIterable<Buffer>) : response.body;
	throw refusal({ statusCode, body, requestId: headers['x-request-id'] }, labels);
}

const COMMON = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	timeout: TIMEOUT_MS,
} as const;

const isSuccess = ({ statusCode }: Reply) => statusCode >= 200 && statusCode <= 299;

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

/** What a stream holds, if that is JSON: a refusal instead of the file. */
async function jsonIn(body: AsyncIterable<Buffer>): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of body) chunks.push(chunk);
	try {
		return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
	} catch {
		return undefined;
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

function networkCode(error: unknown): string {
	const { cause, code, httpCode } = error as {
		cause?: { code?: string };
		code?: string;
		httpCode?: string | null;
	};
	return cause?.code ?? code ?? httpCode ?? 'unknown';
}
