/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';

import { addressOf } from './applications';
import type { Clock } from './clock';
import { explain } from './explain';
import type { Faults } from './faults';
import type { KeyPair } from './keys';
import type { Timings } from './timings';
import type { Application, Attempt, Delivery, Json, Leg } from './types';

/** How many characters of a response are kept. */
const ANSWER_LENGTH = 2000;

/** The events of a command's call sessions wait for its response. */
interface Hold {
	sessions: Set<string>;
	isOver: boolean;
}

interface HeldEvent {
	hold: Hold;
	go: () => void;
}

/** Delivers events to the URLs that Telnyx would use, and repeats as Telnyx does. */
export function makeWebhooks({
	clock,
	keys,
	timings,
	faults,
	applicationOf,
	onChange,
}: {
	clock: Clock;
	keys: KeyPair;
	timings: Timings;
	faults: Faults;
	applicationOf: (leg: Leg) => Application | undefined;
	onChange: (delivery: Delivery) => void;
}) {
	const deliveries: Delivery[] = [];
	/** Work in progress, so that its end can be awaited. */
	const underway = new Set<Promise<unknown>>();
	/** Events of a call session are sent one after the other. */
	const lanes = new Map<string, Promise<unknown>>();
	/** Commands that wait for their response, by call session. */
	const holds = new Map<string, Hold[]>();
	/** Events that wait with them. */
	const heldBack = new Map<string, HeldEvent[]>();
	/** Of the command that is being carried out. */
	let currentHold: Hold | undefined;
	/** Events that wait for another to swap places with. */
	const waiting = new Map<string, () => void>();
	const stopping = new AbortController();
	// Each event that is on its way listens to it.
	setMaxListeners(0, stopping.signal);

	function send(leg: Leg, eventType: string, payload: Json) {
		const delivery: Delivery = {
			id: randomUUID(),
			event: {
				record_type: 'event',
				event_type: eventType,
				id: randomUUID(),
				occurred_at: timestamp(clock.now()),
				payload,
			},
			leg,
			status: 'underway',
			attempts: [],
			startedAt: clock.now(),
			finishedAt: null,
		};
		deliveries.push(delivery);
		const plan = attemptsFor(leg, eventType);
		onChange(delivery);
		if (plan.length === 0) return finish(delivery, 'failed');
		const go = () => inTurn(delivery, plan);
		holdBack(leg.call_session_id, () => {
			if (faults.delayWebhooksMs > 0) clock.after(faults.delayWebhooksMs, go);
			else go();
		});
	}

	/** Sends at once unless a command of the call session waits for its response. */
	function holdBack(session: string, go: () => void) {
		if (currentHold) startHold(session, currentHold);
		const hold = holds.get(session)?.at(-1);
		if (!hold) return go();
		heldBack.set(session, [...(heldBack.get(session) ?? []), { hold, go }]);
	}

	function startHold(session: string, hold: Hold) {
		if (hold.sessions.has(session)) return;
		hold.sessions.add(session);
		holds.set(session, [...(holds.get(session) ?? []), hold]);
	}

	/** Sends what no longer has to wait, in order. */
	function release(hold: Hold) {
		hold.isOver = true;
		for (const session of hold.sessions) {
			holds.set(session, holds.get(session)?.filter((one) => one !== hold) ?? []);
			const queue = heldBack.get(session) ?? [];
			while (queue[0]?.hold.isOver) queue.shift()?.go();
		}
	}

	/**
	 * Carries out a command and holds the events of its call sessions back until `release` is called.
	 * @param session of the leg that the command is for; events add theirs
	 */
	function holdingEvents<T>(
		session: string | undefined,
		run: () => T,
	): { result: T; release: () => void } {
		const hold: Hold = { sessions: new Set(), isOver: false };
		if (session) startHold(session, hold);
		currentHold = hold;
		let isDone = false;
		try {
			const result = run();
			isDone = true;
			return { result, release: () => release(hold) };
		} finally {
			currentHold = undefined;
			if (!isDone) release(hold);
		}
	}

	/** When and where an event is sent until a receiver accepts it. */
	function attemptsFor(leg: Leg, eventType: string): { url: string; afterMs: number }[] {
		const { webhooks } = leg;
		const app = applicationOf(leg);
		const ofEventType = webhooks.urls?.[eventType];
		const urls = ofEventType
			? [ofEventType].flat()
			: [webhooks.url || (app && addressOf(app)), app?.data.webhook_event_failover_url].filter(
					Boolean,
				);
		if (urls.length === 0) return [];
		const policy = webhooks.policies?.[eventType]?.retries_ms;
		const usual = timings.webhookRetriesMs.slice(0, urls.length > 1 ? undefined : 2);
		const delays = faults.webhookRetries ? (policy ?? usual) : [];
		// Telnyx goes on to the next URL after two failures.
		return [0, ...delays].map((afterMs, index) => ({
			url: urls[Math.min(Math.floor(index / 2), urls.length - 1)],
			afterMs,
		}));
	}

	const latency = (): Promise<void> =>
		new Promise((resolve) => {
			const isOver = () => {
				cancel();
				stopping.signal.removeEventListener('abort', isOver);
				resolve();
			};
			const cancel = clock.after(timings.webhookLatencyMs, isOver);
			stopping.signal.addEventListener('abort', isOver);
		});

	function inTurn(delivery: Delivery, plan: { url: string; afterMs: number }[]) {
		const lane = delivery.leg.call_session_id;
		const start = () => {
			const before = (!faults.concurrentWebhooks && lanes.get(lane)) || Promise.resolve();
			const onItsWay = timings.webhookLatencyMs > 0 ? before.then(latency) : before;
			lanes.set(lane, track(onItsWay.then(async () => await attempt(delivery, plan, 0))));
			if (faults.duplicateWebhooks) {
				track(before.then(async () => await post(delivery, plan[0].url, 1)));
			}
		};
		if (!faults.reorderWebhooks) return start();
		const other = waiting.get(lane);
		if (other) {
			waiting.delete(lane);
			start();
			other();
			return;
		}
		waiting.set(lane, start);
		clock.after(timings.reorderMs, () => {
			if (waiting.get(lane) !== start) return;
			waiting.delete(lane);
			start();
		});
	}

	async function attempt(
		delivery: Delivery,
		plan: { url: string; afterMs: number }[],
		index: number,
	) {
		const { status, repeat } = await post(delivery, plan[index].url, index + 1);
		if (status === 'delivered') return finish(delivery, status);
		const next = plan[index + 1];
		if (!next || !repeat || stopping.signal.aborted) return finish(delivery, 'failed');
		onChange(delivery);
		const retry = () => void track(attempt(delivery, plan, index + 1));
		clock.after(next.afterMs, retry);
	}

	/** @param number from 1 */
	async function post(delivery: Delivery, url: string, number: number) {
		const app = applicationOf(delivery.leg)?.data;
		const timeoutMs = (app?.webhook_timeout_secs ?? 0) * 1000 || timings.webhookTimeoutMs;
		const body = JSON.stringify({
			...(app?.webhook_api_version === '1'
				? firstVersion(delivery.event)
				: { data: delivery.event }),
			meta: { attempt: number, delivered_to: url },
		});
		const headers = keys.headers(body, Math.floor(clock.now() / 1000));
		const attempt: Attempt = {
			started_at: timestamp(clock.now()),
			finished_at: null,
			status: 'failed',
			errors: [],
			http: { request: { url, headers: Object.entries(headers) }, response: null },
			problem: null,
		};
		delivery.attempts.push(attempt);
		onChange(delivery);
		const timeOut = new AbortController();
		const cancel = clock.after(timeoutMs, () => timeOut.abort());
		try {
			const signal = AbortSignal.any([timeOut.signal, stopping.signal]);
			attempt.http.response = await request(url, { body, headers, signal });
		} catch (error) {
			const timedOutAfterMs = timeOut.signal.aborted ? timeoutMs : undefined;
			attempt.problem = explain({ url, error, timedOutAfterMs });
		} finally {
			cancel();
		}
		const status = attempt.http.response?.status;
		attempt.finished_at = timestamp(clock.now());
		if (status !== undefined && status >= 200 && status < 300) attempt.status = 'delivered';
		else if (status !== undefined) attempt.problem = explain({ url, status });
		const repeat = status === undefined || status === 408 || status === 429 || status >= 500;
		return { status: attempt.status, repeat };
	}

	function finish(delivery: Delivery, status: 'delivered' | 'failed') {
		delivery.status = status;
		delivery.finishedAt = clock.now();
		onChange(delivery);
	}

	function track<T>(promise: Promise<T>): Promise<T> {
		underway.add(promise);
		void promise.finally(() => underway.delete(promise));
		return promise;
	}

	return {
		deliveries,
		send,
		holdingEvents,
		/** Waits until nothing is in flight; scheduled attempts do not count. */
		async settled() {
			while (underway.size > 0) await Promise.all(underway);
		},
		async close() {
			stopping.abort();
			await Promise.all(underway);
		},
	};
}

async function request(
	url: string,
	{ body, headers, signal }: { body: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<{ status: number; headers: string[][]; body: string }> {
	const send = url.startsWith('https:') ? https.request : http.request;
	return await new Promise((resolve, reject) => {
		// Without an agent no connection is kept alive, so none is left open at the end.
		const sent = send(url, { method: 'POST', headers, signal, agent: false }, (response) => {
			let text = '';
			response.setEncoding('utf8');
			response.on('data', (chunk) => (text = (text + chunk).slice(0, ANSWER_LENGTH)));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
					body: text,
				}),
			);
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

/** The flat shape of API version 1. */
const firstVersion = ({ event_type, id, occurred_at, payload }: Delivery['event']) => ({
	record_type: 'event',
	event_type: event_type.replaceAll('.', '_'),
	id,
	created_at: occurred_at,
	payload,
});

/** With microseconds, as Telnyx has it. */
export const timestamp = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');
