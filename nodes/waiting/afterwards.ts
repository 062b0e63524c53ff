import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { baseUrlOf, CREDENTIAL } from '../telnyx/credential';
import { send } from '../telnyx/http/client';
import { encodePathPart } from '../telnyx/http/path';
import { deliveryInWait } from './delivery';
import type { Wait } from './wait';

/** Ends what a key interrupts, so that the next node is not heard behind it. */
export const stopAnnouncement = async (context: IWebhookFunctions, wait: Wait): Promise<void> =>
	await command(context, wait.call_control_id, 'playback_stop', { stop: 'all' });

/** Stops the phones that dialed calls let ring when the caller has left. */
export const stopRinging = async (
	context: IExecuteFunctions | IWebhookFunctions,
	legs: readonly string[],
): Promise<void> => {
	await Promise.all(legs.map(async (leg) => await command(context, leg, 'hangup', {})));
};

/** The wait ends whatever comes of it: there is nothing left to be done about a call that is over. */
async function command(
	context: IExecuteFunctions | IWebhookFunctions,
	leg: string,
	action: string,
	body: IDataObject,
): Promise<void> {
	if (leg === '') return;
	const baseUrl = baseUrlOf(await context.getCredentials(CREDENTIAL));
	const path = `/calls/${encodePathPart(leg)}/actions/${action}`;
	const delivery = deliveryInWait(context, `${action} after a wait`);
	// With the ID, Telnyx carries out only one of the tries.
	const once = { ...body, command_id: randomUUID() };
	await send(
		{ context, baseUrl, delivery },
		{ method: 'POST', path, body: once, repeatable: true, labels: {} },
	).catch((error: Error) => {
		context.logger.debug(`Telnyx ${action} after a wait: ${error.message}`);
	});
}
