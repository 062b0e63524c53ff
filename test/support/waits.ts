import { makeKeyPair } from '../simulator/keys';
import { callCommands } from './callCommands';
import { credentialFor } from './credential';
import type { RunOptions } from './engine';
import { flow, type FlowOptions } from './paused';
import { useRecorder } from './recorder';
import { skipWaits } from './skipWaits';
import { cancelAfterwards } from './startedExecutions';

/** Parameters of nodes that act on one call, and what lets them wait. */
export const LEG = 'v3:ours';
export const DIAL = {
	resource: 'call',
	operation: 'dial',
	connection_id: '1293384261075731461',
	from: '+13125550100',
	to: '+13125550101',
};
export const TRANSFER = {
	resource: 'call',
	operation: 'transfer',
	call_control_id: LEG,
	to: '+13125550101',
};
export const ANSWER = { resource: 'call', operation: 'answer', call_control_id: LEG };
export const SPEAK = {
	resource: 'audio',
	operation: 'speak',
	call_control_id: LEG,
	payload: 'Hello',
	voice: 'AWS.Polly.Joanna',
};
export const WAIT_FOR_EVENT = {
	resource: 'call',
	operation: 'waitForEvent',
	call_control_id: LEG,
	events: ['call.dtmf.received'],
};
export const WAITS = { wait_for_outcome: true };

/** A process keeps data by execution ID, so each execution needs its own. */
let executions = 1000;

/** For a test file about executions that wait, in n8n's engine. */
export function useWaits() {
	const telnyx = useRecorder();
	cancelAfterwards();
	skipWaits();
	const keys = makeKeyPair();
	const credential = () => credentialFor(telnyx, { publicKey: keys.publicKey });

	/** How to run one node. */
	const options = (parameters: object, more: Partial<RunOptions> = {}): RunOptions => ({
		credential: credential(),
		parameters: parameters as never,
		...more,
	});

	/** Starts nodes one after the other. */
	async function start(nodes: Record<string, object>, more: Partial<FlowOptions> = {}) {
		executions += 1;
		const one = flow({
			credential: credential(),
			executionId: `${executions}`,
			nodes: nodes as never,
			...more,
		});
		return { ...one, run: await one.start() };
	}

	return { telnyx, keys, credential, options, start, ...callCommands(telnyx) };
}
