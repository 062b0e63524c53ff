import { NODE_VERSION } from '../../../nodes/shared/nodeTypes';
import { PREVIOUS_NODE } from '../../../nodes/telnyx/account/previousNode';
import { TELNYX } from '../../support/credential';
import { telnyx } from '../../support/straightLine';

const VOICE = { voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' } };
/** As a node is when it is added. */
const OF_PREVIOUS_NODE = {
	call_control_id: { __rl: true, mode: 'list', value: PREVIOUS_NODE },
};
const WAITS = { ...OF_PREVIOUS_NODE, wait_for_outcome: true, wait_timeout_secs: 100 };
/** The ID of the workflow. */
export const FLOW = 'flow';

const NODES: Array<[string, object]> = [
	[
		'Weight',
		{
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: [
						{
							id: 'weight',
							name: 'weight',
							type: 'string',
							value: "={{ 'x'.repeat($json.payload.weight) }}",
						},
					],
				},
				includeOtherFields: true,
				options: {},
			},
		},
	],
	['Answer', telnyx('call', 'answer', WAITS)],
	['Say', telnyx('audio', 'speak', { payload: 'Hello', ...VOICE, ...WAITS })],
	['Ask', telnyx('input', 'gatherUsingSpeak', { payload: 'Press a key', ...VOICE, ...WAITS })],
	['Say goodbye', telnyx('audio', 'speak', { payload: 'Goodbye', ...VOICE, ...WAITS })],
	['Hang up', telnyx('call', 'hangup', OF_PREVIOUS_NODE)],
];
/** What a call is sent, in order. */
export const COMMANDS = ['answer', 'speak', 'gather_using_speak', 'speak', 'hangup'];
/** The start of the execution, the outcomes of its four waits, and the hangup. */
export const WEBHOOKS_A_CALL = 6;

/** *Answer → Say → Ask → Say → Hang up*, started by the trigger of an application. */
export function flow(application: string) {
	const trigger = {
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
		typeVersion: NODE_VERSION,
		name: 'Trigger',
		webhookId: FLOW,
		credentials: TELNYX,
		parameters: {
			setup: 'automatic',
			connection_id: { __rl: true, mode: 'id', value: application },
			events: ['call.initiated'],
		},
	};
	const all = [trigger, ...NODES.map(([name, node]) => ({ name, ...node }))].map((node, index) => ({
		id: `${index}`,
		position: [index * 200, 0],
		...node,
	}));
	return {
		id: FLOW,
		name: FLOW,
		nodes: all,
		connections: Object.fromEntries(
			all
				.slice(0, -1)
				.map(({ name }, index) => [
					name,
					{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}
