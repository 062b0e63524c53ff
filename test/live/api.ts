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

/** The data of a reply that has to be a success. @throws with Telnyx's reason */
export function dataOf({ body, status }: Reply, what: string): Json {
	if (status >= 200 && status < 300) return (body.data ?? body) as Json;
	const reasons = ((body.errors ?? []) as Json[]).map(
		({ code, detail, title }) => `${code} ${detail ?? title ?? ''}`,
	);
	throw new Error(`${what}: Telnyx answered ${[status, ...reasons].join(', ')}`);
}
