import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { TELNYX } from './credential';
import { webhook } from './n8nNodes';

/**
 * A workflow for a real n8n of nodes one after the other, started by n8n's own Webhook node with what
 * is posted to it. Its ID is also that of the webhook.
 * @param nodes by name, in their order
 */
export function straightLine(id: string, nodes: Record<string, object>) {
	return inALine(id, { Start: webhook(id), ...nodes });
}

/**
 * A workflow for a real n8n of nodes one after the other.
 * @param nodes by name, in their order
 */
export function inALine(id: string, nodes: Record<string, object>) {
	const names = Object.keys(nodes);
	return {
		id,
		name: id,
		nodes: Object.entries(nodes).map(([name, node], index) => ({
			id: `${name} of ${id}`,
			name,
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections: Object.fromEntries(
			names
				.slice(0, -1)
				.map((name, index) => [
					name,
					{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** Our action node. */
export const telnyx = (
	resource: string,
	operation: string,
	parameters: object = {},
	settings: object = {},
) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
	typeVersion: NODE_VERSION,
	credentials: TELNYX,
	parameters: {
		resource,
		operation,
		call_control_id: {
			__rl: true,
			mode: 'id',
			value: '={{ $json.call_control_id ?? $json.payload?.call_control_id ?? $json.body?.call }}',
		},
		...parameters,
	},
	...settings,
});

/** Starts such a workflow. */
export async function run({ url }: { url: string }, id: string, body: object = {}) {
	const response = await fetch(`${url}/webhook/${id}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${id}: ${response.status} ${await response.text()}`);
}
