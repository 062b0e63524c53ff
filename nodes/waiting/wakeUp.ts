import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { credentialOf } from '../telnyx/credential';
import { notes } from './answers';
import { deadlines } from './deadlines';
import { executionIn, takesWebhooks } from './ownAddress';
import { openOwner, ownSecret } from './owner';
import { keepHelpers, tellExecution } from './ownRequest';
import { hasEventUnderway } from './underway';
import type { Wait } from './wait';

/** The name of the deadline that `wakeUp` sets. */
const pauseOf = ({ secret_hash: wait }: Wait): string => `${wait} pause`;

/** How long at least what happened meanwhile has to reach the node, in milliseconds. */
const SHORTEST_MS = 250;
/** When to look again while an event is on its way, in milliseconds. */
const LOOK_AGAIN_MS = 50;

/**
 * Tells the node after a while that nothing more has happened. A second call of this function replaces the
 * first. The wake-up is lost with the process; the wait's own time limit remains.
 * @param since when the while began, in milliseconds since 1970: n8n takes its time to hand an event on
 */
export async function wakeUp(
	context: IExecuteFunctions | IWebhookFunctions,
	wait: Wait,
	ms: number,
	since: number,
): Promise<void> {
	const [address] = openOwner(context.getInstanceId(), wait.owner);
	const secret = ownSecret(await credentialOf(context), wait.id);
	keepHelpers(context);
	const at = Math.max(since + ms, Date.now() + Math.min(ms, SHORTEST_MS));
	const { secret_hash: name } = wait;
	notes.set(name, { ...notes.get(name), [WAKES_AT]: at });
	const wake = (): void => {
		if (hasEventUnderway(executionIn(address))) {
			deadlines.set(pauseOf(wait), Date.now() + LOOK_AGAIN_MS, wake);
			return;
		}
		const url = new URL(`${wait.origin}${address}`);
		void tellExecution(url, secret, { kind: 'pause', answer: {} });
	};
	deadlines.set(pauseOf(wait), at, wake);
}

const WAKES_AT = 'wakes_at';

/**
 * Tells the node that something has happened which no event reports, unless it is to be woken up anyway. Only a
 * process that receives webhooks knows all that the node has to know.
 */
export async function wakeUpSoon(
	context: IExecuteFunctions | IWebhookFunctions,
	wait: Wait,
): Promise<void> {
	if (takesWebhooks() && !isTooEarly(wait)) await wakeUp(context, wait, 0, Date.now());
}

/** Whether a wake-up of another process comes too early, because something has happened since. */
export function isTooEarly({ secret_hash: name }: Wait): boolean {
	const { [WAKES_AT]: at } = notes.get(name) ?? {};
	return typeof at === 'number' && Date.now() < at;
}

/** Clears the deadlines of a wait that is over. */
export const stopClocks = (wait: Wait): void => {
	deadlines.clear(wait.secret_hash);
	deadlines.clear(pauseOf(wait));
};
