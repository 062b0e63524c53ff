import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	INodeParameterResourceLocator,
	IWebhookFunctions,
} from 'n8n-workflow';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** How the application's webhook URL is set. */
export const MANUAL = 'manual';
export const AUTOMATIC = 'automatic';

/** What is done about events that come again. */
export const DROP = 'drop';
export const DROP_FOR_GOOD = 'dropForGood';
export const LET_THROUGH = 'letThrough';

/** Which outputs the node has. */
export const ONE_OUTPUT = 'one';
export const OUTPUT_PER_EVENT = 'perEvent';

/** What the user can set under 'Options'. */
export interface Options {
	/** Types that the list of events does not have. */
	readonly event_types?: string;
	readonly duplicates: string;
	readonly outputs: string;
	readonly simple: boolean;
}

const DEFAULTS: Options = { duplicates: DROP, outputs: ONE_OUTPUT, simple: false };

/** What the user set under 'Options', with what holds where nothing was set. */
export const readOptions = (context: Context): Options => ({
	...DEFAULTS,
	...(read(context, 'options', {}) as IDataObject),
});

/** What an event has to meet, as the form or the user's expressions give it. */
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

/** What the user set under 'Filters'. */
export const readFilters = (context: Context): Filters => read(context, 'filters', {}) as Filters;

/** The event types and groups that were chosen or written, each once. */
export const chosenEvents = (context: Context, options: Options): string[] =>
	eventsOf({ events: read(context, 'events', []) as string[], options });

/** The same for the plain parameters. The editor calls it too, so it must need nothing around it. */
export const eventsOf = (parameters: {
	events?: string[] | string;
	options?: { event_types?: string };
}): string[] => {
	const written = String(parameters.options?.event_types ?? '').split(/[\s,]+/);
	return [...new Set([parameters.events ?? [], written].flat())].filter((type) => type !== '');
};

/** How the node's application is looked after. */
export interface Registration {
	readonly isAutomatic: boolean;
	/** The Call Control application. */
	readonly connectionId: string;
	readonly mayBorrow: boolean;
}

/** What the user set at the top of the form. */
export const readRegistration = (context: IHookFunctions): Registration => ({
	isAutomatic: read(context, 'setup', MANUAL) === AUTOMATIC,
	connectionId: located(read(context, 'connection_id', '')),
	mayBorrow: read(context, 'borrow_url', false) === true,
});

/** n8n has no value of its own for a locator that the form does not show. */
const located = (chosen: unknown): string =>
	String((chosen as Partial<INodeParameterResourceLocator> | null)?.value ?? '').trim();

/** The first item's: n8n asks for an item only while a workflow runs. */
function read(context: Context, name: string, unset: unknown): unknown {
	return 'getInputData' in context
		? context.getNodeParameter(name, 0, unset)
		: context.getNodeParameter(name, unset as object);
}
