import { randomUUID } from 'node:crypto';

import { FOREVER_MS } from './playback';
import type { TelnyxError } from './refusals';
import type { ApiRequest, Attempt, Delivery, Json, Leg, Row } from './types';

const LENGTH = 1000;

/** The optional parts of a row. */
const UNREMARKABLE = { reason: null, isNormal: false, advice: null, page: null, detail: null };

type Content = Omit<Row, 'id' | 'at' | keyof typeof UNREMARKABLE> & Partial<Row>;

/**
 * The timeline: what people, commands and webhooks did, in order.
 * @param now milliseconds
 * @param onRow called again when something about a row changes
 * @param pageOf where the workflow of a leg can be seen
 */
export function makeTimeline(
	now: () => number,
	onRow: (row: Row) => void,
	pageOf: (leg: Leg) => string | undefined,
) {
	const rows: Row[] = [];
	const rowOfDelivery = new Map<string, Row>();
	/** Where a webhook was taken at least once. */
	const known = new Set<string>();

	/** The call sessions that nobody is to see any more. */
	const forgotten = new Set<string | null>();

	function show(row: Row) {
		if (!forgotten.has(row.session)) onRow(row);
	}

	function add(content: Content) {
		const row: Row = { id: randomUUID(), at: now(), ...UNREMARKABLE, ...content };
		if (forgotten.has(row.session)) return row;
		rows.push(row);
		rows.splice(0, rows.length - LENGTH);
		onRow(row);
		return row;
	}

	return {
		rows,
		/** Removes a call session, and everything that happens in it from now on. */
		forget(session: string) {
			forgotten.add(session);
			const kept = rows.filter((row) => !forgotten.has(row.session));
			rows.splice(0, rows.length, ...kept);
		},
		person(leg: Leg, name: string, facts: string[] = []) {
			add({ ...of(leg), kind: 'person', name, facts, status: 'done' });
		},
		/**
		 * Adds a command. Returns a function to call once it has been answered.
		 * @param leg the command is for
		 */
		command(name: string, request: ApiRequest, leg?: Leg) {
			const facts = factsOf(request.body);
			const row = add({ ...of(leg), kind: 'command', name, facts, status: 'underway' });
			const playing = leg?.sounds.find(({ lastsMs }) => lastsMs < FOREVER_MS);
			const cutsOff = name === 'hangup' && playing?.kind;
			/** @param subject the leg that the command turned out to concern */
			return (subject: Leg | undefined = leg) => {
				const { answer, body, duplicate, isNotSimulated, method, path, status, unknownFields } =
					request;
				const [error] = (answer as { errors?: TelnyxError[] } | null)?.errors ?? [];
				if (duplicate) row.facts.push('ignored: this command_id came before');
				if (isNotSimulated) row.facts.push('accepted, but the simulator does nothing');
				if (unknownFields.length > 0) row.facts.push(`unknown: ${unknownFields.join(', ')}`);
				const isDone = status < 300;
				const advice = isDone ? cutsOff && CUT_OFF[cutsOff] : MISTAKES[error?.code ?? ''];
				Object.assign(row, of(subject), {
					status: isDone ? 'done' : 'refused',
					isNormal: NORMAL_REFUSALS.includes(error?.code ?? ''),
					advice: advice || null,
					page: (advice && subject && pageOf(subject)) || null,
					reason: error ? `${error.code} ${error.title}: ${error.detail}` : refusedWith(status),
					detail: { request: { method, path, body }, answer: { status, body: answer } },
				});
				show(row);
			};
		},
		webhook(delivery: Delivery) {
			const { attempts, event, leg, status } = delivery;
			const last = attempts.at(-1);
			const address = last?.http.request.url;
			if (address && status === 'delivered') known.add(address);
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
				isNormal: isNormal(last, known),
				detail: { event, attempts },
			};
			const row = rowOfDelivery.get(delivery.id);
			if (row) show(Object.assign(row, content));
			else rowOfDelivery.set(delivery.id, add(content));
		},
	};
}

/** What the workflow does wrong if it hangs up during speech or a file. */
const CUT_OFF = {
	speech: 'You hung up while the text was being spoken: wait for the outcome.',
	audio: 'You hung up while the file was being played: wait for the outcome.',
};

/** What the workflow does wrong, by Telnyx's error code. */
const MISTAKES: Record<string, string> = {
	90034: 'Nobody had answered yet: answer the call first, or wait until it is answered.',
};

/** The caller was faster than the workflow, which every workflow has to expect. */
const NORMAL_REFUSALS = ['90018'];

/** Whether a webhook was refused as happens in every test: the execution that it is for has ended, or a test address has taken its one event. */
function isNormal(last: Attempt | undefined, known: Set<string>) {
	const { request, response } = last?.http ?? {};
	if (response?.status === 409) return true;
	const isTest = request?.url.includes('/webhook-test/') ?? false;
	return response?.status === 404 && isTest && known.has(request?.url ?? '');
}

const NO_ADDRESS = 'The application has no webhook address, so nobody hears of this.';

const refusedWith = (status: number) => (status < 300 ? null : `The answer was ${status}.`);

const of = (leg?: Leg) => ({
	session: leg?.call_session_id ?? null,
	call: leg?.call_control_id ?? null,
	party: leg ? (leg.direction === 'incoming' ? leg.from : leg.to) : null,
});

/** Fields that are left out of the short summary. */
const HIDDEN = ['client_state', 'command_id', 'connection_id', 'link_to', 'voice', 'webhook_url'];

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

const factsOfEvent = (payload: Json) => [
	...wordsOf(payload),
	...EVENT_FACTS.filter((name) => ['string', 'number'].includes(typeof payload[name]))
		.slice(0, 2)
		.map((name) => short(payload[name]))
		.filter(Boolean),
];

/** Of a transcription. */
const wordsOf = ({ transcription_data: data }: Json) =>
	data ? [`${short(data.transcript)}${data.is_final ? '' : ' …'}`] : [];

function short(value: unknown) {
	const text = String(value);
	return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
