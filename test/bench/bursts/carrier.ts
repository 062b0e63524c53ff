/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { makeKeyPair } from '../../simulator/keys';

/** How the carrier behaves. */
export interface Behaviour {
	/** When the event of a command is sent, in milliseconds after its answer; before it if negative. */
	readonly eventAfterMs: number;
	/**
	 * Patient: waits for every response, and repeats after 408, 429 and 5xx. Impatient: gives up after 2
	 * seconds as Telnyx does, and repeats then as well. Once: waits, and repeats nothing.
	 */
	readonly sender: 'patient' | 'impatient' | 'once';
	/** Characters that a call brings into its execution. */
	readonly weight?: number;
}

/** One call and its result. */
export interface Call {
	readonly id: string;
	readonly startedAt: number;
	readonly commands: string[];
	endedAt?: number;
	clientState?: string;
	urls: Record<string, string[]>;
}

const EVENTS: Record<string, [string, object]> = {
	answer: ['call.answered', {}],
	speak: ['call.speak.ended', { status: 'completed' }],
	gather_using_speak: ['call.gather.ended', { status: 'valid', digits: '1' }],
	hangup: ['call.hangup', { hangup_cause: 'normal_clearing' }],
};

const GIVE_UP_MS = 2_000;
const REPEAT_MS = 200;
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000];

export type Carrier = Awaited<ReturnType<typeof startCarrier>>;

/**
 * A stand-in for Telnyx that does nothing but calls, with as little processor time as possible: bursts
 * are about what n8n takes.
 */
export async function startCarrier() {
	const keys = makeKeyPair();
	const calls = new Map<string, Call>();
	const application = { id: '1494404757140276705', webhook_event_url: '' };
	const underWay = new Set<Promise<unknown>>();
	const attempts: Array<{ call: string; type: string; status: number; ms: number }> = [];
	/** Where executions wait that have reported it. */
	const reports: string[] = [];
	let isClosed = false;
	/** Gets the events of calls that no Wait node waits for. */
	let plainStart = '';

	const server = createServer((request, response) => void answer(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		let text = '';
		for await (const chunk of request) text += chunk;
		const body = text === '' ? {} : JSON.parse(text);
		const [, command, action] = /\/calls\/([^/]+)\/actions\/(\w+)/.exec(request.url ?? '') ?? [];
		const reply = (data: object) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ data }));
		};
		if (request.url === '/report') {
			reports.push(body.url);
			return reply({});
		}
		const [, plainCall, plainAction] = /^\/plain\/([^/]+)\/(\w+)/.exec(request.url ?? '') ?? [];
		if (plainCall) {
			reply({});
			return await plainly(calls.get(decodeURIComponent(plainCall))!, plainAction, body.url);
		}
		if (body.webhook_event_url) application.webhook_event_url = body.webhook_event_url;
		if (!command)
			return reply({ application_name: 'Bench', webhook_api_version: '2', ...application });
		const call = calls.get(decodeURIComponent(command));
		// Of a workflow that needs no events.
		if (!call) return reply({ result: 'ok' });
		call.commands.push(action);
		if (body.client_state) call.clientState = body.client_state;
		if (body.webhook_urls) call.urls = body.webhook_urls;
		const [type, payload] = EVENTS[action];
		if (type === 'call.hangup') call.endedAt = Date.now();
		const { eventAfterMs } = carrier.behaviour;
		if (eventAfterMs < 0) {
			send(call, type, payload);
			await sleep(-eventAfterMs);
			return reply({ result: 'ok' });
		}
		reply({ result: 'ok' });
		await sleep(eventAfterMs);
		send(call, type, payload);
	}

	/** Carries out a command of the workflow that is made of n8n's own nodes, and wakes its Wait node. */
	async function plainly(call: Call, action: string, url: string): Promise<void> {
		call.commands.push(action);
		if (action === 'hangup') {
			call.endedAt = Date.now();
			return track(post(plainStart, JSON.stringify({ type: 'call.hangup' })));
		}
		await sleep(carrier.behaviour.eventAfterMs);
		// n8n responds with 409 as long as the execution runs.
		while (!isClosed && (await post(url, '{}')) !== 200) await sleep(REPEAT_MS);
	}

	function send(call: Call, type: string, payload: object): void {
		const [url = application.webhook_event_url] = call.urls[type] ?? [];
		const body = JSON.stringify({
			data: {
				record_type: 'event',
				event_type: type,
				id: randomUUID(),
				occurred_at: new Date().toISOString(),
				payload: {
					call_control_id: call.id,
					call_leg_id: call.id,
					call_session_id: call.id,
					connection_id: application.id,
					client_state: call.clientState ?? null,
					from: '+13125550100',
					to: '+13125550101',
					direction: 'incoming',
					...payload,
				},
			},
			meta: { attempt: 1, delivered_to: url },
		});
		track(deliver(call, type, url, body));
	}

	const track = (delivery: Promise<unknown>): void => {
		underWay.add(delivery);
		void delivery.finally(() => underWay.delete(delivery));
	};

	async function deliver(call: Call, type: string, url: string, body: string): Promise<void> {
		for (const retry of [...RETRIES_MS, undefined]) {
			const at = Date.now();
			const status = await post(url, body);
			attempts.push({ call: call.id, type, status, ms: Date.now() - at });
			const isRepeated = status === 0 || status === 408 || status === 429 || status >= 500;
			if (carrier.behaviour.sender === 'once' || !isRepeated || retry === undefined || isClosed)
				return;
			await sleep(retry);
		}
	}

	async function post(url: string, body: string): Promise<number> {
		const headers = keys.headers(body, Math.floor(Date.now() / 1000));
		const signal =
			carrier.behaviour.sender === 'impatient' ? AbortSignal.timeout(GIVE_UP_MS) : undefined;
		return await fetch(url, { method: 'POST', headers, body, signal }).then(
			async (response) => {
				await response.arrayBuffer();
				return response.status;
			},
			() => 0,
		);
	}

	function newCall(): Call {
		const call: Call = { id: `v3:${randomUUID()}`, startedAt: Date.now(), commands: [], urls: {} };
		calls.set(call.id, call);
		return call;
	}

	const carrier = {
		behaviour: { eventAfterMs: 0, sender: 'patient' } as Behaviour,
		baseUrl: `http://127.0.0.1:${port}/v2`,
		publicKey: keys.publicKey,
		application,
		calls,
		attempts,
		reports,
		reportUrl: `http://127.0.0.1:${port}/report`,
		/** Takes the commands of n8n's own nodes: behind it the call and the command. */
		plainUrl: `http://127.0.0.1:${port}/plain`,
		/** How often each kind of webhook got which status. */
		summary(): Record<string, number> {
			const counts: Record<string, number> = {};
			for (const { type, status } of attempts) {
				counts[`${type} ${status}`] = (counts[`${type} ${status}`] ?? 0) + 1;
			}
			return counts;
		},
		/** Lets a phone call the application's number. */
		ring(): Call {
			const call = newCall();
			send(call, 'call.initiated', { state: 'parked', weight: carrier.behaviour.weight ?? 0 });
			return call;
		},
		/** Starts the workflow that is made of n8n's own nodes. */
		ringPlainly(url: string): Call {
			const call = newCall();
			plainStart = url;
			track(post(url, JSON.stringify({ type: 'call.initiated', call: call.id })));
			return call;
		},
		/** Waits until no webhook is under way or to be repeated. */
		async settled(): Promise<void> {
			while (underWay.size > 0) await Promise.all(underWay);
		},
		async close(): Promise<void> {
			isClosed = true;
			server.closeAllConnections();
			server.close();
		},
	};
	return carrier;
}
