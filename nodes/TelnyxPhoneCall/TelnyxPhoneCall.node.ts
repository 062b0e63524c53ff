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
import { resume, webhooks } from '../waiting/resume';
import { phoneCall } from './follow';
import { properties } from './form';
import { OUTPUTS } from './outputs';
import { executeStep } from './run';

export class TelnyxPhoneCall implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Phone Call',
		name: 'telnyxPhoneCall',
		icon: {
			light: 'file:../TelnyxAdvanced/telnyx.svg',
			dark: 'file:../TelnyxAdvanced/telnyx.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["text"] || $parameter["operation"] }}',
		description: 'Lead a phone call step by step: answer, say, ask, transfer, record and more',
		defaults: { name: 'Telnyx Phone Call' },
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		usableAsTool: true,
		credentials: [{ name: 'telnyxAdvancedApi', required: true }],
		webhooks,
		waitingNodeTooltip: 'On the phone',
		properties,
	};

	methods = { listSearch: lists };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeStep(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, phoneCall);
	}
}
