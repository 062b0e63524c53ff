import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

import { CREDENTIAL } from './credential';
import { notTelnyx, refusal, unreachable, type Labels } from './errors';

/** A request that is ready to be sent: nothing in it needs checking or encoding any more. */
export interface TelnyxRequest {
	readonly method: IHttpRequestMethods;
	/** Below the base URL, percent-encoded. */
	readonly path: string;
	readonly body?: IDataObject;
	/** Whether Telnyx carries out a repetition only once. */
	readonly repeatable: boolean;
	readonly labels: Labels;
}

interface Response {
	statusCode: number;
	headers: Record<string, string | undefined>;
	body: unknown;
}

const TIMEOUT_MS = 60_000;

/**
 * Sends one request with the credential's key and returns the answer's JSON.
 * @throws TelnyxFailure
 */
export async function send(
	context: IExecuteFunctions,
	baseUrl: string,
	{ method, path, body, repeatable, labels }: TelnyxRequest,
): Promise<IDataObject> {
	let response: Response;
	try {
		response = (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
			method,
			url: `${baseUrl}${path}`,
			// As text: n8n drops a body that is an empty object, and Telnyx expects one.
			...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
			json: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirected POST would arrive as a GET.
			disableFollowRedirect: true,
			timeout: TIMEOUT_MS,
		})) as Response;
	} catch (error) {
		throw unreachable(networkCode(error), new URL(baseUrl).host, repeatable);
	}
	const { statusCode, headers } = response;
	if (statusCode < 200 || statusCode > 299) {
		throw refusal({ ...response, requestId: headers['x-request-id'] }, labels);
	}
	// Not every success has something to say.
	if (response.body === '' || response.body === undefined || response.body === null) return {};
	if (typeof response.body !== 'object') throw notTelnyx(statusCode);
	return response.body as IDataObject;
}

function networkCode(error: unknown): string {
	const { cause, code, httpCode } = error as {
		cause?: { code?: string };
		code?: string;
		httpCode?: string | null;
	};
	return cause?.code ?? code ?? httpCode ?? 'unknown';
}
