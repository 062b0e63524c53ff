import type { IHookFunctions } from 'n8n-workflow';

import { baseUrlOf, CREDENTIAL } from '../../telnyx/credential';
import { whyUnreachable } from '../../telnyx/webhooks/reachable';
import { whyUnverifiable } from '../../telnyx/webhooks/whyUnverifiable';
import { impossibleNumbers } from '../form/numberPattern';
import { selectedEvents, readFilters, readOptions } from '../form/parameters';
import { log } from './log';
import { ownUrl } from './ownUrl';
import { problem } from './registrationError';

/** @throws RegistrationError if no event would start the workflow */
export function assertEventsSelected(context: IHookFunctions): void {
	if (selectedEvents(context, readOptions(context)).length > 0) return;
	throw problem(
		"'Events' is empty. Choose at least one event in the Telnyx Advanced Trigger, or 'All Events'.",
	);
}

/** @throws RegistrationError if a number in the filters is one that no event can have */
export function assertFiltersCanMatch(context: IHookFunctions): void {
	const [impossible] = impossibleNumbers(readFilters(context));
	if (!impossible) return;
	const { field, number } = impossible;
	throw problem(
		`The filter '${field}' has '${number}', which is not a number with its country code. Write it with plus sign and country code, such as +13125550001, or with a * in front, such as *5550001.`,
	);
}

/**
 * Makes sure that there is a key to check webhooks with, and stores one that Telnyx gave.
 * @throws RegistrationError
 */
export async function assertVerifiable(context: IHookFunctions): Promise<void> {
	const unverifiable = await whyUnverifiable(context);
	if (!unverifiable) return;
	if (!unverifiable.isBearable) throw problem(unverifiable.reason);
	log(context, 'warn', `: ${unverifiable.reason}`);
}

/**
 * @throws RegistrationError for an address that Telnyx can never reach
 * @throws BaseUrlError
 */
export async function assertReachable(context: IHookFunctions): Promise<void> {
	const reason = await whyNotHere(context);
	if (reason) throw problem(`${reason}, or set 'Webhook URL Setup' to 'Manual'.`);
}

/**
 * Says in the log that Telnyx cannot reach the address, where the user sets the URL: something in front of
 * n8n may have an address of its own.
 * @throws BaseUrlError
 */
export async function warnIfUnreachable(context: IHookFunctions): Promise<void> {
	const reason = await whyNotHere(context);
	if (!reason) return;
	log(
		context,
		'warn',
		`: ${reason}. If something on the internet passes requests on to it, all is well.`,
	);
}

async function whyNotHere(context: IHookFunctions): Promise<string | undefined> {
	const credential = await context.getCredentials(CREDENTIAL);
	baseUrlOf(credential);
	return whyUnreachable(credential, ownUrl(context));
}
