import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	INodeParameterResourceLocator,
	IWebhookFunctions,
} from 'n8n-workflow';

import { ALL_INVISIBLE, withoutInvisible } from '../../shared/invisible';

/** Where n8n asks something of the trigger: all of them have its parameters. */
type TriggerContext = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** How the application's webhook URL is set. */
export const MANUAL = 'manual';
export const AUTOMATIC = 'automatic';

/** What happens to events that Telnyx sends again. */
export const DROP = 'drop';
export const DROP_FOR_GOOD = 'dropForGood';
export const LET_THROUGH = 'letThrough';

/** What the user can set under 'Options'. */
export interface Options {
	/** Types that the list of events does not have, separated by commas. */
	readonly event_types?: string;
	readonly duplicates: string;
	readonly simple: boolean;
}

const DEFAULTS: Options = { duplicates: DROP, simple: false };

/** What the user set under 'Options', with defaults for the rest. */
export const readOptions = (context: TriggerContext): Options => ({
	...DEFAULTS,
	...(read(context, 'options', {}) as IDataObject),
});

/** The conditions for events, as the form or expressions set them. */
export interface Filters {
	/** IDs of applications, separated by commas. */
	readonly connection_id?: unknown;
	readonly direction?: unknown;
	/** Numbers or patterns, separated by commas. */
	readonly from?: unknown;
	readonly to?: unknown;
	readonly client_state?: {
		readonly conditions?: ReadonlyArray<{ readonly path?: unknown; readonly value?: unknown }>;
	};
}

/** The values under 'Filters'. */
export const readFilters = (context: TriggerContext): Filters =>
	read(context, 'filters', {}) as Filters;

/** The event types and groups that the user selected or wrote, each once. */
export const selectedEvents = (context: TriggerContext, options: Options): string[] =>
	eventsOf({ events: read(context, 'events', []) as string[], options }, ALL_INVISIBLE);

/**
 * The same for plain parameters. Its text also runs in the editor, so it uses nothing but its arguments.
 * @param invisible what comes along when a type is copied
 */
export const eventsOf = (
	parameters: { events?: string[] | string; options?: { event_types?: string } },
	invisible: RegExp,
): string[] => {
	const written = String(parameters.options?.event_types ?? '').split(/[\s,]+/);
	const types = [parameters.events ?? [], written].flat();
	const plain = types.map((type) => String(type).replace(invisible, '').trim());
	return [...new Set(plain)].filter((type) => type !== '');
};

/** Whether the user wants an output for each event, if there are several. */
export const wantsSeparateOutputs = (context: TriggerContext): boolean =>
	read(context, 'separate_outputs', true) === true;

/** How the webhook URL of the application is set. */
export interface Registration {
	readonly isAutomatic: boolean;
	/** The Call Control application. */
	readonly connectionId: string;
	/** Whether the test URL is set as well, while the editor listens for a test event. */
	readonly isForTestsToo: boolean;
}

/** What the user set at the top of the form. */
export const readRegistration = (context: IHookFunctions | IWebhookFunctions): Registration => ({
	isAutomatic: read(context, 'setup', MANUAL) === AUTOMATIC,
	connectionId: locatorText(read(context, 'connection_id', '')),
	isForTestsToo: read(context, 'borrow_url', false) === true,
});

/**
 * A setting, or what it is compared with, as people see it. An expression may give anything: a number, a list,
 * nothing.
 */
export const plain = (setting: unknown): string =>
	withoutInvisible(String(setting ?? '').replace(/[\t\n\r\p{Zs}]/gu, ' ')).trim();

/** n8n has no value of its own for a locator that the form does not show. */
const locatorText = (locator: unknown): string =>
	plain((locator as Partial<INodeParameterResourceLocator> | null)?.value);

/** n8n asks for the index of an item only while a workflow runs. */
function read(context: TriggerContext, name: string, fallback: unknown): unknown {
	return 'getInputData' in context
		? context.getNodeParameter(name, 0, fallback)
		: context.getNodeParameter(name, fallback as object);
}
