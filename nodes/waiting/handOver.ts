import type { IWebhookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../shared/boundedMap';
import { pause } from '../shared/pause';
import type { Delivery } from '../telnyx/webhooks/receive';
import type { TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import { wasAcceptedInProcess } from '../telnyx/webhooks/seenInProcess';
import { executions } from './executions';
import { HANGUP, KEY } from './outcome';
import { ask, executionIn, learnOrigin } from './ownAddress';
import { openOwner } from './owner';
import { TAKEN } from './resume';
import { onTheWay } from './underway';
import { wasKeyUsed } from './usedKeys';

/**
 * The result of offering an event to the executions that own its leg: one went on with it; they wait for
 * something else; all have ended; or one is busy, and the event has to be offered again.
 */
export type HandedOver = 'taken' | 'notWanted' | 'over' | 'busy';

/** Telnyx waits for 2 seconds, of which n8n needs some for itself. */
const LONGEST_WAIT_MS = 1_500;
/** How long to wait before asking again about an execution that is only known to be running. */
const ASK_AGAIN_MS = 500;
const MOST_REMEMBERED = 10_000;

/** The events that this process is handing over, or has handed over, by their IDs. */
const handing = new BoundedMap<string, Promise<HandedOver>>(MOST_REMEMBERED);

/**
 * Offers an event to the executions that own its leg. A repetition is not offered again while the first
 * delivery is still being offered, or after it was taken.
 */
export async function handOver(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	delivery: Delivery,
): Promise<HandedOver> {
	learnOrigin(context);
	const { owner, eventId } = delivery;
	const addresses = owner === undefined ? [] : openOwner(context.getInstanceId(), owner);
	if (addresses.length === 0) return 'over';
	const known = handing.get(eventId);
	if (known) return await known;
	const result = offerToAll(context, event, delivery, addresses);
	handing.set(eventId, result);
	const handedOver = await result.catch(() => 'busy' as const);
	if (handedOver !== 'taken') handing.delete(eventId);
	return handedOver;
}

async function offerToAll(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	delivery: Delivery,
	addresses: readonly string[],
): Promise<HandedOver> {
	const until = Date.now() + LONGEST_WAIT_MS;
	const results: HandedOver[] = [];
	for (const address of addresses) {
		const result = await offer(context, event, delivery, address, until);
		if (result === 'taken') {
			const others = addresses.filter((other) => other !== address);
			// A leg that has ended has ended for all who own it.
			if (event.event_type === HANGUP) tellOthers(context, event, delivery, others);
			return result;
		}
		results.push(result);
	}
	if (event.event_type === HANGUP && results.includes('busy')) return 'busy';
	// Otherwise the latest owner that goes on decides: earlier ones may be busy with something else.
	return results.find((result) => result !== 'over') ?? 'over';
}

/** Offers an event that has been taken to the other owners of the leg, as soon as they wait. */
function tellOthers(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	delivery: Delivery,
	addresses: readonly string[],
): void {
	const tell = async (address: string) => {
		for (const ms of [0, ...PAUSES_MS]) {
			if (ms > 0) await executions.settled([executionIn(address)], ms);
			if ((await offer(context, event, delivery, address, Date.now())) !== 'busy') return;
		}
	};
	for (const address of addresses) void tell(address).catch(() => {});
}

/** Offers the event to one execution, as soon as that waits. */
async function offer(
	context: IWebhookFunctions,
	{ event_type: type }: TelnyxEvent,
	{ rawBody, signature, eventId }: Delivery,
	address: string,
	until: number,
): Promise<HandedOver> {
	const executionId = executionIn(address);
	for (;;) {
		const known = executions.get(executionId);
		if (known?.state === 'waiting' && !known.wants.has(type)) return 'notWanted';
		if (known?.state === 'running') {
			const most = known.isObserved ? until - Date.now() : ASK_AGAIN_MS;
			await executions.settled([executionId], most);
		}
		const left = Math.max(until - Date.now(), ASK_AGAIN_MS);
		const content = { body: rawBody, headers: signature };
		const { status, text } = await onTheWay(
			executionId,
			async () => await ask(context, address, publicOrigin(context), content, left),
		);
		const result = meaningOf(status, text);
		if (result === 'over') {
			executions.forget(executionId);
			// n8n may have been too late with its reply to an earlier offer.
			const wasTaken = await wasAcceptedInProcess(executionId, eventId);
			return wasTaken ? 'taken' : result;
		}
		if (result !== 'busy' || status !== STILL_RUNNING) return result;
		if (Date.now() + ASK_AGAIN_MS > until) return 'busy';
		await (known ? executions.settled([executionId], ASK_AGAIN_MS) : pause(ASK_AGAIN_MS));
	}
}

/** Undefined if n8n does not say. */
function publicOrigin(context: IWebhookFunctions): string | undefined {
	const url = context.getNodeWebhookUrl('default') ?? '';
	return URL.canParse(url) ? new URL(url).origin : undefined;
}

const STILL_RUNNING = 409;

/** n8n answers 409 for an execution that runs and for one that has ended; only the text differs. */
function meaningOf(status: number, text: string): HandedOver {
	if (status >= 200 && status < 300) return text.includes(TAKEN) ? 'taken' : 'notWanted';
	if (status === STILL_RUNNING && /running/i.test(text)) return 'busy';
	// It is waiting at another kind of node, such as n8n's Wait or Execute Workflow.
	if (status === 404 && /does not contain a waiting webhook/.test(text)) return 'notWanted';
	return status === 404 || status === 401 || status === STILL_RUNNING ? 'over' : 'busy';
}

/** How long to wait before an event is offered again, in milliseconds: 2.5 minutes in all. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000, 30_000];

/** How many executions keys are kept for, and how many for each: somebody may press keys all the time. */
const MOST_WITH_KEYS = 1_000;
const MOST_KEYS = 50;

/** The keys that are kept for an execution. */
interface KeptKeys {
	count: number;
	/** The offer of the last one; the next one starts after it. */
	last: Promise<void>;
}

const keptKeys = new BoundedMap<string, KeptKeys>(MOST_WITH_KEYS);

/**
 * Keeps a key that the execution does not want now, and offers it again when it begins to wait for
 * something else: the node that asks for a key may come next. Keys are offered in the order in which they
 * were pressed. Those beyond 50 are dropped.
 */
export function keepForLater(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	delivery: Delivery,
): void {
	if (event.event_type !== KEY) return;
	const owners = openOwner(context.getInstanceId(), delivery.owner ?? '').map(executionIn);
	const [executionId = ''] = owners;
	const kept = keptKeys.get(executionId) ?? { count: 0, last: Promise.resolve() };
	if (kept.count >= MOST_KEYS) return;
	kept.count += 1;
	kept.last = kept.last
		.then(async () => await offerAgain(context, event, delivery, owners))
		.catch(() => {})
		.finally(() => {
			kept.count -= 1;
			if (kept.count === 0 && keptKeys.get(executionId) === kept) keptKeys.delete(executionId);
		});
	keptKeys.set(executionId, kept);
}

async function offerAgain(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	delivery: Delivery,
	owners: readonly string[],
): Promise<void> {
	const wantsKeys = (executionId: string) => {
		const known = executions.get(executionId);
		return known?.state === 'waiting' && known.wants.has(KEY);
	};
	for (const ms of PAUSES_MS) {
		if (!owners.some(wantsKeys)) await executions.settled(owners, ms);
		if (wasKeyUsed(event)) return;
		const result = await handOver(context, event, delivery);
		if (result === 'taken' || result === 'over') return;
	}
}
