import type { IDataObject } from 'n8n-workflow';

import { withoutInvisible } from '../../shared/invisible';
import { isDeeperThan } from '../../shared/isDeeperThan';
import { isObject } from '../../shared/isObject';
import { parseExactly } from '../../shared/parseExactly';
import { decodeClientState, MOST_LEVELS } from '../clientState';
import { events } from '../events';
import { decodeOwned, type OwnedClientState } from '../ownedClientState';

/** An event of Telnyx's API v2: everything in it, and the client state decoded. */
export interface TelnyxEvent extends IDataObject {
	event_type: string;
	meta: IDataObject | null;
	/** JSON if it is JSON, else text, else null. In the payload it is as the user set it. */
	client_state: IDataObject | null;
}

/** An event, and what travels with its leg besides the user's client state. */
export type ParsedEvent = Pick<OwnedClientState, 'owner' | 'wait'> & {
	readonly event: TelnyxEvent;
};

/**
 * Reads the body of a webhook whose signature was checked. Numbers with more digits than JavaScript keeps
 * become text. Never throws.
 * @returns the event, or why there is none, for the log
 */
export function parseEvent(rawBody: Buffer): ParsedEvent | string {
	const body = parse(rawBody);
	if (body === undefined) {
		return 'the body is not JSON: TeXML applications send forms, use a Call Control application';
	}
	if (!isObject(body)) return 'the body is not a Telnyx event';
	if (isDeeperThan(MOST_LEVELS, body)) return `the body has more than ${MOST_LEVELS} levels`;
	const { meta, data, ...bare } = body;
	const event = data === undefined ? bare : data;
	if (!isObject(event) || (data === undefined && !('event_type' in bare))) {
		return 'the body is not a Telnyx event';
	}
	const { event_type } = event;
	if (typeof event_type !== 'string' || withoutInvisible(event_type).trim() === '') {
		return 'the event has no type';
	}
	if (data === undefined && isVersion1(bare)) {
		return 'the event has the format of API v1: set the webhook API version of the application to 2';
	}
	return toEvent({ ...event, event_type }, meta);
}

/**
 * Whether an event without `data` around it has the format of API v1, whose types have no dots. Telnyx
 * documents conference.floor.changed without `data` as well, and an older form with `webhook_id`.
 */
const isVersion1 = ({ event_type, webhook_id, occurred_at }: IDataObject) =>
	!String(event_type).includes('.') &&
	!events.some(({ type }) => type === event_type) &&
	webhook_id === undefined &&
	occurred_at === undefined;

function toEvent(data: IDataObject & { event_type: string }, meta: unknown): ParsedEvent {
	const { occurred_at = data.created_at } = data;
	const id = isId(data.id) ? data.id : (data.webhook_id ?? data.id);
	const { client_state: received } = payloadOf(data);
	const { clientState = null, owner, wait } = decodeOwned(received);
	const event = {
		...data,
		// What an execution adds to the client state is nobody else's business.
		...(owner !== undefined && { payload: { ...payloadOf(data), client_state: clientState } }),
		...(id !== undefined && { id }),
		...(occurred_at !== undefined && { occurred_at }),
		meta: (meta ?? null) as IDataObject | null,
		client_state: decodeClientState(clientState) as IDataObject | null,
	};
	return { event, owner, wait };
}

/** Whether a value can tell one event from another. */
export const isId = (id: unknown): boolean =>
	(typeof id === 'string' && id.trim() !== '') || typeof id === 'number';

/** What an event is about, or an empty object. */
export const payloadOf = ({ payload }: IDataObject): IDataObject =>
	isObject(payload) ? payload : {};

function parse(rawBody: Buffer): unknown {
	try {
		return parseExactly(rawBody.toString('utf8'));
	} catch {
		return undefined;
	}
}
