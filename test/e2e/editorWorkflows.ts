import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { STEPS } from '../../nodes/TelnyxPhoneCall/steps';
import { versionOf } from '../support/n8nNodes';
import { agentExample } from '../support/agentExamples';

const CREDENTIAL = 'telnyxAdvancedApi';

type Parameters = Record<string, unknown>;

interface Node {
	name: string;
	type: string;
	typeVersion?: number;
	position: [x: number, y: number];
	parameters: Parameters;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
}

/** Each ID is also that of the workflow's webhook. */
export const ids = {
	panel: 'from-the-nodes-panel',
	canvas: 'onto-the-canvas',
	fields: 'every-field',
	trigger: 'trigger-panel',
	outputs: 'trigger-outputs',
	steps: 'every-step',
	keyless: 'no-public-key',
	failing: 'one-call-has-ended',
};

/** The pictures need separate workflows: n8n locks one that is open in another tab. */
export const pictureIds = {
	light: 'press-one',
	dark: 'press-one-in-the-dark',
	panel: 'press-one-begun',
	command: 'tones',
	failing: 'tones-too-late',
	trigger: 'pressed-key',
	review: 'refunds',
	tool: 'agent-with-phone',
};

export const TRIGGER = 'Telnyx Advanced Trigger';
export const ACCOUNT = 'Telnyx account';
export const ENDED_CALL = 'v3:this-call-has-ended';
export const LIVE_CALL = 'v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg';

const account = { [CREDENTIAL]: { id: 'telnyx', name: ACCOUNT } };

const trigger = (id: string, events: string[]): Node => ({
	name: TRIGGER,
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
	position: [0, 0],
	parameters: { setup: 'manual', events },
	webhookId: id,
	credentials: account,
});

const action = (name: string, position: Node['position'], parameters: Parameters): Node => ({
	name,
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
	position,
	parameters,
	credentials: account,
});

const keyEvent = (call_control_id: string) => ({
	record_type: 'event',
	event_type: 'call.dtmf.received',
	id: '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
	occurred_at: '2026-03-02T09:30:05.123456Z',
	payload: {
		call_control_id,
		call_leg_id: '428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
		call_session_id: '428c31b6-abf3-3bc1-b7f4-5013ef9657c1',
		connection_id: '7267000000000000000',
		client_state: 'eyJzdGVwIjoibWVudSJ9',
		digit: '1',
		from: '+13125550101',
		to: '+13125550102',
	},
});

const meta = { attempt: 1, delivered_to: 'https://n8n.example.com/webhook' };

/** What Telnyx sends when the caller presses 1. */
export const pressedKey = { data: keyEvent(LIVE_CALL), meta };

/** The trigger's output for it. */
const pressed = (call_control_id: string) => ({
	json: { ...keyEvent(call_control_id), meta, client_state: { step: 'menu' } },
});

/** Pairs of nodes; a third element is the output of the first one. */
type Wire = [from: string, to: string, output?: number];

function workflow(id: string, name: string, nodes: Node[], wires: Wire[], pinned: object[] = []) {
	const connections: Record<string, { main: object[][] }> = {};
	for (const [from, node, output = 0] of wires) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output].push({ node, type: 'main', index: 0 });
	}
	return {
		id,
		name,
		nodes: nodes.map((node) => ({ id: node.name, typeVersion: versionOf(node.type), ...node })),
		connections,
		settings: { executionOrder: 'v1' },
		...(pinned.length > 0 && { pinData: { [TRIGGER]: pinned } }),
	};
}

const dtmf = ['call.dtmf.received'];

const sticky = (content: string): Node => ({
	name: 'Note',
	type: 'n8n-nodes-base.stickyNote',
	position: [-64, -224],
	parameters: { content, width: 440, height: 150 },
});

const whichKey: Node = {
	name: 'Which key?',
	type: 'n8n-nodes-base.switch',
	typeVersion: 3.2,
	position: [240, 0],
	parameters: {
		rules: {
			values: ['1', '2'].map((key) => ({
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					combinator: 'and',
					conditions: [
						{
							leftValue: '={{ $json.payload.digit }}',
							rightValue: key,
							operator: { type: 'string', operation: 'equals' },
						},
					],
				},
				renameOutput: true,
				outputKey: key,
			})),
		},
		options: {},
	},
};

const sendTones = action('Send DTMF', [240, 0], {
	resource: 'input',
	operation: 'sendDtmf',
	digits: '1ww42#',
});

const keyless: Node = {
	...trigger(ids.keyless, ['*']),
	credentials: { [CREDENTIAL]: { id: 'keyless', name: 'Without public key' } },
};

const tones = (id: string, ...pinned: object[]) =>
	workflow(id, 'Tones', [trigger(id, dtmf), sendTones], [[TRIGGER, 'Send DTMF']], pinned);

const quietLine = (id: string) =>
	workflow(
		id,
		'Press 1 for a quiet line',
		[
			sticky(
				'## Press 1 for a quiet line\nThe caller presses **1**: background noise is removed.\nThe caller presses **2**: the call goes to the recording server.\nTwo tones confirm it.',
			),
			trigger(id, dtmf),
			whichKey,
			action('Start noise suppression', [528, -96], {
				resource: 'noiseSuppression',
				operation: 'startNoiseSuppression',
				options: { direction: 'both', noise_suppression_engine: 'Krisp' },
			}),
			action('Start SIPREC session', [528, 112], {
				resource: 'siprec',
				operation: 'startSiprec',
				options: { connector_name: 'recorder-1' },
			}),
			{ ...sendTones, position: [784, 0] },
		],
		[
			[TRIGGER, 'Which key?'],
			['Which key?', 'Start noise suppression', 0],
			['Which key?', 'Start SIPREC session', 1],
			['Start noise suppression', 'Send DTMF'],
			['Start SIPREC session', 'Send DTMF'],
		],
		[pressed(LIVE_CALL)],
	);

const onlyTrigger = (id: string, ...pinned: object[]) =>
	workflow(id, 'Answer a key', [trigger(id, dtmf)], [], pinned);

/** Everything that is imported into n8n. */
export const workflows = [
	onlyTrigger(ids.panel, pressed(LIVE_CALL)),
	onlyTrigger(ids.canvas, pressed(LIVE_CALL)),
	workflow(
		ids.fields,
		'Every field',
		[
			trigger(ids.fields, dtmf),
			action('Command', [240, 0], { resource: 'input', operation: 'sendDtmf' }),
		],
		[[TRIGGER, 'Command']],
		[pressed(LIVE_CALL)],
	),
	onlyTrigger(ids.trigger),
	workflow(
		ids.outputs,
		'Outputs',
		[
			{
				...trigger(ids.outputs, []),
				parameters: {
					setup: 'manual',
					events: ['call.answered', 'call.gather.ended', '*', 'conference.*'],
				},
			},
		],
		[],
	),
	everyStep(ids.steps),
	workflow(ids.keyless, 'No public key', [keyless], []),
	tones(ids.failing, pressed(LIVE_CALL), pressed(ENDED_CALL)),
];

/** Imported as well when pictures are taken. */
export const pictureWorkflows = [
	quietLine(pictureIds.light),
	quietLine(pictureIds.dark),
	onlyTrigger(pictureIds.panel, pressed(LIVE_CALL)),
	tones(pictureIds.command, pressed(LIVE_CALL)),
	tones(pictureIds.failing, pressed(LIVE_CALL), pressed(ENDED_CALL)),
	onlyTrigger(pictureIds.trigger),
	agentExample(pictureIds.review),
	agentWithPhone(pictureIds.tool),
];

/** The steps of a phone call with all outputs that they can have, besides those that users name. */
function everyStep(id: string) {
	const { events: field } = STEPS.waitForEvent.fields;
	const events = field.kind === 'choices' ? Object.keys(field.choices) : [];
	const all = { machine: 'tell', stop_on_key: true, answer: 'digits', events };
	const nodes = Object.keys(STEPS).map(
		(operation, index): Node => ({
			name: operation,
			type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCall',
			position: [(index % 4) * 320, Math.floor(index / 4) * 240],
			parameters: { operation, ...all },
			credentials: account,
		}),
	);
	return workflow(id, 'Every step', nodes, []);
}

/** An agent whose tool is as it was added. */
function agentWithPhone(id: string) {
	const nodes = [
		{ name: 'AI Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3.1, parameters: {} },
		{
			name: 'Call and say something in Telnyx Phone Call',
			type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCallTool',
			typeVersion: NODE_VERSION,
			parameters: {},
			credentials: account,
		},
	];
	const [agent, tool] = nodes;
	return {
		id,
		name: id,
		nodes: nodes.map((node, index) => ({ id: node.name, position: [0, index * 220], ...node })),
		connections: { [tool.name]: { ai_tool: [[{ node: agent.name, type: 'ai_tool', index: 0 }]] } },
	};
}

/** The credential `telnyx`, and `keyless`, which has no public key. */
export const credentials = (data: { apiKey: string; publicKey: string; customBaseUrl: string }) =>
	[
		{ id: 'keyless', name: 'Without public key', data: { ...data, publicKey: '' } },
		{ id: 'telnyx', name: ACCOUNT, data },
	].map(({ data: own, ...credential }) => ({
		...credential,
		type: CREDENTIAL,
		data: { baseUrl: 'custom', ...own },
	}));
