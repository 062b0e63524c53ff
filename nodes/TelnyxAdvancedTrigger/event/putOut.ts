import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isNewAnywhere } from './duplicates';
import { outputCount, outputIndex } from './output';
import { chosenEvents, DROP_FOR_GOOD, OUTPUT_PER_EVENT, readOptions } from '../form/parameters';

/**
 * Puts the event that `webhook` received out at its output. What n8n's database remembers can be asked
 * only here, not in a webhook.
 */
export async function putOut(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const options = readOptions(context);
	const { duplicates, outputs } = options;
	if (duplicates === DROP_FOR_GOOD && context.getMode() === 'webhook') {
		const { id } = items[0].json;
		if (typeof id === 'string' && !(await isNewAnywhere(context, id))) {
			context.addExecutionHints({
				message: 'Telnyx sent this event before, so the workflow ends here',
				location: 'outputPane',
			});
			return [[]];
		}
	}
	if (outputs !== OUTPUT_PER_EVENT) return [items];
	const chosen = chosenEvents(context, options);
	const branches = Array.from({ length: outputCount(chosen) }, (): INodeExecutionData[] => []);
	for (const item of items) branches[outputIndex(String(item.json.event_type), chosen)]?.push(item);
	return branches;
}
