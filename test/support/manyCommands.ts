import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import type { startSimulator } from '../simulator';
import { TELNYX } from './credential';
import { webhook } from './n8nNodes';

/**
 * A workflow for a real n8n that gets a list of items by n8n's own Webhook node, and sends one command
 * for each. Its ID is also that of the webhook.
 * @param node what sends the commands, without a name
 */
export function manyCommands(id: string, node: object) {
	const row = [
		{ name: 'Webhook', ...webhook(id) },
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

export const SENDER = 'Send';

/** Our node, sending DTMF as the items say. */
export const sendsDtmf = (more: object = {}, settings: object = {}) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
	typeVersion: NODE_VERSION,
	credentials: TELNYX,
	parameters: {
		resource: 'input',
		operation: 'sendDtmf',
		call_control_id: '={{ $json.call }}',
		digits: '={{ $json.digits }}',
		...more,
	},
	...settings,
});

/** Starts such a workflow. */
export async function startCommands({ url }: { url: string }, id: string, items: object[]) {
	const response = await fetch(`${url}/webhook/${id}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	});
	if (!response.ok) throw new Error(`n8n answered ${response.status}: ${await response.text()}`);
}

/** The simulator's settings for these workflows. */
type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/**
 * Calls that have been answered, and what to press on each. From then on the API takes its time, so that
 * commands can be caught on their way.
 */
export async function answeredCalls(simulator: Simulator, count: number) {
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

/** The tones that were heard on a call. */
export const tonesOn = (simulator: Simulator, call: string) =>
	simulator.calls
		.get(call)
		?.heard.filter(({ kind }) => kind === 'tone')
		.map(({ text }) => text) ?? [];
