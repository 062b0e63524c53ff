/**
 * The version of all nodes. It is not 1: for each webhook of a node of version 1, n8n evaluates an
 * expression of its own, which takes a twentieth of all that it does for a call.
 */
export const NODE_VERSION = 1.1;

export type NodeName =
	| 'telnyxAdvanced'
	| 'telnyxAdvancedTrigger'
	| 'telnyxAiAssistantTrigger'
	| 'telnyxPhoneCall';

/** The type of a node, as workflows have it. */
export const nodeType = (name: NodeName) => `n8n-nodes-telnyx-advanced.${name}`;
