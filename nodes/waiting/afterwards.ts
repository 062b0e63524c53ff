import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { baseUrlOf, credentialOf } from '../telnyx/credential';
import { send } from '../telnyx/http/client';
import { encodePathPart } from '../telnyx/http/path';
import { ByWait } from './byWait';
import { deliveryInWait } from './delivery';
import { noteEndedWhileWaiting } from './legs';
import type { Wait } from './wait';

/** Ends the announcement that a key interrupts, so that the next node's is not queued behind it. */
export async function stopAnnouncement(context: IWebhookFunctions, wait: Wait): Promise<void> {
	await command(context, wait.call_control_id, 'playback_stop', { stop: 'all' });
}

/** The legs that each wait has begun to hang up: an event and the reply to a command may both come to it. */
const hungUp = new ByWait<readonly string[]>();

/** Hangs up dialed calls that nobody needs any more, each once. */
export async function hangUpLegs(
	context: IExecuteFunctions | IWebhookFunctions,
	{ secret_hash: wait }: Wait,
	legs: readonly string[],
): Promise<void> {
	const before = hungUp.get(wait) ?? [];
	const left = legs.filter((leg) => !before.includes(leg));
	hungUp.set(wait, [...before, ...left]);
	await Promise.all(
		left.map(async (leg) => {
			let isSent = false;
			try {
				isSent = await command(context, leg, 'hangup', {});
			} finally {
				// Whoever comes to it next tries again.
				if (!isSent)
					hungUp.set(
						wait,
						(hungUp.get(wait) ?? []).filter((one) => one !== leg),
					);
			}
		}),
	);
}

/** The same while the execution waits, which knows them to be over from then on. */
export async function hangUpWhileWaiting(
	context: IWebhookFunctions,
	wait: Wait,
	legs: readonly string[],
): Promise<void> {
	for (const leg of legs) noteEndedWhileWaiting(context, leg);
	await hangUpLegs(context, wait, legs);
}

/**
 * Sends a command whose failure does not matter: the call may be over.
 * @returns whether Telnyx took it
 */
async function command(
	context: IExecuteFunctions | IWebhookFunctions,
	leg: string,
	action: string,
	body: IDataObject,
): Promise<boolean> {
	if (leg === '') return true;
	const baseUrl = baseUrlOf(await credentialOf(context));
	const path = `/calls/${encodePathPart(leg)}/actions/${action}`;
	const delivery = deliveryInWait(context, `${action} after a wait`);
	// The ID makes Telnyx carry out only one of the tries.
	const once = { ...body, command_id: randomUUID() };
	return await send(
		{ context, baseUrl, delivery },
		{ method: 'POST', path, body: once, repeatable: true, labels: {} },
	).then(
		() => true,
		({ message }: Error) => {
			context.logger.debug(`Telnyx ${action} after a wait: ${message}`);
			return false;
		},
	);
}
