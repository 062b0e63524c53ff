import type { ICredentialDataDecryptedObject, IHookFunctions } from 'n8n-workflow';

import { baseUrlOf, CREDENTIAL } from '../../telnyx/credential';
import { whyUnreachable } from '../../telnyx/webhooks/reachable';
import { whyUnverifiable } from '../../telnyx/webhooks/whyUnverifiable';
import { selectedEvents, readOptions } from '../form/parameters';
import { log } from './log';
import { neverMatching } from './neverMatching';
import { ownUrl } from './ownUrl';
import { problem } from './registrationError';

/**
 * Makes sure that events can start the workflow: some are selected, the filters can match, there is a key to
 * check webhooks with, and, where publishing sets the webhook URL, an application and an address for it.
 * @throws RegistrationError with everything that is in the way
 * @throws BaseUrlError
 */
export async function assertReady(
	context: IHookFunctions,
	{ setsUrl, connectionId }: { setsUrl: boolean; connectionId: string },
): Promise<void> {
	const found = [
		whyNoEvent(context),
		...neverMatching(context),
		await whyNotVerified(context),
		...(setsUrl ? [whyNoApplication(connectionId), await whyNotReached(context)] : []),
	];
	const problems = found.filter((one) => one !== undefined);
	if (problems.length > 0) throw problem(problems.join(' '));
}

const whyNoEvent = (context: IHookFunctions): string | undefined =>
	selectedEvents(context, readOptions(context)).length > 0
		? undefined
		: "'Events' is empty. Choose at least one event in the Telnyx Advanced Trigger, or 'All Events'.";

/** Stores a key that Telnyx gave. */
async function whyNotVerified(context: IHookFunctions): Promise<string | undefined> {
	const unverifiable = await whyUnverifiable(context);
	if (!unverifiable) return undefined;
	if (!unverifiable.isBearable) return unverifiable.reason;
	log(context, 'warn', `: ${unverifiable.reason}`);
	return undefined;
}

const whyNoApplication = (connectionId: string): string | undefined =>
	connectionId === ''
		? "'Application' is empty. Choose the Call Control application whose events start this workflow, or set 'Webhook URL Setup' to 'Manual'."
		: undefined;

async function whyNotReached(context: IHookFunctions): Promise<string | undefined> {
	// If it cannot be read, there is no key either, and that is said.
	const credential = await context.getCredentials(CREDENTIAL).catch(() => undefined);
	const reason = credential && whyNotHere(context, credential);
	return reason && `${reason}, or set 'Webhook URL Setup' to 'Manual'.`;
}

/**
 * Says in the log that Telnyx cannot reach the address, where the user sets the URL: something in front of
 * n8n may have an address of its own.
 * @throws BaseUrlError
 */
export async function warnIfUnreachable(context: IHookFunctions): Promise<void> {
	const reason = whyNotHere(context, await context.getCredentials(CREDENTIAL));
	if (!reason) return;
	log(
		context,
		'warn',
		`: ${reason}. If something on the internet passes requests on to it, all is well.`,
	);
}

function whyNotHere(
	context: IHookFunctions,
	credential: ICredentialDataDecryptedObject,
): string | undefined {
	baseUrlOf(credential);
	return whyUnreachable(credential, ownUrl(context));
}
