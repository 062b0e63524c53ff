import type { IWebhookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../shared/boundedMap';
import { pause } from '../shared/pause';
import type { Arrival } from '../telnyx/webhooks/receive';
import type { TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import { wasAcceptedInProcess } from '../telnyx/webhooks/seenInProcess';
import { executions } from './executions';
import { HANGUP } from './outcome';
import { ask, executionIn, learnOrigin } from './ownAddress';
import { openOwner } from './owner';
import { TAKEN } from './resume';
import { onTheWay } from './underway';

/**
 * The result of offering an event to the executions that own its leg: one went on with it; they wait for
 * something else; all have ended; or one is busy, and Telnyx has to repeat the event.
 */
type HandedOver = 'taken' | 'notWanted' | 'over' | 'busy';

/** The result for one of them, which may also be waiting at another kind of node. */
type Offered = HandedOver | 'waitsElsewhere';

/** Telnyx waits for 2 seconds, of which n8n needs some for itself. */
const LONGEST_WAIT_MS = 1_500;
/** How long n8n may take to answer. */
const LONGEST_ANSWER_MS = 30_000;
/** How long to wait before an execution that is busy is asked again. */
const ASK_AGAIN_MS = 500;
/** How long n8n may take to resume an execution whose sub-workflow has ended. */
const LONGEST_RETURN_MS = 1_000;
const MOST_REMEMBERED = 10_000;

/** The events that this process is handing over, or has handed over, by their IDs. */
const handing = new BoundedMap<string, Promise<HandedOver>>(MOST_REMEMBERED);

/** When executions were first found to have ended, in milliseconds since 1970. */
const foundOver = new BoundedMap<string, number>(MOST_REMEMBERED);

/**
 * Offers an event to the executions that own its leg. If n8n is slow to answer, the offer continues after
 * Telnyx has stopped waiting, and a repetition gets its result: asking again would add to the load.
 */
export async function handOver(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	arrival: Arrival,
): Promise<HandedOver> {
	learnOrigin(context);
	const { owner, eventId } = arrival;
	const addresses = owner === undefined ? [] : openOwner(context.getInstanceId(), owner);
	if (addresses.length === 0) return 'over';
	const offered =
		handing.get(eventId) ?? remember(eventId, offerToAll(context, event, arrival, addresses));
	const stop = new AbortController();
	const busy = () => 'busy' as const;
	const tooLate = pause(LONGEST_WAIT_MS, stop.signal).then(busy, busy);
	const handedOver = await Promise.race([offered, tooLate]);
	stop.abort();
	return handedOver;
}

/** Keeps the result for repetitions: while the offer goes on, and if the result cannot change. */
function remember(eventId: string, offer: Promise<HandedOver>): Promise<HandedOver> {
	const result = offer.catch(() => 'busy' as const);
	handing.set(eventId, result);
	void result.then((handedOver) => {
		const isFinal = handedOver === 'taken' || handedOver === 'over';
		if (!isFinal && handing.get(eventId) === result) handing.delete(eventId);
	});
	return result;
}

async function offerToAll(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	arrival: Arrival,
	addresses: readonly string[],
): Promise<HandedOver> {
	const startedAt = Date.now();
	// One that is slow to answer must not keep the event from the others.
	const timeoutMs = addresses.length === 1 ? LONGEST_ANSWER_MS : LONGEST_WAIT_MS;
	const [latest, ...earlier] = addresses.map(executionIn);
	if (earlier.length > 0 && executions.get(latest)?.state === 'running') {
		await executions.settled([latest], ASK_AGAIN_MS);
	}
	const results = new Map<string, Offered>();
	for (;;) {
		const offeredForMs = Date.now() - startedAt;
		for (const address of addresses) {
			if (results.get(address) === 'over') continue;
			const result = isStillRunning(address, offeredForMs)
				? 'busy'
				: await offer(context, event, arrival, address, timeoutMs);
			if (result === 'taken') {
				const others = addresses.filter((other) => other !== address);
				// A leg that has ended has ended for all who own it.
				if (event.event_type === HANGUP) tellOthers(context, event, arrival, others);
				return result;
			}
			results.set(address, result);
			if (result === 'over' && foundOver.get(address) === undefined) {
				foundOver.set(address, Date.now());
			}
		}
		const handedOver = resultOfEach(addresses, results);
		const result = combined(event, handedOver);
		const busy = addresses.filter((_, index) => handedOver[index] === 'busy');
		const isLast = Date.now() - startedAt + ASK_AGAIN_MS > LONGEST_WAIT_MS;
		if (busy.length === 0 || isLast) return result;
		await executions.settled(busy.map(executionIn), ASK_AGAIN_MS);
	}
}

/** Whether asking would tell nothing new. A run that is not observed may have ended. */
function isStillRunning(address: string, offeredForMs: number): boolean {
	const known = executions.get(executionIn(address));
	return known?.state === 'running' && (known.isObserved || offeredForMs < ASK_AGAIN_MS);
}

/** An execution whose sub-workflow has just ended stands at its Execute Workflow node for a moment. */
function resultOfEach(
	addresses: readonly string[],
	results: ReadonlyMap<string, Offered>,
): HandedOver[] {
	const hasJustEnded = (address: string) =>
		Date.now() - (foundOver.get(address) ?? 0) < LONGEST_RETURN_MS;
	const mayReturn = addresses.some(
		(address) => results.get(address) === 'over' && hasJustEnded(address),
	);
	return addresses.map((address) => {
		const result = results.get(address) ?? 'over';
		if (result !== 'waitsElsewhere') return result;
		return mayReturn ? 'busy' : 'notWanted';
	});
}

/** The latest owner that goes on decides: earlier ones may be busy with something else. All want the end. */
function combined({ event_type: type }: TelnyxEvent, results: readonly HandedOver[]): HandedOver {
	if (type === HANGUP && results.includes('busy')) return 'busy';
	return results.find((result) => result !== 'over') ?? 'over';
}

/** Offers an event that has been taken to the other owners of the leg, as soon as they wait. */
function tellOthers(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	arrival: Arrival,
	addresses: readonly string[],
): void {
	const tell = async (address: string) => {
		for (const ms of [0, ...PAUSES_MS]) {
			if (ms > 0) await executions.settled([executionIn(address)], ms);
			if ((await offer(context, event, arrival, address, ASK_AGAIN_MS)) !== 'busy') return;
		}
	};
	for (const address of addresses) void tell(address).catch(() => {});
}

/** Offers the event to one execution. */
async function offer(
	context: IWebhookFunctions,
	{ event_type: type }: TelnyxEvent,
	{ rawBody, signature, eventId }: Arrival,
	address: string,
	timeoutMs: number,
): Promise<Offered> {
	const executionId = executionIn(address);
	const known = executions.get(executionId);
	if (known?.state === 'waiting' && !known.wants.has(type)) return 'notWanted';
	const content = { body: rawBody, headers: signature };
	const { status, text } = await onTheWay(
		executionId,
		async () => await ask(context, address, publicOrigin(context), content, timeoutMs),
	);
	const result = meaningOf(status, text);
	if (result !== 'over') return result;
	executions.forget(executionId);
	// n8n may have been too late with its reply to an earlier offer.
	const wasTaken = await wasAcceptedInProcess(executionId, eventId);
	return wasTaken ? 'taken' : result;
}

/** Undefined if n8n does not say. */
function publicOrigin(context: IWebhookFunctions): string | undefined {
	const url = context.getNodeWebhookUrl('default') ?? '';
	return URL.canParse(url) ? new URL(url).origin : undefined;
}

const STILL_RUNNING = 409;

/** n8n answers 409 for an execution that runs and for one that has ended; only the text differs. */
function meaningOf(status: number, text: string): Offered {
	if (status >= 200 && status < 300) return text.includes(TAKEN) ? 'taken' : 'notWanted';
	if (status === STILL_RUNNING && /running/i.test(text)) return 'busy';
	// Such as n8n's Wait or Execute Workflow.
	if (status === 404 && /does not contain a waiting webhook/.test(text)) return 'waitsElsewhere';
	return status === 404 || status === 401 || status === STILL_RUNNING ? 'over' : 'busy';
}

/** How long to wait before an event is offered again, in milliseconds: 2.5 minutes in all. */
export const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000, 30_000];
