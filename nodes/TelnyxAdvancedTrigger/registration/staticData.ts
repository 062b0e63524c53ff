import type { IDataObject, IHookFunctions } from 'n8n-workflow';

/** By the node's ID, which renaming does not change. n8n's own static data of a node goes by its name. */
const keyOf = (context: IHookFunctions) => `telnyxAdvancedTrigger:${context.getNode().id}`;

/** The URL that was set when the workflow was published; undefined if it is not published. */
export const registeredUrl = (context: IHookFunctions) =>
	(context.getWorkflowStaticData('global')[keyOf(context)] as IDataObject | undefined)
		?.webhook_event_url;

/** Stores the URL that was set, or undefined once the workflow is unpublished. */
export function storeRegisteredUrl(context: IHookFunctions, url: string | undefined): void {
	if (url === registeredUrl(context)) return;
	const staticData = context.getWorkflowStaticData('global');
	if (url === undefined) delete staticData[keyOf(context)];
	else staticData[keyOf(context)] = { webhook_event_url: url };
}
