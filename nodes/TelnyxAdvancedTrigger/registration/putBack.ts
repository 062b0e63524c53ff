import type { IHookFunctions } from 'n8n-workflow';

import type { Clock } from '../../shared/pause';
import {
	readApplication,
	redirectApplication,
	type Application,
	type WebhookSettings,
} from '../../telnyx/account/applications';
import { TelnyxFailure } from '../../telnyx/http/failure';
import { withoutSecrets } from '../../telnyx/http/withoutSecrets';
import { log } from './log';
import { settingsWithoutUs } from './ownUrl';
import { isGone } from './registrationError';

/** Stands for no URL: a name that never exists (RFC 6761), so that the events go nowhere. */
const NO_URL = 'https://no-webhook-url.invalid/';

type Settings = Parameters<typeof redirectApplication>[2];

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
	if (previous.webhook_event_url === '') {
		log(
			context,
			'info',
			` sets ${NO_URL} in the application ${connectionId}, which had no webhook URL: Telnyx requires one`,
		);
	}
	await setFirstTaken(context, application, previous);
}

/** What Telnyx refuses to take back cannot be put back, and must not keep the workflow published. */
async function setFirstTaken(
	context: IHookFunctions,
	application: Application,
	{ webhook_event_url: former, webhook_api_version: version }: WebhookSettings,
): Promise<void> {
	const url = schemeInLowerCase(former) || NO_URL;
	const wanted = [...new Set([url, NO_URL])].flatMap((webhook_event_url) => [
		// What was not there cannot be put back.
		...(version ? [{ webhook_event_url, webhook_api_version: version }] : []),
		{ webhook_event_url },
	]);
	const set = await sendUntilTaken(context, application, wanted);
	const refused = (what: string) =>
		log(context, 'warn', ` Telnyx refused the previous ${what} (application ${application.id})`);
	if (set.webhook_event_url !== url) {
		refused(`webhook URL ${withoutSecrets(former)}, so ${NO_URL} was set`);
	}
	if (version && !set.webhook_api_version) refused(`webhook API version '${version}'`);
}

/** Sends settings, one after the other, until Telnyx takes some. Returns those. */
async function sendUntilTaken(
	context: IHookFunctions,
	application: Application,
	[settings, ...others]: Settings[],
): Promise<Settings> {
	const set = redirectApplication(context, application, settings).then(() => true);
	if (await (others.length > 0 ? set.catch(falseIfRefused) : set)) return settings;
	return await sendUntilTaken(context, application, others);
}

/** Telnyx takes no other, though its portal may have stored one. */
const schemeInLowerCase = (url: string): string =>
	url.replace(/^https?:/i, (scheme) => scheme.toLowerCase());

/** For values: what Telnyx had before, such as a version, it may refuse now. */
const falseIfRefused = async (error: Error): Promise<false> =>
	error instanceof TelnyxFailure && ['400', '422'].includes(error.httpCode)
		? false
		: await Promise.reject(error);

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
