import type { IDataObject } from 'n8n-workflow';

import { decodeClientState } from '../telnyx/clientState';
import { distrust, type SignedRequest } from '../telnyx/signature';
import { ALL_EVENTS } from './events';

export interface Delivery extends SignedRequest {
	/** The event types that the workflow wants, or `*` among them for all. */
	readonly wanted: ReadonlySet<string>;
}

/** What is to be done with a request. Reasons are for the log: no key, no body, no number in them. */
export type Verdict =
	| { readonly kind: 'refused'; readonly reason: string }
	| { readonly kind: 'unusable'; readonly reason: string }
	| { readonly kind: 'unwanted' }
	| { readonly kind: 'wanted'; readonly event: IDataObject };

/** Judges a request: is it from Telnyx, is it an event, does the workflow want it. Never throws. */
export function receive(delivery: Delivery): Verdict {
	const reason = distrust(delivery);
	if (reason !== null) return { kind: 'refused', reason };

	const body = parse(delivery.rawBody as Buffer);
	const data = isObject(body) ? body.data : undefined;
	if (!isObject(data) || typeof data.event_type !== 'string') {
		return { kind: 'unusable', reason: whyUnusable(body) };
	}
	const isWanted = delivery.wanted.has(ALL_EVENTS) || delivery.wanted.has(data.event_type);
	return isWanted
		? { kind: 'wanted', event: toOutput(data, (body as IDataObject).meta) }
		: { kind: 'unwanted' };
}

/** Everything as Telnyx sent it, known to us or not, and the client state in a form to work with. */
function toOutput(data: IDataObject, meta: unknown): IDataObject {
	const state = isObject(data.payload) ? data.payload.client_state : undefined;
	return {
		...data,
		meta: (meta ?? null) as IDataObject | null,
		client_state: decodeClientState(state) as IDataObject | null,
	};
}

function whyUnusable(body: unknown): string {
	if (body === undefined) {
		return 'the body is not JSON: TeXML applications send forms, use a Call Control application';
	}
	if (isObject(body) && typeof body.event_type === 'string') {
		return 'the event has the format of API v1: set the webhook API version of the application to 2';
	}
	return 'the body is not a Telnyx event';
}

function parse(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
