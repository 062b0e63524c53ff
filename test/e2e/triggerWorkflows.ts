import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
const CREDENTIAL = 'telnyxAdvancedApi';

/** Each ID is also that of the workflow's webhook. */
export const ids = {
	support: 'support-line',
	rival: 'rival-line',
	published: 'published-and-tested',
	tested: 'only-tested',
	timedOut: 'test-that-times-out',
	deleted: 'deleted-line',
	late: 'telnyx-was-down',
	gone: 'application-is-gone',
	wrongKey: 'wrong-api-key',
	remembers: 'remembers-for-good',
	outputs: 'an-output-per-event',
};

export const TRIGGER = 'Telnyx Advanced Trigger';

const passOn = (name: string) => ({
	id: name,
	name,
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [200, 0],
	parameters: {},
});

/** A trigger and one node behind each of its outputs. */
export function workflow(
	id: string,
	parameters: object,
	{ credential = 'keyless', behind = ['Behind'] } = {},
) {
	const trigger = {
		id: `trigger of ${id}`,
		name: TRIGGER,
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
		typeVersion: NODE_VERSION,
		position: [0, 0],
		parameters,
		webhookId: id,
		credentials: { [CREDENTIAL]: { id: credential, name: credential } },
	};
	const main = behind.map((node) => [{ node, type: 'main', index: 0 }]);
	return {
		id,
		name: id,
		nodes: [trigger, ...behind.map(passOn)],
		connections: { [TRIGGER]: { main } },
		settings: { executionOrder: 'v1' },
	};
}

/** What the trigger is to do with an application, chosen from the list. */
export const automatic = (applicationId: string, more: object = {}) => ({
	setup: 'automatic',
	connection_id: { mode: 'list', value: applicationId, __rl: true },
	events: ['*'],
	...more,
});

/** Neither has a public key: the trigger fetches it. */
export const credentials = (apiKey: string, customBaseUrl: string) =>
	[
		{ id: 'keyless', apiKey, publicKey: '' },
		{ id: 'wrong', apiKey: 'KEY-of-nobody', publicKey: '' },
	].map(({ id, ...keys }) => ({
		id,
		name: id,
		type: CREDENTIAL,
		data: { ...keys, baseUrl: 'custom', customBaseUrl },
	}));
