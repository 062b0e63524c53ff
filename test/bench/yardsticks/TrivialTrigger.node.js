// @ts-check

/**
 * The least that a trigger node with a webhook can do: n8n lets no other node than its own Webhook be
 * faster.
 */
exports.TrivialTrigger = class {
	description = {
		displayName: 'Trivial Trigger',
		name: 'trivialTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Returns the body',
		defaults: { name: 'Trivial Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [],
	};

	/** @this {import('n8n-workflow').IWebhookFunctions} */
	async webhook() {
		return { webhookResponse: 'Accepted', workflowData: [[{ json: this.getBodyData() }]] };
	}
};
