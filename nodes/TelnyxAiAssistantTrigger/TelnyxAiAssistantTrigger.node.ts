import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { CREDENTIAL } from '../telnyx/credential';
import { NODE_VERSION, nodeType } from '../shared/nodeTypes';
import { properties, PATH, RESPONSE_MODE, SUBTITLE } from './form';
import { readRequest } from './form/parameters';
import { prepare } from './prepare';
import { acceptCompletion, listModels } from './request/languageModel';
import { acceptToolCall } from './request/toolCall';
import { acceptInitialization } from './request/variables';
import { speakWhileRunning } from './reply/speech';

export class TelnyxAiAssistantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx AI Assistant Trigger',
		name: 'telnyxAiAssistantTrigger',
		icon: {
			light: 'file:../TelnyxAdvanced/telnyx.svg',
			dark: 'file:../TelnyxAdvanced/telnyx.dark.svg',
		},
		group: ['trigger'],
		version: NODE_VERSION,
		subtitle: SUBTITLE,
		description:
			'Starts the workflow when an AI assistant on a call asks for something, and answers the assistant',
		eventTriggerDescription: 'Now talk with your AI assistant',
		activationMessage:
			'Now talk with your AI assistant: each of its requests starts this workflow.',
		defaults: { name: 'Telnyx AI Assistant Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		builderHint: {
			searchHint:
				"Use when a Telnyx AI assistant (voice agent) talks with the caller and n8n has to do something for it: run a tool, give it variables at the start of a call, or be its language model with n8n's AI Agent. What the last node puts out is the answer. For a call that the workflow runs itself use Telnyx Phone Call.",
			relatedNodes: [
				{
					nodeType: nodeType('telnyxAdvanced'),
					relationHint:
						'Starts the assistant on a call (AI Assistant: Start), and acts on the call by the call_control_id of this trigger',
				},
				{
					nodeType: nodeType('telnyxAdvancedTrigger'),
					relationHint: 'Starts a workflow when somebody calls',
				},
			],
		},
		credentials: [{ name: CREDENTIAL, required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: RESPONSE_MODE, path: PATH },
			{
				name: 'setup',
				httpMethod: 'GET',
				responseMode: 'onReceived',
				path: 'v1/models',
				ndvHideUrl: true,
			},
		],
		properties,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await prepare(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (this.getWebhookName() === 'setup') return await listModels(this);
		switch (readRequest(this)) {
			case 'toolCall':
				return await acceptToolCall(this);
			case 'variables':
				return await acceptInitialization(this);
			case 'languageModel':
				return await acceptCompletion(this);
		}
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		speakWhileRunning(this);
		return [this.getInputData()];
	}
}
