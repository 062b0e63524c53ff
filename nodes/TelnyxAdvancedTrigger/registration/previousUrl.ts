import type { WebhookSettings } from '../../telnyx/account/applications';

/**
 * An application has one webhook URL. A trigger that takes it over keeps the previous one in the query of
 * its own, where no crash, restart or renaming can lose it.
 */
interface WebhookUrl {
	/** The URL without what was added. */
	readonly address: string;
	/** What was set before; undefined if no trigger of this kind has set the URL. */
	readonly previous?: WebhookSettings;
	/** Whether it was set only for as long as the editor listens for a test event. */
	readonly isForTest: boolean;
}

const PREVIOUS_URL = 'previous_url';
const PREVIOUS_VERSION = 'previous_version';
const FOR_TEST = 'borrowed_for_test';

/** The URL to set: the address with the previous settings. */
export function withPrevious(
	address: string,
	previous: WebhookSettings,
	isForTest: boolean,
): string {
	const url = new URL(address);
	if (isForTest) url.searchParams.set(FOR_TEST, '1');
	url.searchParams.set(PREVIOUS_URL, previous.webhook_event_url);
	url.searchParams.set(PREVIOUS_VERSION, previous.webhook_api_version);
	return url.href;
}

/** Reads the URL of an application, or one that n8n built from its configuration. Never throws. */
export function readWebhookUrl(text: string): WebhookUrl {
	if (!URL.canParse(text)) return { address: text, isForTest: false };
	const url = new URL(text);
	const previousUrl = url.searchParams.get(PREVIOUS_URL);
	const previousVersion = url.searchParams.get(PREVIOUS_VERSION);
	// A trigger sets both. One alone is the user's own.
	if (previousUrl === null || previousVersion === null) {
		return { address: url.href, isForTest: false };
	}
	const previous = { webhook_event_url: previousUrl, webhook_api_version: previousVersion };
	const isForTest = url.searchParams.has(FOR_TEST);
	for (const name of [PREVIOUS_URL, PREVIOUS_VERSION, FOR_TEST]) url.searchParams.delete(name);
	return { address: url.href, previous, isForTest };
}

/**
 * The settings without the tests that have the URL at the moment. Each of them either puts back what it
 * found soon, or was cut off and never will.
 */
export function withoutTests(settings: WebhookSettings): WebhookSettings {
	const { previous, isForTest } = readWebhookUrl(settings.webhook_event_url);
	return previous && isForTest ? withoutTests(previous) : settings;
}

/**
 * The settings without one of the triggers that took the URL over one after the other.
 * @param isOurs whether an address is that trigger's
 * @returns undefined if the trigger is not among them, so that nothing is to be changed
 */
export function withoutTrigger(
	settings: WebhookSettings,
	isOurs: (address: string) => boolean,
): WebhookSettings | undefined {
	const { address, previous, isForTest } = readWebhookUrl(settings.webhook_event_url);
	if (!previous) return undefined;
	if (isOurs(address)) return withoutTrigger(previous, isOurs) ?? previous;
	const rest = withoutTrigger(previous, isOurs);
	return rest && { ...settings, webhook_event_url: withPrevious(address, rest, isForTest) };
}
