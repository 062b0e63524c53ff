// @ts-check

/**
 * A workflow for a real n8n that gets a list of items by n8n's own Webhook node, and sends one command
 * for each. Its ID is also that of the webhook.
 * @param {string} id
 * @param {object} node what sends the commands, without a name
 */
function manyCommands(id, node) {
	const row = [
		{
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			name: 'Webhook',
			webhookId: id,
			parameters: { path: id, httpMethod: 'POST' },
		},
		{
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			name: 'Items',
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		{ ...node, name: SENDER },
	].map((one, index) => ({ id: `${index}`, position: [index * 200, 0], ...one }));
	return {
		id,
		name: id,
		nodes: row,
		connections: {
			Webhook: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
			Items: { main: [[{ node: SENDER, type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

const SENDER = 'Send';

/** Our node, sending DTMF as the items say. @param {object} [more] @param {object} [settings] */
const sendsDtmf = (more = {}, settings = {}) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
	typeVersion: 1,
	credentials: { telnyxAdvancedApi: { id: 'telnyx', name: 'telnyx' } },
	parameters: {
		resource: 'input',
		operation: 'sendDtmf',
		call_control_id: '={{ $json.call }}',
		digits: '={{ $json.digits }}',
		...more,
	},
	...settings,
});

/** @param {{ apiKey: string, baseUrl: string }} telnyx */
const credentialFor = ({ apiKey, baseUrl }) => ({
	id: 'telnyx',
	name: 'telnyx',
	type: 'telnyxAdvancedApi',
	data: { apiKey, publicKey: '', baseUrl: 'custom', customBaseUrl: baseUrl },
});

/**
 * Starts such a workflow.
 * @param {{ url: string }} n8n
 * @param {string} id
 * @param {object[]} items
 */
async function startCommands({ url }, id, items) {
	const response = await fetch(`${url}/webhook/${id}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	});
	if (!response.ok) throw new Error(`n8n answered ${response.status}: ${await response.text()}`);
}

/** What these need of the simulator. @typedef {Awaited<ReturnType<typeof import('../simulator').startSimulator>>} Simulator */

/**
 * Calls that have been answered, and what to press on each. From then on the API takes its time, so that
 * commands can be caught on their way.
 * @param {Simulator} simulator
 * @param {number} count
 */
async function answeredCalls(simulator, count) {
	simulator.faults.latencyMs = 0;
	const items = Array.from({ length: count }, (_, index) => ({
		call: simulator.placeCall().call_control_id,
		digits: `${index}#`,
	}));
	for (const { call } of items) {
		await fetch(`${simulator.baseUrl}/calls/${call}/actions/answer`, {
			method: 'POST',
			headers: { authorization: `Bearer ${simulator.apiKey}` },
		});
	}
	simulator.faults.latencyMs = 400;
	return items;
}

/**
 * The tones that were heard on a call.
 * @param {Simulator} simulator
 * @param {string} call
 */
const tonesOn = (simulator, call) =>
	simulator.calls
		.get(call)
		?.heard.filter(({ kind }) => kind === 'tone')
		.map(({ text }) => text) ?? [];

module.exports = {
	SENDER,
	answeredCalls,
	credentialFor,
	manyCommands,
	sendsDtmf,
	startCommands,
	tonesOn,
};
