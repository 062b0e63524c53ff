// @ts-check

const CREDENTIAL = 'telnyxAdvancedApi';

/** The name of each workflow's trigger, and of what stands behind it. */
const TRIGGER = 'Trigger';
const BEHIND = 'Behind';

/** @typedef {import('../support/realN8n').WorkflowJson & { settings: object }} WorkflowJson */

/**
 * A trigger and a node that does nothing. The ID is also that of the webhook.
 * @param {string} id
 * @param {object} trigger
 * @returns {WorkflowJson}
 */
const workflow = (id, trigger) => ({
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

/** @param {object} parameters */
const ours = (parameters) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
	parameters: { setup: 'manual', events: ['*'], ...parameters },
	credentials: { [CREDENTIAL]: { id: 'telnyx', name: 'telnyx' } },
});

/** The least that a trigger can do, which shows what n8n itself does. */
const trivial = { type: 'CUSTOM.trivialTrigger', parameters: {} };

module.exports = { BEHIND, ours, TRIGGER, trivial, workflow };
