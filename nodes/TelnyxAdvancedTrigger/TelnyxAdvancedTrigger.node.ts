import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { ALL_EVENTS, events } from './events';
import { answer, assertReady } from './webhook';

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
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow on signed Telnyx call events',
		eventTriggerDescription: 'Waiting for a Telnyx event at the test URL',
		activationMessage: 'Telnyx events at the production URL now start this workflow.',
		defaults: { name: 'Telnyx Advanced Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'telnyxAdvancedApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		triggerPanel: {
			header: 'Receive Telnyx events',
			executionsHelp: {
				inactive:
					'<b>While you build the workflow</b>, put the <b>test URL</b> into your Telnyx application and press the button above, then make a call. The first chosen event appears here.<br /><br /><b>When it is ready</b>, put the <b>production URL</b> there instead and publish the workflow. From then on every chosen event starts an execution, which you find in the list of executions.',
				active:
					'<b>While you build the workflow</b>, put the <b>test URL</b> into your Telnyx application and press the button above, then make a call. The first chosen event appears here.<br /><br />This workflow is <b>published</b>: events that Telnyx sends to the <b>production URL</b> start executions, which you find in the list of executions, not in the editor.',
			},
			activationHint:
				'Put the production URL into your Telnyx application and publish the workflow, and every chosen event starts an execution.',
		},
		properties: [
			{
				displayName:
					"Copy a URL from 'Webhook URLs' above. In the <a href=\"https://portal.telnyx.com/#/call-control/applications\" target=\"_blank\">Telnyx portal</a> (Voice &gt; Programmable Voice) edit your application: paste it into 'Send a webhook to the URL', and set the webhook API version to 'API v2'.",
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName:
					"The 'Test URL' works only while the editor listens for a test event. The 'Production URL' works all the time once the workflow is published. Telnyx keeps one URL for each application, so replace the test URL when you go live.",
				name: 'urlNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				noDataExpression: true,
				required: true,
				default: [],
				description:
					'The events that start the workflow. Others are acknowledged to Telnyx and start nothing.',
				options: [
					{
						name: 'All Events',
						value: ALL_EVENTS,
						description:
							'Every event of the application, also those not listed here. A call has 3 to 10 of them.',
					},
					...events.map(({ type, name, description }) => ({
						name,
						value: type,
						description: `${description} (${type})`,
					})),
				],
			},
		],
	};

	webhookMethods = {
		default: {
			/** Telnyx knows the URL from the user, so there is nothing to look up: `create` checks the rest. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await assertReady(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answer(this);
	}
}
