import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { lists } from '../telnyx/account/listSearch';
import { sensitiveOutputFields } from '../telnyx/events/sensitive';
import { CREDENTIAL } from '../telnyx/credential';
import { accept } from './event/accept';
import { outputEvent } from './event/output';
import { NODE_VERSION, nodeType } from '../shared/nodeTypes';
import { properties } from './form';
import { OUTPUTS, SUBTITLE } from './form/outputs';
import { triggerPanel } from './form/panel';
import { isRegistered, register, unregister } from './registration';

export class TelnyxAdvancedTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Advanced Trigger',
		name: 'telnyxAdvancedTrigger',
		icon: {
			light: 'file:../TelnyxAdvanced/telnyx.svg',
			dark: 'file:../TelnyxAdvanced/telnyx.dark.svg',
		},
		group: ['trigger'],
		sensitiveOutputFields,
		version: NODE_VERSION,
		subtitle: SUBTITLE,
		description: 'Starts the workflow when a call comes in, a key is pressed, a call ends and more',
		eventTriggerDescription: 'Now call your number',
		activationMessage: 'Now call your number: every matching event starts this workflow.',
		defaults: { name: 'Telnyx Advanced Trigger' },
		inputs: [],
		outputs: OUTPUTS,
		builderHint: {
			searchHint:
				'Use to start a workflow when somebody calls (Call Comes In), or when something else happens on a call. For an incoming call, put Telnyx Phone Call after it: Say, Play, Ask, Listen and Record answer a call that still rings. It receives no SMS.',
			relatedNodes: [
				{
					nodeType: nodeType('telnyxPhoneCall'),
					relationHint: 'Leads the call that came in',
				},
				{
					nodeType: nodeType('telnyxAdvanced'),
					relationHint: "Everything else of Telnyx's voice API, on the same call",
				},
			],
		},
		credentials: [{ name: CREDENTIAL, required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'Accepted',
				path: 'webhook',
			},
		],
		triggerPanel,
		properties,
	};

	methods = { listSearch: { applications: lists.applications } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await accept(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await outputEvent(this);
	}
}
