import type { IHookFunctions } from 'n8n-workflow';

import type { Clock } from '../../shared/pause';
import { readApplication, redirectApplication } from '../../telnyx/account/applications';
import { TelnyxFailure } from '../../telnyx/http/failure';
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
	const url = { webhook_event_url: schemeInLowerCase(webhook_event_url) || NO_URL };
	// What was not there cannot be put back.
	if (!webhook_api_version) return await redirectApplication(context, application, url);
	await redirectApplication(context, application, { ...url, webhook_api_version }).catch(
		async (error: Error) => {
			if (!isRefusedValue(error)) return await Promise.reject(error);
			await redirectApplication(context, application, url);
			log(
				context,
				'warn',
				` could not set the previous webhook API version '${webhook_api_version}' of the application ${connectionId}: Telnyx does not take it`,
			);
		},
	);
}

/** Telnyx takes no other, though its portal may have stored one. */
const schemeInLowerCase = (url: string): string =>
	url.replace(/^https?:/i, (scheme) => scheme.toLowerCase());

/** Whether Telnyx does not take one of the values, such as a version that it had before. */
const isRefusedValue = (error: Error): boolean =>
	error instanceof TelnyxFailure && ['400', '422'].includes(error.httpCode);

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
