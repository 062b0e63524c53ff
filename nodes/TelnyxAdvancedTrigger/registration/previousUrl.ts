/**
 * An application has one webhook URL. Whoever takes it over keeps what was there in the query of the
 * new one, where no crash, no restart and no renaming can lose it.
 */
export interface Settings {
	readonly webhook_event_url: string;
	readonly webhook_api_version: string;
}

/** How an application's URL reads. */
export interface Lease {
	/** The URL without what we added. */
	readonly address: string;
	/** What was there before; undefined if the URL is not one of this node type's. */
	readonly previous?: Settings;
	/** Whether it is for as long as a test listens. */
	readonly isBorrowed: boolean;
}

const PREVIOUS_URL = 'previous_url';
const PREVIOUS_VERSION = 'previous_version';
const BORROWED = 'borrowed_for_test';

/** The URL to set. */
export function writeLease(address: string, previous: Settings, isBorrowed: boolean): string {
	const url = new URL(address);
	if (isBorrowed) url.searchParams.set(BORROWED, '1');
	url.searchParams.set(PREVIOUS_URL, previous.webhook_event_url);
	url.searchParams.set(PREVIOUS_VERSION, previous.webhook_api_version);
	return url.href;
}

/** Reads the URL of an application, or one that n8n made of what it was configured with. Never throws. */
export function readLease(webhookUrl: string): Lease {
	if (!URL.canParse(webhookUrl)) return { address: webhookUrl, isBorrowed: false };
	const url = new URL(webhookUrl);
	const previousUrl = url.searchParams.get(PREVIOUS_URL);
	if (previousUrl === null) return { address: url.href, isBorrowed: false };
	const previous = {
		webhook_event_url: previousUrl,
		webhook_api_version: url.searchParams.get(PREVIOUS_VERSION) ?? '2',
	};
	const isBorrowed = url.searchParams.has(BORROWED);
	for (const name of [PREVIOUS_URL, PREVIOUS_VERSION, BORROWED]) url.searchParams.delete(name);
	return { address: url.href, previous, isBorrowed };
}

/**
 * The settings without the tests that have the URL now. Whoever listens hands back soon, or was cut off
 * and never will.
 */
export function withoutTests(settings: Settings): Settings {
	const { previous, isBorrowed } = readLease(settings.webhook_event_url);
	return previous && isBorrowed ? withoutTests(previous) : settings;
}

/**
 * The settings without one of those that took the URL over one after the other.
 * @returns undefined if that one is not among them, so that nothing is to be changed
 */
export function withoutLease(
	settings: Settings,
	isOurs: (address: string) => boolean,
): Settings | undefined {
	const { address, previous, isBorrowed } = readLease(settings.webhook_event_url);
	if (!previous) return undefined;
	if (isOurs(address)) return withoutLease(previous, isOurs) ?? previous;
	const below = withoutLease(previous, isOurs);
	return below && { ...settings, webhook_event_url: writeLease(address, below, isBorrowed) };
}
