import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { perObject } from '../shared/perObject';
import { ASK_TO_REPEAT } from '../telnyx/webhooks/receive';

/** The path below an execution's own address; the same for every node, because Telnyx stores it with the leg. */
export const PATH = 'telnyx';

/** The address at which an execution receives requests while it waits. n8n checks the token in it. */
export function ownAddress(context: IExecuteFunctions): URL {
	const url = new URL(resumeUrlOf(context));
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${PATH}`;
	return url;
}

/** Read once for each run of a node: n8n takes milliseconds for it. */
const resumeUrlOf = perObject((context: IExecuteFunctions): string => {
	const { $execution } = context.getWorkflowDataProxy(0);
	return String($execution.resumeUrl);
});

/** Path and query, which identify an execution within this n8n. */
export const nameOf = ({ pathname, search }: URL): string => `${pathname}${search}`;

/** The address at which this process receives webhooks; undefined until the first one has arrived. */
let origin: string | undefined;

/** Whether requests to that address end at the proxy for what n8n sends, and so never come here. */
let isBehindProxy = false;

/** Learns it from a webhook. */
export function learnOrigin(context: IWebhookFunctions): void {
	const { socket } = context.getRequestObject();
	const { localAddress, localPort } = socket ?? {};
	if (origin !== undefined || localAddress === undefined || localPort === undefined) return;
	const address = localAddress.replace(/^::ffff:/, '');
	const host = address.includes(':') ? `[${address}]` : address;
	origin = `${'encrypted' in socket ? 'https' : 'http'}://${host}:${localPort}`;
}

/** Whether this process receives webhooks, so that what it knows is known where events arrive. */
export const takesWebhooks = (): boolean => origin !== undefined;

interface HttpAnswer {
	/** 0 if there was none. */
	readonly status: number;
	readonly text: string;
}

const NO_ANSWER: HttpAnswer = { status: 0, text: '' };

/**
 * Sends a request to an execution of this n8n: to this process if it receives webhooks; otherwise, or if
 * n8n forbids requests to internal addresses or sends them to a proxy, to n8n's public address. If it forbids one
 * of them and no answer comes from n8n, its log says so.
 * @param address path and query
 * @param publicOrigin undefined if it is not known
 */
export async function ask(
	{ helpers, logger }: Pick<IExecuteFunctions | IWebhookFunctions, 'helpers' | 'logger'>,
	address: string,
	publicOrigin: string | undefined,
	content: { readonly body: Buffer | string; readonly headers: Record<string, string> },
	timeoutMs: number,
): Promise<HttpAnswer> {
	let ofProxy: HttpAnswer | undefined;
	let isForbidden = false;
	for (const base of [isBehindProxy ? undefined : origin, publicOrigin]) {
		if (base === undefined) continue;
		const url = `${base}${base === origin ? withinProcess(address) : address}`;
		try {
			const { statusCode, body } = (await helpers.httpRequest({
				method: 'POST',
				url,
				body: content.body,
				headers: { 'Content-Type': 'application/json', ...content.headers },
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				// Behind n8n's own certificate, which is for its public name.
				skipSslCertificateValidation: base === origin,
				timeout: timeoutMs,
				encoding: 'text',
			})) as { statusCode: number; body: unknown };
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const answer = { status: statusCode, text };
			if (!isOfProxy(answer)) {
				// From now on, no request takes the detour.
				if (ofProxy) isBehindProxy = true;
				return answer;
			}
			ofProxy = answer;
		} catch (error) {
			if (isTimeout(error)) return NO_ANSWER;
			isForbidden ||= isForbiddenByN8n(error);
		}
	}
	if (isForbidden) sayForbidden(logger);
	return ofProxy ?? NO_ANSWER;
}

/** Statuses that neither n8n nor a node of ours answers such a request with. */
const OF_PROXIES: readonly number[] = [403, 407, 502, 504];

/** Whether an answer comes from a proxy that did not reach n8n, whose own errors are JSON. */
const isOfProxy = ({ status, text }: HttpAnswer): boolean =>
	OF_PROXIES.includes(status) ||
	(status === 503 && !ASK_TO_REPEAT.includes(text) && !text.startsWith('{'));

/** A proxy in front of n8n may strip the start of the path: endpoint, execution and our own path stay. */
const withinProcess = (address: string): string => {
	const [path, query = ''] = address.split('?');
	return `/${path.split('/').slice(-3).join('/')}?${query}`;
};

/** The request may have arrived: the other address would deliver it a second time. */
const isTimeout = (error: unknown): boolean => {
	const { code, cause } = error as { code?: string; cause?: { code?: string } };
	return ['ECONNABORTED', 'ETIMEDOUT'].includes(String(cause?.code ?? code));
};

/** Whether n8n's protection against requests to internal addresses has refused to send the request. */
const isForbiddenByN8n = (error: unknown): boolean =>
	String((error as Error).name).startsWith('SsrfBlocked');

let isForbiddenSaid = false;

/** Warns only once: nobody else would say why waits end late. */
function sayForbidden(logger: IExecuteFunctions['logger']): void {
	if (isForbiddenSaid) return;
	isForbiddenSaid = true;
	logger.warn(
		"Telnyx wait: with N8N_SSRF_PROTECTION_ENABLED this n8n must not send requests to itself, so waits may end late, and events that a trigger receives do not reach executions that wait. Add the host of n8n's webhook URL to N8N_SSRF_ALLOWED_HOSTNAMES.",
	);
}

/** The ID of the execution that an address belongs to. */
export const executionIn = (address: string): string =>
	address.split('?')[0].split('/').at(-2) ?? '';
