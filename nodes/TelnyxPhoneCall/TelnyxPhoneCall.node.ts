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
import { resume, webhooks } from '../waiting/resume';
import { phoneCall } from './follow';
import { CREDENTIAL } from '../telnyx/credential';
import { NODE_VERSION, nodeType } from '../shared/nodeTypes';
import { properties, SUBTITLE } from './form';
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
		sensitiveOutputFields,
		version: NODE_VERSION,
		subtitle: SUBTITLE,
		description: 'Run a phone call step by step: answer, say, ask, transfer, record and more',
		defaults: { name: 'Telnyx Phone Call' },
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		usableAsTool: true,
		hints: [
			{
				message:
					'A call takes one item at a time. Loop Over Items, or a sub-workflow for each, takes several.',
				type: 'warning',
				location: 'inputPane',
				whenToDisplay: 'beforeExecution',
				displayCondition: "={{ $input.all().length > 1 && $parameter.operation !== 'hangUp' }}",
			},
		],
		builderHint: {
			searchHint:
				'Use for anything said or asked on a phone call: make or answer a call (Say, Play, Ask, Listen and Record answer a ringing one themselves), text to speech, keypad menu (IVR), speech to text, voicemail, ring group, transfer, recording, approval by a person on the phone (sendAndWait). Each step has an output for each thing that can happen. For SIPREC, conferences, queues and media streaming use Telnyx Advanced.',
			relatedNodes: [
				{
					nodeType: nodeType('telnyxAdvancedTrigger'),
					relationHint: 'Starts the workflow when somebody calls',
				},
				{
					nodeType: nodeType('telnyxAdvanced'),
					relationHint: "Everything else of Telnyx's voice API, on the same call",
				},
				{
					nodeType: nodeType('telnyxAiAssistantTrigger'),
					relationHint:
						'Where an AI assistant of Telnyx (voice agent) talks with the caller, and asks n8n for things',
				},
			],
		},
		credentials: [{ name: CREDENTIAL, required: true }],
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
