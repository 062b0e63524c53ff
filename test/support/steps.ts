import { outputOfStep } from '../../build/outputOf';
import { STEPS } from '../../nodes/TelnyxPhoneCall/steps';
import { makeKeyPair } from '../simulator/keys';
import { callCommands } from './callCommands';
import { credentialFor } from './credential';
import { flow, outputsOf as everyOutput, signedEvent, type FlowOptions } from './paused';
import { useRecorder } from './recorder';
import { cancelAfterwards } from './startedExecutions';

export { byId } from './n8nNodes';

/** The call that a step acts on, and the name of its node. */
export const LEG = 'v3:ours';
export const NODE = 'Step';

/** An incoming call, as the trigger puts it out. */
export const INBOUND = [
	{ call_control_id: LEG, connection_id: '129', to: '+13125550100', direction: 'incoming' },
];

/** A step that offers two choices. */
export const ASK_FOR_CHOICE = {
	operation: 'ask',
	prompt: 'text',
	text: 'Press 1 or 2',
	answer: 'choices',
	choices: {
		items: [
			{ key: '1', name: 'Sales' },
			{ key: '2', name: 'Support' },
		],
	},
};

/** What the items have anyway, or only where it is wanted. */
const OTHERS = ['event_type', 'patient', 'connection_id', 'to', 'direction', 'event'];

let executions = 3000;

/** For a test file about steps of Telnyx Phone Call, each begun in n8n's engine. */
export function useSteps() {
	const telnyx = useRecorder();
	cancelAfterwards();
	const keys = makeKeyPair();
	const credential = () => credentialFor(telnyx, { publicKey: keys.publicKey });
	/** The step that was begun last. */
	let begun = '';

	/** One step, with a patient whose name has to be there after the call. */
	async function begin(parameters: object, more: Partial<FlowOptions> = {}) {
		executions += 1;
		begun = String((parameters as { operation?: string }).operation);
		const one = flow({
			credential: credential(),
			executionId: `${executions}`,
			nodes: { [NODE]: parameters as never },
			items: [{ call_control_id: LEG, patient: 'Ada' }],
			...more,
		});
		const run = await one.start();
		const happen = async (type: string, payload: object = {}, others: object = {}) => {
			const about = { call_control_id: LEG, ...payload };
			const { body, headers } = signedEvent(keys, type, about, others);
			return await one.receive(body, headers);
		};
		return { ...one, run, happen };
	}

	/** What came out of a step. All of it is in the schema from which the editor previews the output. */
	function outputsOf(run: Parameters<typeof everyOutput>[0], name: string) {
		const outputs = everyOutput(run, name);
		const known = begun in STEPS ? [...Object.keys(outputOfStep(STEPS[begun])), ...OTHERS] : [];
		const names = begun in STEPS ? outputs.flat().flatMap(({ json }) => Object.keys(json)) : [];
		expect([begun, names.filter((one) => !known.includes(one))]).toEqual([begun, []]);
		return outputs;
	}

	return { telnyx, keys, credential, begin, outputsOf, ...callCommands(telnyx) };
}
