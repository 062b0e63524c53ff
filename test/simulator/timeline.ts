import { randomUUID } from 'node:crypto';

import type { TelnyxError } from './refusals';
import type { ApiRequest, Delivery, Json, Leg, Row } from './types';

const LENGTH = 1000;

/**
 * The timeline: what people, commands and webhooks did, in order.
 * @param now milliseconds
 * @param onRow called again when something about a row changes
 */
export function makeTimeline(now: () => number, onRow: (row: Row) => void) {
	const rows: Row[] = [];
	const rowOfDelivery = new Map<string, Row>();

	function add(content: Omit<Row, 'id' | 'at'>) {
		const row = { id: randomUUID(), at: now(), ...content };
		rows.push(row);
		rows.splice(0, rows.length - LENGTH);
		onRow(row);
		return row;
	}

	return {
		rows,
		person(leg: Leg, name: string, facts: string[] = []) {
			add({ ...of(leg), kind: 'person', name, facts, status: 'done', reason: null, detail: null });
		},
		/**
		 * Adds a command. Returns a function to call once it has been answered.
		 * @param leg the command is for
		 */
		command(name: string, request: ApiRequest, leg?: Leg) {
			const row = add({
				...of(leg),
				kind: 'command',
				name,
				facts: factsOf(request.body),
				status: 'underway',
				reason: null,
				detail: null,
			});
			/** @param subject the leg that the command turned out to concern */
			return (subject: Leg | undefined = leg) => {
				const { answer, body, duplicate, isNotSimulated, method, path, status, unknownFields } =
					request;
				const [error] = (answer as { errors?: TelnyxError[] } | null)?.errors ?? [];
				if (duplicate) row.facts.push('ignored: this command_id came before');
				if (isNotSimulated) row.facts.push('accepted, but the simulator does nothing');
				if (unknownFields.length > 0) row.facts.push(`unknown: ${unknownFields.join(', ')}`);
				Object.assign(row, of(subject), {
					status: status < 300 ? 'done' : 'refused',
					reason: error ? `${error.code} ${error.title}: ${error.detail}` : refusedWith(status),
					detail: { request: { method, path, body }, answer: { status, body: answer } },
				});
				onRow(row);
			};
		},
		webhook(delivery: Delivery) {
			const { attempts, event, leg, status } = delivery;
			const last = attempts.at(-1);
			const address = last?.http.request.url;
			const content = {
				...of(leg),
				kind: 'webhook' as const,
				name: event.event_type,
				facts: [
					...factsOfEvent(event.payload),
					...(attempts.length > 1 ? [`attempt ${attempts.length}`] : []),
				],
				status: (
					{
						underway: 'underway',
						delivered: 'done',
						failed: 'failed',
					} as const
				)[status],
				reason: status === 'delivered' ? null : (last?.problem ?? (address ? null : NO_ADDRESS)),
				detail: { event, attempts },
			};
			const known = rowOfDelivery.get(delivery.id);
			if (known) onRow(Object.assign(known, content));
			else rowOfDelivery.set(delivery.id, add(content));
		},
	};
}

const NO_ADDRESS = 'The application has no webhook address, so nobody hears of this.';

const refusedWith = (status: number) => (status < 300 ? null : `The answer was ${status}.`);

const of = (leg?: Leg) => ({
	session: leg?.call_session_id ?? null,
	call: leg?.call_control_id ?? null,
	party: leg ? (leg.direction === 'incoming' ? leg.from : leg.to) : null,
});

/** Fields that are left out of the short summary. */
const HIDDEN = ['client_state', 'command_id', 'connection_id', 'voice', 'webhook_url'];

const factsOf = (body: object | null | undefined) =>
	Object.entries(body ?? {})
		.filter(([name, value]) => !HIDDEN.includes(name) && typeof value !== 'object')
		.slice(0, 4)
		.map(([name, value]) =>
			WITHOUT_NAME.includes(name) ? short(value) : `${name} ${short(value)}`,
		);

/** Fields whose values are shown without their names. */
const WITHOUT_NAME = [
	'payload',
	'digits',
	'to',
	'audio_url',
	'connector_name',
	'sip_address',
	'role',
];

const EVENT_FACTS = [
	'digit',
	'digits',
	'status',
	'result',
	'hangup_cause',
	'failure_cause',
	'failure_reason',
	'sip_notify_response',
	'queue',
	'reason',
	'direction',
];

const factsOfEvent = (payload: Json) =>
	EVENT_FACTS.filter((name) => ['string', 'number'].includes(typeof payload[name]))
		.slice(0, 2)
		.map((name) => short(payload[name]))
		.filter(Boolean);

function short(value: unknown) {
	const text = String(value);
	return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
