import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { joinedParts } from '../../shared/joinedParts';
import type { Send, TelnyxRequest } from '../../telnyx/http/client';
import { TelnyxFailure } from '../../telnyx/http/failure';
import { encodePathPart } from '../../telnyx/http/path';
import { everyEntry } from './paging';

/** What a call's events are filtered by: a leg, or a session with all its legs. */
const LEG = 'filter[leg_id]';
const SESSION = 'filter[application_session_id]';

/** An event of a call, as the list of call events has it. */
interface CallEvent {
	readonly name: string;
	/** ISO 8601. */
	readonly at: string;
	readonly legId: string;
	readonly payload: IDataObject;
}

/**
 * A call as one flat row: what its events and its recordings tell, `null` for what they do not.
 * @param request the list of call events, filtered by a leg ID; the ID of a session, or a leg's call
 * control ID, may stand in its place
 * @throws TelnyxFailure if Telnyx has no events of the call
 */
export async function callSummary(send: Send, request: TelnyxRequest): Promise<IDataObject> {
	const ask = async (path: string, query: Record<string, string>) =>
		await everyEntry(send, { ...request, path, query }, Infinity);
	const id = await legOrSession(send, request);
	const ofLeg = (await ask(request.path, { [LEG]: id })).filter(isOf('call_leg_id', id));
	const ofSession =
		ofLeg.length > 0
			? []
			: (await ask(request.path, { [SESSION]: id })).filter(isOf('call_session_id', id));
	const entries = [...ofLeg, ...ofSession];
	if (entries.length === 0) throw noEvents();
	const by = ofLeg.length > 0 ? 'call_leg_id' : 'call_session_id';
	const recordings = await ask('/recordings', { [`filter[${by}]`]: id });
	return toRow(entries, recordings.filter(isOf(by, id)));
}

/** Telnyx ignores a filter that it does not know, and returns what others did. */
const isOf =
	(name: string, id: string) =>
	(entry: IDataObject): boolean =>
		entry[name] === id;

const CALL_CONTROL_ID = /^v\d+:/;

/** The ID to look for. The list of events knows no call control IDs. */
async function legOrSession(send: Send, request: TelnyxRequest): Promise<string> {
	const { [LEG]: id = '' } = request.query ?? {};
	if (!CALL_CONTROL_ID.test(id)) return id;
	const path = `/calls/${encodePathPart(id)}`;
	const { data } = await send({ ...request, path, query: undefined });
	return isObject(data) ? String(data.call_leg_id) : id;
}

function noEvents(): TelnyxFailure {
	const todo =
		"Check 'Call ID': it has to be a call leg ID or a call session ID of this account. Telnyx keeps the events of a call for a limited time.";
	return new TelnyxFailure({
		happened: 'Telnyx has no events of this call',
		description: todo,
		details: { todo },
		httpCode: 'none',
	});
}

/**
 * The row of a call. Who, when and why are those of its first leg; keys, words, recordings and cost those
 * of all legs.
 * @param entries of the list of call events
 */
export function toRow(entries: IDataObject[], recordings: IDataObject[]): IDataObject {
	const all = inOrder(entries);
	const [{ legId }] = all;
	const first = all.filter((event) => event.legId === legId);
	const named = (name: string) => first.find((event) => event.name === name);
	const [initiated, answered, hangup] = ['call.initiated', 'call.answered', 'call.hangup'].map(
		named,
	);
	const told = (name: string) =>
		first.find(({ payload }) => hasValue(payload[name]))?.payload[name];
	const startedAt = told('start_time') ?? initiated?.at;
	const endedAt = hangup && (hangup.payload.end_time ?? hangup.at);
	return {
		from: orNull(told('from')),
		to: orNull(told('to')),
		direction: orNull(told('direction')),
		started_at: orNull(startedAt),
		answered_at: orNull(answered?.at),
		ended_at: orNull(endedAt),
		answered: answered !== undefined,
		answered_by: orNull(first.findLast(isDetection)?.payload.result) ?? byBeep(first),
		duration_secs: secondsBetween(startedAt, endedAt),
		talk_secs: secondsBetween(answered?.at, endedAt),
		keys: keysIn(all) || null,
		words: withoutReplaced(all).flatMap(wordsIn).filter(Boolean).join('\n') || null,
		recording_id: orNull(recordings.at(-1)?.id),
		recordings: recordings.length,
		...costOf(all),
		hangup_cause: orNull(hangup?.payload.hangup_cause),
		hangup_source: orNull(hangup?.payload.hangup_source),
		legs: new Set(all.map((event) => event.legId)).size,
		connection_id: orNull(told('connection_id')),
		call_control_id: orNull(told('call_control_id')),
		call_leg_id: legId,
		call_session_id: orNull(entries[0].call_session_id),
	};
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const orNull = (value: IDataObject[string]) => (hasValue(value) ? value : null);

/** The webhooks, oldest first, each once: a webhook that is delivered again has further entries. */
function inOrder(entries: IDataObject[]): CallEvent[] {
	const webhooks = entries.filter(({ type }) => type !== 'command');
	const events = (webhooks.length > 0 ? webhooks : entries).map(toEvent);
	const once = new Map(events.map((event) => [JSON.stringify(event), event]));
	return [...once.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const toEvent = ({ name, event_timestamp, call_leg_id, metadata }: IDataObject): CallEvent => ({
	name: String(name),
	at: String(event_timestamp),
	legId: String(call_leg_id),
	payload: payloadIn(metadata),
});

/** The payload of an event, with or without the envelope in which it was delivered. */
function payloadIn(metadata: unknown): IDataObject {
	const wrappers = ['event', 'data', 'payload'];
	const inner = wrappers.reduce(
		(outer, wrapper) => (isObject(outer) && isObject(outer[wrapper]) ? outer[wrapper] : outer),
		metadata,
	);
	return isObject(inner) ? inner : {};
}

const isDetection = ({ name }: CallEvent): boolean =>
	/^call\.machine\.(?:premium\.)?detection\.ended$/.test(name);

/** If the beep comes before the verdict, Telnyx reports nothing but the beep. */
const byBeep = (events: readonly CallEvent[]): string | null =>
	events.some(isBeep) ? 'machine' : null;

const isBeep = ({ name, payload }: CallEvent): boolean =>
	/^call\.machine\.(?:premium\.)?greeting\.ended$/.test(name) && payload.result === 'beep_detected';

function secondsBetween(from: unknown, until: unknown): number | null {
	const millis = Date.parse(String(until)) - Date.parse(String(from));
	return Number.isNaN(millis) ? null : Math.max(0, Math.round(millis / 1000));
}

/** How long before or after the end of a question a key may be reported that belongs to it. */
const SAME_MOMENT_MS = 500;

/** What was pressed: the digits of each question, then other keys, separated by blanks. */
function keysIn(events: CallEvent[]): string {
	const questions = events.filter(({ name }) => name === 'call.gather.ended');
	const lastAsked = Date.parse(questions.at(-1)?.at ?? '') + SAME_MOMENT_MS;
	const others = events
		.filter(({ name }) => name === 'call.dtmf.received')
		.filter(({ at }) => !(Date.parse(at) <= lastAsked))
		.map(({ payload }) => text(payload.digit));
	const answers = questions.map(({ payload }) => text(payload.digits));
	return [...answers, others.join('')].filter(Boolean).join(' ');
}

/** Without the interim results of transcriptions that a later result of their leg replaces. */
const withoutReplaced = (all: CallEvent[]): CallEvent[] =>
	all.filter(
		(event, at) =>
			heardIn(event).is_final !== false ||
			!all.slice(at + 1).some((later) => later.legId === event.legId && heardIn(later).transcript),
	);

const heardIn = ({ name, payload: { transcription_data: heard } }: CallEvent): IDataObject =>
	name === 'call.transcription' && isObject(heard) ? heard : {};

/** What the person said: transcribed, or to an AI that asked for something. */
function wordsIn(event: CallEvent): string[] {
	const { name, payload } = event;
	if (name === 'call.transcription') return [text(heardIn(event).transcript)];
	if (name !== 'call.ai_gather.ended' || !Array.isArray(payload.message_history)) return [];
	return payload.message_history
		.filter(isObject)
		.filter(({ role }) => role === 'user')
		.map(({ content }) => text(content));
}

/** Of a list of parts, as language models write what was said, the text of each. */
const text = (value: unknown): string => {
	if (Array.isArray(value)) return joinedParts(value.map(text));
	if (isObject(value)) return text(value.text);
	return hasValue(value) ? String(value) : '';
};

/** Telnyx sends the cost of each leg if the application has the setting for it. */
function costOf(events: CallEvent[]): IDataObject {
	const costs = events.filter(({ name }) => name === 'call.cost').map(({ payload }) => payload);
	const parts = costs.flatMap(({ cost_parts }) => (Array.isArray(cost_parts) ? cost_parts : []));
	const currency = parts.filter(isObject).find((part) => hasValue(part.currency))?.currency;
	// Of decimals that are added, the last digits are noise.
	const total = costs.reduce((sum, { total_cost }) => sum + Number(total_cost), 0);
	return {
		cost: costs.length > 0 && !Number.isNaN(total) ? Number(total.toFixed(6)) : null,
		currency: orNull(currency),
	};
}
