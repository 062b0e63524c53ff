import type { IDataObject } from 'n8n-workflow';

import { decodeBase64 } from '../shared/base64';
import { isObject } from '../shared/isObject';

/** A client state as it travels with a leg that an execution owns. Base64 texts, as Telnyx wants them. */
export interface OwnedClientState {
	/** What the user set; undefined if nothing. */
	readonly clientState?: string;
	/** Which execution the leg belongs to, sealed by the nodes that wait. */
	readonly owner?: string;
	/** The wait that the last command with a client state began. */
	readonly wait?: string;
	/** Whether an execution answered the leg, so that whoever is there is a caller. */
	readonly isAnswered?: boolean;
}

/** In the JSON that travels. Other systems that receive the events of the leg see these names. */
const STATE = 'client_state';
const OWNER = 'n8n_execution';
const WAIT = 'n8n_wait';
const ANSWERED = 'n8n_answered';

/** The client state to send: the user's own, inside JSON that names the owner. */
export function encodeOwned({ clientState, owner, wait, isAnswered }: OwnedClientState): string {
	const answered = isAnswered ? true : undefined;
	const json = { [STATE]: clientState, [OWNER]: owner, [WAIT]: wait, [ANSWERED]: answered };
	return Buffer.from(JSON.stringify(json), 'utf8').toString('base64');
}

/** The reverse for what an event or an answer holds. Never throws. */
export function decodeOwned(received: unknown): OwnedClientState {
	if (typeof received !== 'string' || received === '') return {};
	const json = parse(decodeBase64(received)?.toString('utf8'));
	if (!isObject(json) || typeof json[OWNER] !== 'string') return { clientState: received };
	return {
		...(typeof json[STATE] === 'string' && { clientState: json[STATE] }),
		owner: json[OWNER],
		...(typeof json[WAIT] === 'string' && { wait: json[WAIT] }),
		...(json[ANSWERED] === true && { isAnswered: true }),
	};
}

function parse(text: string | undefined): unknown {
	// Most client states are the user's own, and need not be parsed.
	if (!text?.includes(OWNER)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Telnyx has client states in the first few levels of what it tells. */
const MOST_LEVELS = 20;

/** What Telnyx tells, with the client states that the user set. */
export const withOwnClientState = (told: IDataObject, levels = MOST_LEVELS): IDataObject =>
	Object.fromEntries(
		Object.entries(told).map(([name, value]) => [
			name,
			name === STATE && typeof value === 'string' ? ofUser(value) : shown(value, levels),
		]),
	);

function ofUser(received: string): string | null {
	const { clientState = null, owner } = decodeOwned(received);
	return owner === undefined ? received : clientState;
}

function shown(value: IDataObject[string], levels: number): IDataObject[string] {
	if (levels === 0) return value;
	if (Array.isArray(value)) return value.map((one) => shown(one, levels - 1)) as typeof value;
	return isObject(value) ? withOwnClientState(value, levels - 1) : value;
}
