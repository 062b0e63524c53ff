import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { lists } from '../telnyx/account/listSearch';
import { sensitiveOutputFields } from '../telnyx/events/sensitive';
import { catalogue } from '../catalogue';
import { executeOperations } from '../operations/run';
import { toForm } from '../operations/form';
import { waiting } from '../waiting';
import { WAITING_OUTPUTS } from '../waiting/outputs';
import { resume, webhooks } from '../waiting/resume';
import { SUBTITLE } from './subtitle';

export class TelnyxAdvanced implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Advanced',
		name: 'telnyxAdvanced',
		icon: { light: 'file:telnyx.svg', dark: 'file:telnyx.dark.svg' },
		group: ['output'],
		sensitiveOutputFields,
		version: 1,
		subtitle: SUBTITLE,
		description: 'Make and control phone calls, conferences, queues and recordings at Telnyx',
		defaults: { name: 'Telnyx Advanced' },
		inputs: [NodeConnectionTypes.Main],
		outputs: WAITING_OUTPUTS,
		usableAsTool: true,
		credentials: [{ name: 'telnyxAdvancedApi', required: true }],
		webhooks,
		waitingNodeTooltip: 'Waiting for Telnyx to report the outcome',
		properties: toForm(catalogue, waiting),
	};

	methods = { listSearch: lists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperations(this, waiting);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this);
	}
}
