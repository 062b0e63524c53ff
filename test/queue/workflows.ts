import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import type { WorkflowJson } from '../support/realN8n';

const CREDENTIAL = 'telnyxAdvancedApi';

/** The name of each workflow's trigger, and of what stands behind it. */
export const TRIGGER = 'Trigger';
export const BEHIND = 'Behind';

/** A trigger and a node that does nothing. The ID is also that of the webhook. */
export const workflow = (id: string, trigger: object): WorkflowJson & { settings: object } => ({
	id,
	name: id,
	nodes: [
		{
			id: `trigger of ${id}`,
			name: TRIGGER,
			typeVersion: 1,
			position: [0, 0],
			webhookId: id,
			...trigger,
		},
		{
			id: `behind ${id}`,
			name: BEHIND,
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [200, 0],
			parameters: {},
		},
	],
	connections: { [TRIGGER]: { main: [[{ node: BEHIND, type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

export const ours = (parameters: object) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
	typeVersion: NODE_VERSION,
	parameters: { setup: 'manual', events: ['*'], ...parameters },
	credentials: { [CREDENTIAL]: { id: 'telnyx', name: 'telnyx' } },
});

/** The least that a trigger can do, which shows what n8n itself does. */
export const trivial = { type: 'CUSTOM.trivialTrigger', parameters: {} };
