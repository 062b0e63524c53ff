// @ts-check

const AT_ONCE = 25;

/** Nothing but n8n's HTTP helper in a loop, with as many commands at once as our node has. */
exports.HelperOnly = class {
	description = {
		displayName: 'Helper Only',
		name: 'helperOnly',
		group: ['output'],
		version: 1,
		description: 'Sends a command for each item',
		defaults: { name: 'Helper Only' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'telnyxAdvancedApi', required: true }],
		properties: [],
	};

	/** @this {import('n8n-workflow').IExecuteFunctions} */
	async execute() {
		const items = this.getInputData();
		const { customBaseUrl } = await this.getCredentials('telnyxAdvancedApi');
		const queue = items.entries();
		const worker = async () => {
			for (const [index, { json }] of queue) {
				await this.helpers.httpRequestWithAuthentication.call(this, 'telnyxAdvancedApi', {
					method: 'POST',
					url: `${customBaseUrl}/calls/${json.call}/actions/send_dtmf`,
					body: JSON.stringify({ digits: json.digits, command_id: `${index}` }),
					headers: { 'Content-Type': 'application/json' },
					json: true,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				});
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return [items];
	}
};
