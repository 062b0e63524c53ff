import {
	NodeOperationError,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { lists } from '../telnyx/account/listSearch';
import { putOut } from './event/putOut';
import { OUTPUTS } from './event/output';
import { triggerPanel } from './form/panel';
import { properties } from './form';
import { isRegistered, register, RegistrationError, unregister } from './registration';
import { answer, assertReady } from './event/accept';

export class TelnyxAdvancedTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telnyx Advanced Trigger',
		name: 'telnyxAdvancedTrigger',
		icon: {
			light: 'file:../TelnyxAdvanced/telnyx.svg',
			dark: 'file:../TelnyxAdvanced/telnyx.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [$parameter["events"]].flat().join(", ") }}',
		description: 'Starts the workflow on signed Telnyx call events',
		eventTriggerDescription: 'Waiting for a Telnyx event at the test URL',
		activationMessage: 'Telnyx events at the production URL now start this workflow.',
		defaults: { name: 'Telnyx Advanced Trigger' },
		inputs: [],
		outputs: OUTPUTS,
		credentials: [{ name: 'telnyxAdvancedApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
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
				await assertReady(this);
				await register(this).catch(explainTo(this));
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this).catch(explainTo(this));
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answer(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await putOut(this);
	}
}

/** n8n shows the message where it says that publishing failed. */
const explainTo = (context: IHookFunctions) => (error: Error) => {
	const explanation = new NodeOperationError(context.getNode(), error);
	if (error instanceof RegistrationError) explanation.message = error.message;
	throw explanation;
};
