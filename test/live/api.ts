import axios from 'axios';

import type { Json } from '../simulator/types';
import type { Time } from './time';

export interface Reply {
	/** HTTP status. */
	status: number;
	/** Parsed if it is JSON, else `{}`. */
	body: Json;
	/** When the request was sent, in milliseconds. */
	sentAt: number;
	/** When the answer was there. */
	answeredAt: number;
}

export interface Request {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Without the base URL, such as `/calls`. */
	path: string;
	/** Sent as JSON; a text is sent as it is. */
	body?: Json | string;
	/** Another API key than that of the account. */
	apiKey?: string;
}

/** Sends requests to Telnyx's API. Every answer is a reply, also an error. */
export type Api = (request: Request) => Promise<Reply>;

const TIMEOUT_MS = 60_000;
const TRIES = 5;
/** Unless Telnyx says how long to wait after too many requests. */
const WAIT_SECS = 2;

/** Makes requests to the API; those that come too fast are sent again. */
export function makeApi({
	apiKey,
	baseUrl,
	time,
}: {
	apiKey: string;
	baseUrl: string;
	time: Time;
}): Api {
	return async (request) => {
		for (let tries = 1; ; tries += 1) {
			const sentAt = time.now();
			const { data, headers, status } = await axios.request({
				method: request.method,
				url: `${baseUrl}${request.path}`,
				data: typeof request.body === 'object' ? JSON.stringify(request.body) : request.body,
				headers: {
					authorization: `Bearer ${request.apiKey ?? apiKey}`,
					...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				timeout: TIMEOUT_MS,
				// Sent as it is, also if it is no JSON.
				transformRequest: (data: unknown) => data,
				validateStatus: () => true,
			});
			if (status === 429 && tries < TRIES) {
				const seconds = Number(headers['retry-after'] ?? headers['x-ratelimit-reset'] ?? WAIT_SECS);
				await time.pause((seconds || WAIT_SECS) * 1000, new AbortController().signal);
				continue;
			}
			const body = typeof data === 'object' && data !== null ? (data as Json) : {};
			return { status, body, sentAt, answeredAt: time.now() };
		}
	};
}

export const isSuccess = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** Telnyx has not done it, and will not do it. After a server error nobody knows. */
export const isRefusal = ({ status }: Reply): boolean => status >= 400 && status < 500;

/** The data of a reply that has to be a success. @throws with Telnyx's reason */
export function dataOf(reply: Reply, what: string): Json {
	const { body, status } = reply;
	if (isSuccess(reply)) return (body.data ?? body) as Json;
	const reasons = ((body.errors ?? []) as Json[]).map(
		({ code, detail, title }) => `${code} ${detail ?? title ?? ''}`,
	);
	throw new Error(`${what}: Telnyx answered ${[status, ...reasons].join(', ')}`);
}

/** The codes of a call and of a conference that have ended already. */
const OVER = ['90018', '90019'];

/** Whether there is nothing left to remove, according to the reply to a request that removes something. */
export const isGone = (reply: Reply): boolean =>
	reply.status === 404 || codesOf(reply).some((code) => OVER.includes(code));

/** That something is gone already is as good as that it is removed now. @throws with Telnyx's reason */
export function assertRemoved(reply: Reply, what: string): void {
	if (!isGone(reply)) dataOf(reply, what);
}

/** The codes of an error. */
export const codesOf = ({ body }: Reply): string[] =>
	((body.errors ?? []) as Json[]).map(({ code }) => String(code));
