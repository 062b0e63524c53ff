import { sleep, type IDataObject, type IHookFunctions } from 'n8n-workflow';

import {
	readApplication,
	redirectApplication,
	type Application,
} from '../../telnyx/account/applications';
import { baseUrlOf, CREDENTIAL } from '../../telnyx/credential';
import { isMissing, TelnyxFailure } from '../../telnyx/http/failure';
import { whyUnreachable } from '../../telnyx/webhooks/reachable';
import { readLease, withoutLease, withoutTests, writeLease, type Settings } from './previousUrl';
import { readRegistration, type Registration } from '../form/parameters';

/** Thrown when an application cannot be pointed here. The message is written for the user. */
export class RegistrationError extends Error {}

const problem = (message: string) => new RegistrationError(message);

/** The only version whose events this node can read. */
const API_VERSION = '2';

const TRIES = 3;
const PAUSE_MS = 1_000;

/** Whether n8n sets the URL at all now: always when publishing, for a test only if the user allows it. */
const isWanted = ({ isAutomatic, mayBorrow }: Registration, context: IHookFunctions) =>
	isAutomatic && (mayBorrow || !isTest(context));

/** n8n calls workflows that it prepares for a test inactive. */
const isTest = (context: IHookFunctions) => context.getWorkflow().active === false;

/**
 * Whether the application sends its events here already. A failure to find out is no reason to register
 * again: n8n would take the workflow out of service over it. That the application is gone is.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const registration = readRegistration(context);
	if (!isWanted(registration, context) || registration.connectionId === '') return false;
	try {
		const application = await readApplication(context, registration.connectionId);
		return (
			readLease(application.webhook_event_url).previous !== undefined &&
			isAt(context, application.webhook_event_url) &&
			application.webhook_api_version === API_VERSION
		);
	} catch (error) {
		if (isGone(error) || remembered(context) !== ownAddress(context)) return false;
		warn(context, `could not check the application's webhook URL: ${(error as Error).message}`);
		return true;
	}
}

/**
 * Points the application here, if the user wants that.
 * @throws RegistrationError
 */
export async function register(context: IHookFunctions): Promise<void> {
	const registration = readRegistration(context);
	if (!isWanted(registration, context)) return;
	if (registration.connectionId === '') {
		throw problem(
			"'Application' is empty. Choose the Call Control application whose events start this workflow, or set 'Webhook URL Setup' to 'Manual'.",
		);
	}
	await assertReachable(context);
	try {
		const application = await readApplication(context, registration.connectionId);
		const previous = previousSettings(context, application);
		await redirectApplication(context, application, {
			webhook_event_url: writeLease(ownAddress(context), previous, isTest(context)),
			webhook_api_version: API_VERSION,
		});
	} catch (error) {
		throw explained(registration, error as Error);
	}
	if (!isTest(context)) remember(context, ownAddress(context));
}

/**
 * Gives the application back what it had, unless somebody has changed it meanwhile.
 * @throws RegistrationError where n8n can do something about it
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const registration = readRegistration(context);
	if (!isWanted(registration, context) || registration.connectionId === '') return;
	const isLastChance = isTest(context) || remembered(context) === undefined;
	try {
		await (isLastChance ? giveBackStubbornly : giveBack)(context, registration);
		if (!isTest(context)) remember(context, undefined);
	} catch (error) {
		const { message } = explained(registration, error as Error);
		const what = `could not give the application ${registration.connectionId} its former webhook URL back: ${message}`;
		// After a test nobody is there to be told. And if n8n, cleaning up after it could not publish,
		// meets an error, it takes the trigger for published and never registers it again.
		if (!isLastChance) throw problem(`The Telnyx Advanced Trigger ${what}`);
		warn(context, `${what} Set it in the Telnyx portal.`);
	}
}

async function giveBack(context: IHookFunctions, { connectionId }: Registration): Promise<void> {
	const application = await readApplication(context, connectionId).catch(ifGone);
	if (!application) {
		warn(context, `has nothing to give back: the application ${connectionId} no longer exists`);
		return;
	}
	const former = formerSettings(context, application);
	if (!former) {
		info(context, `leaves the application ${connectionId} alone: its webhook URL was changed`);
		return;
	}
	if (former.webhook_event_url === '') {
		warn(context, `leaves its URL in the application ${connectionId}: Telnyx demands one`);
		return;
	}
	const { webhook_event_url, webhook_api_version } = former;
	await redirectApplication(context, application, { webhook_event_url, webhook_api_version });
}

async function ifGone(error: Error): Promise<undefined> {
	return isGone(error) ? undefined : await Promise.reject(error);
}

const isGone = (error: unknown) => error instanceof TelnyxFailure && isMissing(error);

/** Where n8n does not try again. */
async function giveBackStubbornly(
	context: IHookFunctions,
	registration: Registration,
): Promise<void> {
	for (let pause = PAUSE_MS; pause < TRIES * PAUSE_MS; pause += PAUSE_MS) {
		const isDone = await giveBack(context, registration).then(
			() => true,
			() => false,
		);
		if (isDone) return;
		await sleep(pause);
	}
	await giveBack(context, registration);
}

/**
 * What the application is to have again afterwards.
 * @throws RegistrationError if another trigger counts on the application
 */
function previousSettings(context: IHookFunctions, application: Application): Settings {
	const { webhook_event_url, webhook_api_version, application_name } = application;
	const current = withoutTests({ webhook_event_url, webhook_api_version });
	const { address, previous } = readLease(current.webhook_event_url);
	// A test may take over from whom it wants: it hands back soon.
	if (!previous || isTest(context)) return current;
	const former = formerSettings(context, current);
	if (former && isOurs(context, address)) return former;
	throw problem(
		`The application '${application_name}' sends its events to another Telnyx Advanced Trigger already: ${address}. Unpublish that workflow first, or choose another application. If that workflow no longer exists, change the webhook URL of the application in the Telnyx portal.`,
	);
}

/** What the application had before this node came; undefined if the URL is no longer the node's. */
const formerSettings = (context: IHookFunctions, settings: Settings) =>
	withoutLease(settings, (one) => isOurs(context, one) || isSibling(context, one));

/** The URL that Telnyx is to call: the test URL during a test, else the production URL. */
const ownAddress = (context: IHookFunctions) =>
	readLease(context.getNodeWebhookUrl('default') ?? '').address;

const isAt = (context: IHookFunctions, webhookUrl: string) =>
	readLease(webhookUrl).address === ownAddress(context);

/** Here, or where this n8n was when it registered. */
const isOurs = (context: IHookFunctions, address: string) =>
	address === ownAddress(context) || address === remembered(context);

/** The test URL of this very node. The test may have been cut off, so unpublishing does not wait for it. */
function isSibling(context: IHookFunctions, address: string): boolean {
	const [theirs, ours] = [new URL(address), new URL(ownAddress(context))];
	const { webhookId } = context.getNode();
	return (
		!isTest(context) &&
		theirs.origin === ours.origin &&
		webhookId !== undefined &&
		theirs.pathname.split('/').includes(webhookId)
	);
}

/**
 * @throws RegistrationError for an address of this machine, which Telnyx can never reach
 */
async function assertReachable(context: IHookFunctions): Promise<void> {
	const credential = await context.getCredentials(CREDENTIAL);
	baseUrlOf(credential);
	const reason = whyUnreachable(credential, ownAddress(context));
	if (reason) throw problem(`${reason}, or set 'Webhook URL Setup' to 'Manual'.`);
}

function explained({ connectionId }: Registration, failure: Error): Error {
	if (!(failure instanceof TelnyxFailure)) return failure;
	if (isGone(failure)) {
		return problem(
			`Telnyx has no application ${connectionId} (any more). Choose another one in the Telnyx Advanced Trigger.`,
		);
	}
	return problem(`${failure.message}. ${failure.description}`);
}

/** By the node's ID, which renaming leaves alone: n8n's own memory for nodes goes by the name. */
const memoryKey = (context: IHookFunctions) => `telnyxAdvancedTrigger:${context.getNode().id}`;

const remembered = (context: IHookFunctions) =>
	(context.getWorkflowStaticData('global')[memoryKey(context)] as IDataObject | undefined)
		?.webhook_event_url;

function remember(context: IHookFunctions, webhook_event_url: string | undefined): void {
	const memory = context.getWorkflowStaticData('global');
	if (webhook_event_url === undefined) delete memory[memoryKey(context)];
	else memory[memoryKey(context)] = { webhook_event_url };
}

const warn = (context: IHookFunctions, what: string) =>
	context.logger.warn(sentence(context, what));
const info = (context: IHookFunctions, what: string) =>
	context.logger.info(sentence(context, what));

const sentence = (context: IHookFunctions, what: string) =>
	`Telnyx trigger "${context.getNode().name}" of workflow ${context.getWorkflow().id} ${what}`;
