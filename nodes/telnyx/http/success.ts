import type { IHttpRequestMethods } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { readRefusal } from './refusalBody';

/** What is known about the reply to a request before it comes. */
export interface ExpectedReply {
	readonly method: IHttpRequestMethods;
	/** Whether Telnyx does not say what a success brings back. */
	readonly anyReply?: boolean;
}

/**
 * What is wrong with the JSON of a success, as the end of a sentence about the reply. Telnyx answers a
 * change with nothing or with `data`; what it answers a question with, whoever asked knows best.
 */
export function flawIn(body: unknown, { method, anyReply }: ExpectedReply): string | undefined {
	if (!isObject(body)) return NOT_TELNYXS;
	if (hasData(body.data)) return undefined;
	if (readRefusal(body).isTelnyxs) return 'held errors';
	const isEmpty = Object.keys(body).length === 0;
	return isEmpty || method === 'GET' || anyReply ? undefined : NOT_TELNYXS;
}

const NOT_TELNYXS = 'was not what Telnyx answers';

/** A list with nothing in it may come with errors. */
const hasData = (data: unknown): boolean =>
	isObject(data) || (Array.isArray(data) && data.some(isObject));
