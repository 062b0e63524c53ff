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
import { CREDENTIAL } from '../telnyx/credential';
import { NODE_VERSION, nodeType } from '../shared/nodeTypes';
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
		version: NODE_VERSION,
		subtitle: SUBTITLE,
		description: 'Make and control phone calls, conferences, queues and recordings at Telnyx',
		defaults: { name: 'Telnyx Advanced' },
		inputs: [NodeConnectionTypes.Main],
		outputs: WAITING_OUTPUTS,
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Use for what Telnyx Phone Call does not have: conferences, queues, supervisors, SIPREC, media streaming, transcription, AI assistants on a call, and lists of recordings, numbers and applications. To say, ask or listen on a call use Telnyx Phone Call. It sends no SMS and no fax.',
			relatedNodes: [
				{
					nodeType: nodeType('telnyxPhoneCall'),
					relationHint: 'Runs a call step by step, with an output for each thing that can happen',
				},
				{
					nodeType: nodeType('telnyxAdvancedTrigger'),
					relationHint: 'Starts the workflow when somebody calls, or when Telnyx reports an event',
				},
				{
					nodeType: nodeType('telnyxAiAssistantTrigger'),
					relationHint: 'Lets the AI assistant on a call ask n8n: tools, variables, language model',
				},
			],
		},
		credentials: [{ name: CREDENTIAL, required: true }],
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
