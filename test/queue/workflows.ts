import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import type { WorkflowJson } from '../support/realN8n';

const CREDENTIAL = 'telnyxAdvancedApi';

/** The name of each workflow's trigger, and of what stands behind it. */
export const TRIGGER = 'Trigger';
export const BEHIND = 'Behind';

const NO_OP = { type: 'n8n-nodes-base.noOp' };

/**
 * A trigger, and what stands behind it in a line: a node that does nothing, unless given by their names. The
 * ID is also that of the webhook.
 */
export function workflow(
	id: string,
	trigger: object,
	behind: Record<string, object> = { [BEHIND]: NO_OP },
): WorkflowJson & { settings: object } {
	const all = { [TRIGGER]: { webhookId: id, ...trigger }, ...behind };
	const names = Object.keys(all);
	return {
		id,
		name: id,
		nodes: Object.entries(all).map(([name, node], index) => ({
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

export const ours = (parameters: object) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
	typeVersion: NODE_VERSION,
	parameters: { setup: 'manual', events: ['*'], ...parameters },
	credentials: { [CREDENTIAL]: { id: 'telnyx', name: 'telnyx' } },
});

/** n8n's own, which somebody presses in the editor. */
export const byHand = { type: 'n8n-nodes-base.manualTrigger' };

/** The least that a trigger can do, which shows what n8n itself does. */
export const trivial = { type: 'CUSTOM.trivialTrigger', parameters: {} };
