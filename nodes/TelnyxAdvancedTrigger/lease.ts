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
}

const PREVIOUS_URL = 'previous_url';
const PREVIOUS_VERSION = 'previous_version';

/** The URL to set. */
export function writeLease(address: string, previous: Settings): string {
	const url = new URL(address);
	url.searchParams.set(PREVIOUS_URL, previous.webhook_event_url);
	url.searchParams.set(PREVIOUS_VERSION, previous.webhook_api_version);
	return url.href;
}

/** Reads the URL of an application. Never throws. */
export function readLease(webhookUrl: string): Lease {
	if (!URL.canParse(webhookUrl)) return { address: webhookUrl };
	const url = new URL(webhookUrl);
	const previousUrl = url.searchParams.get(PREVIOUS_URL);
	if (previousUrl === null) return { address: webhookUrl };
	const previous = {
		webhook_event_url: previousUrl,
		webhook_api_version: url.searchParams.get(PREVIOUS_VERSION) ?? '2',
	};
	url.searchParams.delete(PREVIOUS_URL);
	url.searchParams.delete(PREVIOUS_VERSION);
	return { address: url.href, previous };
}

/**
 * The settings without one of those that took the URL over one after the other.
 * @returns undefined if that one is not among them, so that nothing is to be changed
 */
export function withoutLease(
	settings: Settings,
	isOurs: (address: string) => boolean,
): Settings | undefined {
	const { address, previous } = readLease(settings.webhook_event_url);
	if (!previous) return undefined;
	if (isOurs(address)) return withoutLease(previous, isOurs) ?? previous;
	const below = withoutLease(previous, isOurs);
	return below && { ...settings, webhook_event_url: writeLease(address, below) };
}
