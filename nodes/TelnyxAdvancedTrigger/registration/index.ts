import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';

import { systemClock, type Clock } from '../../shared/pause';
import {
	readApplication,
	redirectApplication,
	type Application,
	type WebhookSettings,
} from '../../telnyx/account/applications';
import { readRegistration, type Registration } from '../form/parameters';
import { assertReady, warnIfUnreachable } from './assertReady';
import { log } from './log';
import { isOurs, isTest, ownerOf, ownUrl, settingsWithoutUs } from './ownUrl';
import {
	readWebhookUrl,
	withoutTests,
	withPrevious,
	type WebhookUrl,
} from '../../telnyx/account/previousUrl';
import { putBack, putBackPersistently } from './putBack';
import { isGone, problem, RegistrationError, toRegistrationError } from './registrationError';
import { registeredUrl, storeRegisteredUrl } from './staticData';

/** The only version whose events this node can read. */
const API_VERSION = '2';

/** Whether the URL is set at all now: always when publishing, for a test only if the user allows it. */
const setsUrl = ({ isAutomatic, isForTestsToo }: Registration, context: IHookFunctions) =>
	isAutomatic && (isForTestsToo || !isTest(context));

/**
 * Whether the application sends its events here already. That this cannot be found out is no reason to
 * register again, as n8n would deactivate the workflow over it. That the application is gone is one.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const registration = readRegistration(context);
	if (!setsUrl(registration, context) || registration.connectionId === '') return false;
	try {
		const application = await readApplication(context, registration.connectionId);
		const url = readWebhookUrl(application.webhook_event_url);
		const isHere =
			isOurs(context, url) &&
			url.address === ownUrl(context) &&
			application.webhook_api_version === API_VERSION;
		// An older execution may have overwritten what was stored.
		if (isHere && !isTest(context)) storeRegisteredUrl(context, url.address);
		return isHere;
	} catch (error) {
		if (isGone(error) || registeredUrl(context) !== ownUrl(context)) return false;
		const { message } = error as Error;
		log(context, 'warn', ` could not check the application's webhook URL: ${message}`);
		return true;
	}
}

/**
 * Makes sure that events can be received, and points the application here if the user wants that.
 * @throws NodeOperationError that says what is missing
 */
export async function register(context: IHookFunctions, clock: Clock = systemClock): Promise<void> {
	try {
		const registration = readRegistration(context);
		const isSet = setsUrl(registration, context);
		await assertReady(context, { setsUrl: isSet, ...registration });
		if (isSet) await pointHere(context, registration, clock);
		else {
			await assertTestHears(context, registration);
			await warnIfUnreachable(context);
		}
	} catch (error) {
		throw explained(context, error as Error);
	}
}

/**
 * Puts the previous settings of the application back, unless somebody has changed them in the meantime.
 * @throws NodeOperationError where n8n tries again later
 */
export async function unregister(
	context: IHookFunctions,
	clock: Clock = systemClock,
): Promise<void> {
	const registration = readRegistration(context);
	if (!setsUrl(registration, context) || registration.connectionId === '') return;
	const { connectionId } = registration;
	const isLastChance = isTest(context) || registeredUrl(context) === undefined;
	try {
		if (isLastChance) await putBackPersistently(context, connectionId, clock);
		else await putBack(context, connectionId);
		if (!isTest(context)) storeRegisteredUrl(context, undefined);
	} catch (error) {
		const { message } = toRegistrationError(connectionId, error as Error);
		const what = `could not put the previous webhook URL of the application ${connectionId} back: ${message}`;
		// After a test nobody is there to be told. And if n8n, cleaning up after it could not publish, meets
		// an error, it takes the trigger for published and never registers it again.
		if (!isLastChance) {
			throw explained(context, problem(`The Telnyx Advanced Trigger ${what}`));
		}
		log(context, 'warn', ` ${what} Set it in the Telnyx portal.`);
	}
}

/** @throws RegistrationError for a test to which the application does not send its events */
async function assertTestHears(
	context: IHookFunctions,
	{ connectionId, isAutomatic }: Registration,
): Promise<void> {
	if (!isTest(context) || !isAutomatic || connectionId === '') return;
	// That it cannot be read is no reason: the test URL may have been pasted there.
	const application = await readApplication(context, connectionId).catch(() => undefined);
	if (!application || leadsTo(application.webhook_event_url, ownUrl(context))) return;
	throw problem(
		`A test would receive nothing, because the application '${application.application_name}' sends its events elsewhere. Switch on 'Use the Application for Tests' in the Telnyx Advanced Trigger, or paste the test URL into the application.`,
	);
}

/** Something in front of n8n may have a host of its own. */
const leadsTo = (url: string, own: string): boolean =>
	URL.canParse(url) && new URL(url).pathname === new URL(own).pathname;

async function pointHere(
	context: IHookFunctions,
	{ connectionId }: Registration,
	clock: Clock,
): Promise<void> {
	try {
		const application = await readApplication(context, connectionId);
		assertCanBePutBack(application);
		const previous = previousSettings(context, application);
		await redirectApplication(context, application, {
			webhook_event_url: withPrevious(
				{ address: ownUrl(context), owner: ownerOf(context), isForTest: isTest(context) },
				previous,
			),
			webhook_api_version: API_VERSION,
		});
		if (!isTest(context)) await assertStillOurs(context, connectionId, clock);
	} catch (error) {
		throw toRegistrationError(connectionId, error as Error);
	}
	if (!isTest(context)) storeRegisteredUrl(context, ownUrl(context));
}

/** Longer than another trigger takes from reading the application to changing it. */
const OTHERS_MS = 1_000;

/** @throws RegistrationError if another trigger was published with the application at the same time */
async function assertStillOurs(
	context: IHookFunctions,
	connectionId: string,
	{ pause }: Clock,
): Promise<void> {
	await pause(OTHERS_MS);
	const { application_name, webhook_event_url } = await readApplication(context, connectionId);
	const url = readWebhookUrl(webhook_event_url);
	if (isOurs(context, url) || url.isForTest) return;
	throw problem(
		`The webhook URL of the application '${application_name}' was changed at the same time, to ${url.address}. If another workflow uses this application, unpublish it first, or choose another application.`,
	);
}

/** @throws RegistrationError for a URL that Telnyx would not take back when the workflow is unpublished */
function assertCanBePutBack({ application_name, webhook_event_url: url }: Application): void {
	if (url === '' || (URL.canParse(url) && /^https?:\/\/\S+$/i.test(url))) return;
	throw problem(
		`The webhook URL of the application '${application_name}' is '${url}', which is not a web address: it could not be put back when the workflow is unpublished. Correct it in the Telnyx portal first.`,
	);
}

/**
 * The settings to restore in the application afterwards.
 * @throws RegistrationError if another trigger relies on the application
 */
function previousSettings(context: IHookFunctions, application: Application): WebhookSettings {
	const { webhook_event_url, webhook_api_version, application_name } = application;
	const current = withoutTests({ webhook_event_url, webhook_api_version });
	const url = readWebhookUrl(current.webhook_event_url);
	// A test may take over from any trigger: it puts the URL back soon.
	if (!url.previous || isTest(context)) return current;
	const withoutUs = settingsWithoutUs(context, current);
	if (withoutUs && isOurs(context, url)) return withoutUs;
	throw problem(applicationInUse(context, application_name, url));
}

/** The message if another trigger uses the application. */
function applicationInUse(context: IHookFunctions, application: string, url: WebhookUrl): string {
	const isOfThisWorkflow = url.owner?.workflowId === ownerOf(context).workflowId;
	// Another n8n may have the same workflow, with the same IDs.
	if (isOfThisWorkflow && !isElsewhere(context, url)) {
		return `Another Telnyx Advanced Trigger of this workflow has the application '${application}' already, and an application has one webhook URL. Choose all events in one trigger ('Separate Output for Each Event' gives each an output of its own), or choose another application. ${ELSE_IN_PORTAL}`;
	}
	const other = nameOf(context, url);
	return url.address === ownUrl(context)
		? `The application '${application}' sends its events to ${other}, which has the same webhook URL as this workflow. One of them is a copy. Delete this Telnyx Advanced Trigger and add a new one, which gets a URL of its own, then choose another application or unpublish the other workflow. ${ELSE_IN_PORTAL}`
		: `The application '${application}' sends its events to ${other} already. Unpublish that workflow first, or choose another application. ${ELSE_IN_PORTAL}`;
}

/** What people call the workflow that has a URL, and where it is if that is not this n8n. */
function nameOf(context: IHookFunctions, url: WebhookUrl): string {
	const { address, owner } = url;
	const name = owner?.workflowName ? `'${owner.workflowName}'` : owner?.workflowId;
	const where = isElsewhere(context, url) ? ` of the n8n at ${new URL(address).host}` : '';
	return `the workflow ${name}${where}`;
}

const isElsewhere = (context: IHookFunctions, { address }: WebhookUrl): boolean =>
	new URL(address).host !== new URL(ownUrl(context)).host;

const ELSE_IN_PORTAL =
	'If the other one no longer exists, change the webhook URL of the application in the Telnyx portal.';

/** n8n shows the message alone where it says that publishing failed, so what to do is in it. */
function explained(context: IHookFunctions, error: Error): NodeOperationError {
	const explanation = new NodeOperationError(context.getNode(), error);
	if (error instanceof RegistrationError) explanation.message = error.message;
	return explanation;
}
