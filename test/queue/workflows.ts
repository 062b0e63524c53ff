import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { inALine } from '../support/straightLine';

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
) {
	return inALine(id, { [TRIGGER]: { webhookId: id, ...trigger }, ...behind });
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
