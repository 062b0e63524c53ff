import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { thirteenEvents } from './events';

const CREDENTIAL = 'telnyxAdvancedApi';

type Parameters = Record<string, unknown>;

/** A node of ours as the editor saves it: parameters that keep their defaults are left out. */
const ours = (type: string, name: string, parameters: Parameters, credentialId: string) => ({
	id: name,
	name,
	type: `n8n-nodes-telnyx-advanced.${type}`,
	typeVersion: NODE_VERSION,
	position: [0, 0],
	parameters,
	credentials: { [CREDENTIAL]: { id: credentialId, name: credentialId } },
});

const trigger = (webhookId: string, events: string[], credentialId = 'telnyx') => ({
	...ours(
		'telnyxAdvancedTrigger',
		'Telnyx Advanced Trigger',
		{ setup: 'manual', events, separate_outputs: false },
		credentialId,
	),
	webhookId,
});

const action = (name: string, parameters: Parameters) =>
	ours('telnyxAdvanced', name, parameters, 'telnyx');

const passOn = (name: string) => ({
	id: name,
	name,
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
});

type Node = ReturnType<typeof passOn>;

/** Nodes in a row; the last one leads to `ends`, one for each of its outputs. */
function workflow(id: string, row: Node[], ends: Node[] = []) {
	const to = ({ name }: Node) => [{ node: name, type: 'main', index: 0 }];
	const connections = Object.fromEntries(
		row.map(({ name }, index) => {
			const next = index + 1 < row.length ? [row[index + 1]] : ends;
			return [name, { main: next.map(to) }];
		}),
	);
	const settings = { executionOrder: 'v1' };
	return { id, name: id, nodes: [...row, ...ends], connections, settings };
}

/** Each ID is also that of the workflow's webhook. */
export const ids = {
	thirteen: 'thirteen-events',
	all: 'all-events',
	seven: 'seven-commands',
	keyless: 'no-public-key',
};

const sendPin = {
	resource: 'input',
	operation: 'sendDtmf',
	digits: '={{ $json.client_state.pin }}#',
};

const callOfTrigger = "={{ $('Telnyx Advanced Trigger').item.json.payload.call_control_id }}";

/** Answers each of the thirteen events with Send DTMF; which call it is, the node finds by itself. */
const thirteen = workflow(ids.thirteen, [
	trigger(
		ids.thirteen,
		thirteenEvents.map(([type]) => type),
	),
	action('Send PIN', sendPin),
]);

/** The same for every event, with something to do after a refusal. */
const all = workflow(
	ids.all,
	[
		trigger(ids.all, ['*']),
		{ ...action('Send PIN', sendPin), onError: 'continueErrorOutput' } as Node,
	],
	[passOn('Sent'), passOn('Not Sent')],
);

/** All commands in a row, wired in the ways users have: by default, by expression, by fixed values. */
const seven = workflow(ids.seven, [
	trigger(ids.seven, ['call.dtmf.received']),
	action('Send DTMF', {
		resource: 'input',
		operation: 'sendDtmf',
		digits: '1ww2AB*#',
		options: { duration_millis: 300, client_state: '{"step":"menu"}' },
	}),
	action('Update Client State', {
		resource: 'call',
		operation: 'updateClientState',
		client_state: "={{ $('Telnyx Advanced Trigger').item.json.client_state }}",
	}),
	action('Start SIPREC', {
		resource: 'siprec',
		operation: 'startSiprec',
		call_control_id: callOfTrigger,
		options: {
			connector_name: 'recorder-1',
			session_timeout_secs: 90,
			sip_transport: 'tls',
			siprec_track: 'both_tracks',
			secure: false,
			include_metadata_custom_headers: true,
		},
	}),
	action('Stop SIPREC', { resource: 'siprec', operation: 'stopSiprec' }),
	action('Start Noise Suppression', {
		resource: 'noiseSuppression',
		operation: 'startNoiseSuppression',
		options: {
			direction: 'both',
			noise_suppression_engine: 'Krisp',
			noise_suppression_engine_config: { suppression_level: 80 },
			command_id: '={{ "quiet-" + $json.call_control_id.length }}',
		},
	}),
	action('Stop Noise Suppression', {
		resource: 'noiseSuppression',
		operation: 'stopNoiseSuppression',
		call_control_id: callOfTrigger,
	}),
	action('Switch Supervisor Role', {
		resource: 'call',
		operation: 'switchSupervisorRole',
		role: 'whisper',
	}),
]);

const keyless = workflow(ids.keyless, [trigger(ids.keyless, ['*'], 'keyless')]);

/** Everything that is imported into n8n. */
export const workflows = [thirteen, all, seven, keyless];

/** The credential `telnyx`, and `keyless`, which has no public key. */
export const credentials = (data: { apiKey: string; publicKey: string; customBaseUrl: string }) =>
	[
		{ id: 'telnyx', data },
		{ id: 'keyless', data: { ...data, publicKey: '' } },
	].map(({ id, data: own }) => ({
		id,
		name: id,
		type: CREDENTIAL,
		data: { baseUrl: 'custom', ...own },
	}));
