import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { shortened } from '../../shared/shortened';
import type { WebhookSettings } from './applications';

/**
 * An application has one webhook URL. A trigger that takes it over keeps the previous one in the query of
 * its own, where no crash, restart or renaming can lose it.
 */
export interface WebhookUrl {
	/** The URL without what was added. */
	readonly address: string;
	/** The trigger that has set it. A copy of its workflow has the same address. */
	readonly owner?: Owner;
	/** What was set before; undefined if no trigger of this kind has set the URL. */
	readonly previous?: WebhookSettings;
	/** Whether it was set only for as long as the editor listens for a test event. */
	readonly isForTest: boolean;
}

/** A trigger, told apart by the IDs of its workflow and node. */
export interface Owner {
	readonly workflowId: string;
	readonly nodeId: string;
	/** The workflow's name when it was published, for people. */
	readonly workflowName?: string;
}

const PREVIOUS_URL = 'previous_url';
const PREVIOUS_VERSION = 'previous_version';
const FOR_TEST = 'borrowed_for_test';
const SET_BY = 'set_by';
const SET_BY_NAME = 'set_by_name';
/** Of a name, since nobody says how long a webhook URL may be. */
const MOST_OF_NAME = 40;

/** The URL to set: the address with its owner and the previous settings. */
export function withPrevious(
	{ address, owner, isForTest }: Omit<WebhookUrl, 'previous'>,
	previous: WebhookSettings,
): string {
	const url = new URL(address);
	if (isForTest) url.searchParams.set(FOR_TEST, '1');
	if (owner) url.searchParams.set(SET_BY, `${owner.workflowId}.${owner.nodeId}`);
	if (owner?.workflowName)
		url.searchParams.set(SET_BY_NAME, shortened(owner.workflowName, MOST_OF_NAME));
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
	const owner = readOwner(url.searchParams.get(SET_BY), url.searchParams.get(SET_BY_NAME));
	// A trigger sets all of them. What has only some is the user's own.
	if (previousUrl === null || previousVersion === null || !owner) {
		return { address: url.href, isForTest: false };
	}
	const previous = { webhook_event_url: previousUrl, webhook_api_version: previousVersion };
	const isForTest = url.searchParams.has(FOR_TEST);
	for (const name of [PREVIOUS_URL, PREVIOUS_VERSION, FOR_TEST, SET_BY, SET_BY_NAME]) {
		url.searchParams.delete(name);
	}
	return { address: url.href, owner, previous, isForTest };
}

function readOwner(text: string | null, workflowName: string | null): Owner | undefined {
	const [, workflowId, nodeId] = /^(.+?)\.(.+)$/.exec(text ?? '') ?? [];
	if (workflowId === undefined) return undefined;
	return { workflowId, nodeId, ...(workflowName && { workflowName }) };
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
 * @param isOurs whether a URL is that trigger's
 * @returns undefined if the trigger is not among them, so that nothing is to be changed
 */
export function withoutTrigger(
	settings: WebhookSettings,
	isOurs: (url: WebhookUrl) => boolean,
): WebhookSettings | undefined {
	const { previous, ...url } = readWebhookUrl(settings.webhook_event_url);
	if (!previous) return undefined;
	if (isOurs(url)) return withoutTrigger(previous, isOurs) ?? previous;
	const rest = withoutTrigger(previous, isOurs);
	return rest && { ...settings, webhook_event_url: withPrevious(url, rest) };
}

/** Telnyx has webhook URLs in the first few levels of what it tells. */
const MOST_LEVELS = 20;

/** What Telnyx tells, without what triggers added to webhook URLs: the previous ones may hold passwords. */
export const withoutPrevious = (told: IDataObject, levels = MOST_LEVELS): IDataObject =>
	Object.fromEntries(Object.entries(told).map(([name, value]) => [name, cleaned(value, levels)]));

function cleaned(value: IDataObject[string], levels: number): IDataObject[string] {
	if (typeof value === 'string') {
		return value.includes(`${PREVIOUS_URL}=`) ? readWebhookUrl(value).address : value;
	}
	if (levels === 0) return value;
	if (Array.isArray(value)) return value.map((one) => cleaned(one, levels - 1)) as typeof value;
	return isObject(value) ? withoutPrevious(value, levels - 1) : value;
}
