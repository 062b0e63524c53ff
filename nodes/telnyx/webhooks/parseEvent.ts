import type { IDataObject } from 'n8n-workflow';

import { decodeClientState } from '../clientState';
import { isObject } from '../../shared/isObject';

/** An event of Telnyx' API v2: everything in it, and the client state decoded. */
export interface TelnyxEvent extends IDataObject {
	event_type: string;
	meta: IDataObject | null;
	/** JSON if it is JSON, else text, else null. In the payload it is as Telnyx sent it. */
	client_state: IDataObject | null;
}

/**
 * Reads the body of a webhook whose signature was checked. Never throws.
 * @returns the event, or why there is none, for the log
 */
export function parseEvent(rawBody: Buffer): TelnyxEvent | string {
	const body = parse(rawBody);
	if (body === undefined) {
		return 'the body is not JSON: TeXML applications send forms, use a Call Control application';
	}
	if (!isObject(body)) return 'the body is not a Telnyx event';
	const { meta, ...bare } = body;
	const data = body.data === undefined && isBareEvent(bare) ? bare : body.data;
	if (isObject(data) && typeof data.event_type === 'string') {
		return toEvent({ ...data, event_type: data.event_type }, meta);
	}
	return typeof body.event_type === 'string'
		? 'the event has the format of API v1: set the webhook API version of the application to 2'
		: 'the body is not a Telnyx event';
}

/** Telnyx documents conference.floor.changed without `data` around it. API v1 has no dots. */
const isBareEvent = ({ event_type }: IDataObject) =>
	typeof event_type === 'string' && event_type.includes('.');

function toEvent(data: IDataObject & { event_type: string }, meta: unknown): TelnyxEvent {
	const { client_state } = payloadOf(data);
	return {
		...data,
		meta: (meta ?? null) as IDataObject | null,
		client_state: decodeClientState(client_state) as IDataObject | null,
	};
}

/** What an event is about, or an empty object. */
export const payloadOf = ({ payload }: IDataObject): IDataObject =>
	isObject(payload) ? payload : {};

function parse(rawBody: Buffer): unknown {
	try {
		return JSON.parse(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}
