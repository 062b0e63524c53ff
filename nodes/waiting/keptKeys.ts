import type { IWebhookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../shared/boundedMap';
import type { TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import type { Arrival } from '../telnyx/webhooks/receive';
import { executions } from './executions';
import { handOver, PAUSES_MS } from './handOver';
import { KEY } from './outcome';
import { executionIn } from './ownAddress';
import { openOwner } from './owner';
import { wasKeyUsed } from './usedKeys';

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
	arrival: Arrival,
): void {
	if (event.event_type !== KEY) return;
	const owners = openOwner(context.getInstanceId(), arrival.owner ?? '').map(executionIn);
	const [executionId = ''] = owners;
	const kept = keptKeys.get(executionId) ?? { count: 0, last: Promise.resolve() };
	if (kept.count >= MOST_KEYS) return;
	kept.count += 1;
	kept.last = kept.last
		.then(async () => await offerAgain(context, event, arrival, owners))
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
	arrival: Arrival,
	owners: readonly string[],
): Promise<void> {
	const wantsKeys = (executionId: string) => {
		const known = executions.get(executionId);
		return known?.state === 'waiting' && known.wants.has(KEY);
	};
	for (const ms of PAUSES_MS) {
		if (!owners.some(wantsKeys)) await executions.settled(owners, ms);
		if (wasKeyUsed(event)) return;
		const result = await handOver(context, event, arrival);
		if (result === 'taken' || result === 'over') return;
	}
}
