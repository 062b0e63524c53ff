import type { IHookFunctions } from 'n8n-workflow';

import type { Clock } from '../../shared/pause';
import { readApplication, redirectApplication } from '../../telnyx/account/applications';
import { log } from './log';
import { settingsWithoutUs } from './ownUrl';
import { isGone } from './registrationError';

/** Stands for no URL: a name that never exists (RFC 6761), so that the events go nowhere. */
const NO_URL = 'https://no-webhook-url.invalid/';

const TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Puts the previous settings of the application back, unless somebody has changed them meanwhile.
 * @throws TelnyxFailure
 */
export async function putBack(context: IHookFunctions, connectionId: string): Promise<void> {
	const application = await readApplication(context, connectionId).catch(nothingIfGone);
	if (!application) {
		log(context, 'warn', ` has nothing to put back: the application ${connectionId} is gone`);
		return;
	}
	const previous = settingsWithoutUs(context, application);
	if (!previous) {
		log(
			context,
			'info',
			` leaves the application ${connectionId} as it is: its webhook URL was changed`,
		);
		return;
	}
	const { webhook_event_url, webhook_api_version } = previous;
	if (webhook_event_url === '') {
		log(
			context,
			'info',
			` sets ${NO_URL} in the application ${connectionId}, which had no webhook URL: Telnyx requires one`,
		);
	}
	await redirectApplication(context, application, {
		webhook_event_url: webhook_event_url || NO_URL,
		// What was not there cannot be put back.
		...(webhook_api_version && { webhook_api_version }),
	});
}

async function nothingIfGone(error: Error): Promise<undefined> {
	return isGone(error) ? undefined : await Promise.reject(error);
}

/**
 * The same with up to three tries, for where n8n does not try again.
 * @throws TelnyxFailure
 */
export async function putBackPersistently(
	context: IHookFunctions,
	connectionId: string,
	{ pause }: Clock,
): Promise<void> {
	for (let tries = 1; tries < TRIES; tries += 1) {
		const isDone = await putBack(context, connectionId).then(
			() => true,
			() => false,
		);
		if (isDone) return;
		await pause(tries * PAUSE_MS);
	}
	await putBack(context, connectionId);
}
