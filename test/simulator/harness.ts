import Telnyx from 'telnyx';

import { startRecorder, type Recorded, type Recorder } from '../support/recorder';
import { manualClock, startSimulator } from './index';
import { loadValidator } from './validator';
import type { Json } from './types';

type Simulator = Awaited<ReturnType<typeof startSimulator>>;
type Options = NonNullable<Parameters<typeof startSimulator>[0]>;

/** A webhook as it was received. */
interface Received {
	type: string;
	id: string;
	payload: Json;
	attempt: number;
	request: Recorded;
}

/** A simulator with a manual clock, the official SDK as its client, and a receiver for its webhooks. */
export interface Harness {
	simulator: Simulator;
	clock: ReturnType<typeof manualClock>;
	client: Telnyx;
	receiver: Recorder;
	/** The ID of the application whose webhooks go to the receiver. */
	application: string;
	received(): Received[];
	/** The types of the webhooks received since the last call. */
	news(): Promise<string[]>;
	/** Lets time pass and waits for the webhooks that are sent. */
	pass(ms: number): Promise<void>;
	/** An answered inbound call, whose webhooks `news` no longer returns. */
	answeredCall(): Promise<string>;
	/** An outbound call that nobody has answered yet. */
	dial(body?: Record<string, unknown>): Promise<string>;
	/** An answered outbound call, whose webhooks `news` no longer returns. */
	dialledCall(body?: Record<string, unknown>): Promise<string>;
	close(): Promise<void>;
}

export const EVERYTHING_ENDS_MS = 4_000_000;

/** Starts both, each on a port of the system's choice. */
export async function startHarness(options: Options = {}): Promise<Harness> {
	const clock = manualClock();
	const receiver = await startRecorder();
	const webhookUrl = new URL('/hook', receiver.baseUrl).href;
	const simulator = await startSimulator({
		clock,
		connectors: ['recorder', 'will-fail'],
		applications: [{ name: 'Menu', webhookUrl }],
		...options,
	});
	const { apiKey, applications, baseUrl, publicKey } = simulator;
	const client = new Telnyx({ apiKey, baseURL: baseUrl, publicKey, maxRetries: 0 });
	const application = [...applications.keys()][0];
	let seen = 0;
	const harness: Harness = {
		simulator,
		clock,
		client,
		receiver,
		application,
		received: () => receiver.requests.map(toReceived),
		async news() {
			await simulator.settled();
			const types = harness.received().map(({ type }) => type);
			return types.slice(seen, (seen = types.length));
		},
		async pass(ms) {
			await simulator.settled();
			clock.advance(ms);
			await simulator.settled();
		},
		async answeredCall() {
			const { call_control_id } = simulator.placeCall();
			await client.calls.actions.answer(call_control_id, {});
			await harness.news();
			return call_control_id;
		},
		async dial(body = {}) {
			const { data } = await client.calls.dial({
				connection_id: application,
				from: '+13125550100',
				to: '+13125550177',
				...body,
			});
			return String(data?.call_control_id);
		},
		async dialledCall(body = {}) {
			const id = await harness.dial(body);
			simulator.answer(id);
			await harness.news();
			return id;
		},
		async close() {
			await simulator.close();
			await receiver.close();
		},
	};
	return harness;
}

/** Fields that Telnyx sends although its schema does not declare them, from captured webhooks. */
const UNDECLARED = [
	'calling_party_type',
	'duration_millis',
	'end_time',
	'format',
	'from_sip_uri',
	'recording_id',
	'speak_id',
	'start_time',
	'to_sip_uri',
	'/occurred_at',
];

/** Expects every event to be as the SDK declares it. */
export function expectDeclared(events: Received[]) {
	const validator = loadValidator();
	for (const { request } of events) {
		const { data } = JSON.parse(request.body);
		const { client_state, ...payload } = data.payload;
		const finding = validator.event(data.event_type, {
			...data,
			payload: client_state === null ? payload : data.payload,
		});
		const unknown = finding?.unknown.filter(
			(pointer) => !UNDECLARED.includes(pointer.replace('/payload/', '')),
		);
		expect([data.event_type, { ...finding, unknown }]).toEqual([
			data.event_type,
			{ problems: [], unknown: [] },
		]);
	}
}

function toReceived(request: Recorded): Received {
	const { data, meta } = JSON.parse(request.body);
	const { event_type: type, id, payload } = data;
	return { type, id, payload, attempt: meta.attempt, request };
}

/** Why a request was refused: the HTTP status, the codes and the fields they point to. */
export async function refusal(
	request: PromiseLike<unknown>,
): Promise<{ status: number; codes: string[]; pointers: Array<string | undefined> }> {
	try {
		await request;
	} catch (error) {
		const { status, error: body } = error as {
			status: number;
			error: { errors: Array<{ code: string; source?: { pointer: string } }> };
		};
		return {
			status,
			codes: body.errors.map(({ code }) => code),
			pointers: body.errors.map(({ source }) => source?.pointer),
		};
	}
	throw new Error('It was not refused.');
}
