/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { Worker } from 'node:worker_threads';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { startSimulator } from '../simulator';
import { eventually } from '../support/eventually';
import { storedCredential, TELNYX } from '../support/credential';
import { waitSecs } from '../support/n8nNodes';
import { startN8n, type Execution } from '../support/realN8n';
import { startRecorder, type Recorder } from '../support/recorder';
import { run, straightLine, telnyx } from '../support/straightLine';

/** Incoming calls with a published trigger, in workflows of several shapes, in a real n8n. */
const VOICE = { voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' } };
const WAITS = { wait_for_outcome: true, wait_timeout_secs: 100 };
const AGENT = '+13125550190';
const BURST = 8;
/** With `LONG=1` a minute as well, which takes one. */
const LIMITS_SECS = process.env.LONG ? [3, 10, 60] : [3, 10];

const answer = telnyx('call', 'answer', WAITS);
const hangUp = telnyx('call', 'hangup');
const say = (parameters: object = {}) =>
	telnyx('audio', 'speak', { payload: 'Hello, this is a test', ...VOICE, ...WAITS, ...parameters });
const ask = telnyx('input', 'gatherUsingSpeak', {
	payload: 'Press a key',
	...VOICE,
	options: { maximum_digits: 1 },
	...WAITS,
});
/** Our node for the steps of a call. */
const step = (operation: string, parameters: object = {}) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCall',
	typeVersion: NODE_VERSION,
	credentials: TELNYX,
	parameters: { operation, ...parameters },
});
const think = waitSecs(3);

/** What follows a node, by its output. */
type Next = Record<string, string[][]>;

const inLine = (names: string[]): Next =>
	Object.fromEntries(names.slice(0, -1).map((name, index) => [name, [[names[index + 1]]]]));

/** Each has an application of its own, with the same name. */
const FLOWS: Record<
	string,
	{ nodes: Record<string, object>; next?: Next; alsoStartedBy?: string[] }
> = {
	'key-stops': {
		nodes: { Answer: answer, Say: say({ stop_on_key: true }), 'Hang up': hangUp },
		alsoStartedBy: ['call.dtmf.received', 'call.hangup'],
	},
	'key-early': {
		nodes: {
			Answer: answer,
			Think: think,
			Key: telnyx('call', 'waitForEvent', { events: ['call.dtmf.received'], ...WAITS }),
		},
	},
	loop: {
		nodes: {
			Answer: answer,
			Ask: ask,
			If: {
				type: 'n8n-nodes-base.if',
				typeVersion: 1,
				parameters: {
					conditions: {
						string: [{ value1: '={{ $json.payload.digits }}', operation: 'equal', value2: '9' }],
					},
				},
			},
			'Hang up': hangUp,
		},
		next: { Start: [['Answer']], Answer: [['Ask']], Ask: [['If']], If: [['Hang up'], ['Ask']] },
	},
	branches: {
		nodes: { Answer: answer, One: say(), Two: say() },
		next: { Start: [['Answer']], Answer: [['One', 'Two']] },
	},
	parent: {
		nodes: {
			Answer: answer,
			Child: {
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.1,
				parameters: { workflowId: { __rl: true, mode: 'id', value: 'child' }, options: {} },
			},
			Key: telnyx('call', 'waitForEvent', { events: ['call.dtmf.received'], ...WAITS }),
			Say: say(),
			'Hang up': hangUp,
		},
	},
	agent: {
		nodes: {
			Answer: answer,
			Dial: telnyx('call', 'dial', {
				connection_id: { __rl: true, mode: 'id', value: '={{ $json.payload.connection_id }}' },
				from: { __rl: true, mode: 'id', value: '+13125550100' },
				to: AGENT,
				...WAITS,
				on_call_end: 'continue',
			}),
		},
	},
	talk: {
		nodes: {
			Answer: answer,
			Listen: step('listen', { text: 'How can I help?', pause_secs: 1 }),
			Say: step('say', { text: '=You would like {{ $json.words }}' }),
			'Hang up': step('hangUp'),
		},
	},
	burst: { nodes: { Answer: answer, One: say(), Two: say(), 'Hang up': hangUp } },
};

function flow(id: string, application: string) {
	const { nodes, next = inLine(['Start', ...Object.keys(nodes)]), alsoStartedBy = [] } = FLOWS[id];
	const trigger = {
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
		typeVersion: NODE_VERSION,
		webhookId: id,
		credentials: TELNYX,
		parameters: {
			setup: 'automatic',
			connection_id: { __rl: true, mode: 'id', value: application },
			events: ['call.initiated:incoming', ...alsoStartedBy],
		},
	};
	return {
		...straightLine(id, nodes),
		nodes: Object.entries({ Start: trigger, ...nodes }).map(([name, node], index) => ({
			id: `${index}`,
			name,
			position: [index * 200, 0],
			...node,
		})),
		connections: Object.fromEntries(
			Object.entries(next).map(([name, outputs]) => [
				name,
				{ main: outputs.map((names) => names.map((node) => ({ node, type: 'main', index: 0 }))) },
			]),
		),
	};
}

const child = () => {
	const line = straightLine('child', { Ask: ask, More: say({ payload: 'One moment' }) });
	const start = {
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
		webhookId: undefined,
	};
	return {
		...line,
		nodes: line.nodes.map((node, index) => (index ? node : { ...node, ...start })),
	};
};

const reports = (url: string, what: string) => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url: `=${url}/${what}/{{ $('Start').item.json.body.seconds }}`,
		options: {},
	},
});

const limit = (url: string) =>
	straightLine('limit', {
		Before: reports(url, 'before'),
		Wait: telnyx('call', 'waitForEvent', {
			call_control_id: { __rl: true, mode: 'id', value: "={{ $('Start').item.json.body.call }}" },
			events: ['call.dtmf.received'],
			wait_timeout_secs: "={{ $('Start').item.json.body.seconds }}",
			on_failure: 'continue',
		}),
		After: reports(url, 'after'),
	});

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;
let recorder: Recorder;
/** When the executions with limits reported, by the path. */
const reportedAt = new Map<string, number>();

beforeAll(async () => {
	recorder = await startRecorder();
	recorder.answer = ({ url }) => {
		reportedAt.set(url.replace(/^\/v2/, ''), Date.now());
		return { body: {} };
	};
	const names = [...Object.keys(FLOWS), 'limit'];
	simulator = await startSimulator({ applications: names.map((name) => ({ name })) });
	const flows = Object.keys(FLOWS).map((id) => flow(id, applicationOf(id)));
	n8n = await startN8n({
		credentials: [storedCredential(simulator, { publicKey: '' })],
		workflows: [child(), limit(recorder.baseUrl), ...flows],
		published: ['child', 'limit', ...Object.keys(FLOWS)],
	});
	// They run beside the other tests.
	for (const seconds of LIMITS_SECS) {
		const leg = simulator.placeCall({ applicationId: applicationOf('limit') });
		await run(n8n, 'limit', { call: leg.call_control_id, seconds });
	}
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
	await recorder?.close();
});

const applicationOf = (name: string): string => {
	const all = [...simulator.applications.values()];
	return all.find(({ data }) => data.application_name === name)!.data.id;
};
const comesIn = (name: string) =>
	simulator.placeCall({ applicationId: applicationOf(name) }).call_control_id;
const heard = async (call: string, text: string, times = 1) =>
	await eventually(`'${text}' to be heard`, () => {
		const all = simulator.calls.get(call)!.heard.filter((one) => one.text?.includes(text));
		return all.length >= times;
	});
const last = async (id: string): Promise<Execution> => (await n8n.executions(id, 1)).at(-1)!;

it('a key stops an announcement, is in the output, and starts nothing else', async () => {
	const call = comesIn('key-stops');
	await heard(call, 'Hello');
	simulator.press(call, '5');
	// The hangup comes when the execution is over, and does start another one.
	const [execution, ...others] = await n8n.executions('key-stops', 2);
	expect(others.map(({ items }) => [items('Start', 1), items('Start', 2)])).toMatchObject([
		[[], [{ event_type: 'call.hangup' }]],
	]);
	expect(execution.status).toBe('success');
	expect(execution.items('Say')).toMatchObject([{ outcome: 'key', digit: '5' }]);
});

it('a key that is pressed while another node runs reaches the node that asks for it', async () => {
	const call = comesIn('key-early');
	await eventually('the call to be answered', () =>
		simulator.deliveries.some(
			({ event, leg, status }) =>
				event.event_type === 'call.answered' &&
				leg.call_control_id === call &&
				status === 'delivered',
		),
	);
	simulator.press(call, '7');
	const execution = await last('key-early');
	expect(execution.items('Key')).toMatchObject([{ outcome: 'success', payload: { digit: '7' } }]);
});

it('a loop asks until the answer is right', async () => {
	const call = comesIn('loop');
	await heard(call, 'Press a key');
	simulator.press(call, '1');
	await heard(call, 'Press a key', 2);
	simulator.press(call, '9');
	const execution = await last('loop');
	expect(execution.status).toBe('success');
	expect(execution.items('Ask')).toMatchObject([{ payload: { digits: '9' } }]);
	expect(simulator.calls.get(call)!.state).toBe('ended');
});

it('a caller speaks, is heard until they pause, and hears it back', async () => {
	const call = comesIn('talk');
	await heard(call, 'How can I help?');
	simulator.say(call, 'an');
	simulator.say(call, 'appointment');
	await heard(call, 'You would like an appointment');
	const execution = await last('talk');
	expect(execution.status).toBe('success');
	expect(execution.items('Listen')).toMatchObject([{ outcome: 'heard', words: 'an appointment' }]);
	expect(execution.items('Listen', 1)).toEqual([]);
	expect(simulator.calls.get(call)!.state).toBe('ended');
});

it('two branches wait one after the other', async () => {
	comesIn('branches');
	const execution = await last('branches');
	for (const node of ['One', 'Two']) {
		expect(execution.items(node)).toMatchObject([{ outcome: 'success' }]);
	}
});

it("a sub-workflow waits for its parent's call, and gives it back", async () => {
	const call = comesIn('parent');
	await heard(call, 'Press a key');
	simulator.press(call, '3');
	await heard(call, 'One moment');
	simulator.press(call, '4');
	const execution = await last('parent');
	expect(execution.status).toBe('success');
	expect(execution.items('Child')).toMatchObject([{ outcome: 'success' }]);
	expect(execution.items('Key')).toMatchObject([{ payload: { digit: '4' } }]);
	expect(execution.items('Say')).toMatchObject([{ outcome: 'success', call_control_id: call }]);
});

it("a caller who leaves while the agent's phone rings stops it, long before it would stop by itself", async () => {
	const call = comesIn('agent');
	const phone = await eventually('the phone to ring', () =>
		[...simulator.calls.values()].find(({ to, state }) => to === AGENT && state === 'ringing'),
	);
	simulator.hangup(call);
	const leftAt = Date.now();
	await eventually('the phone to stop', () => phone.state === 'ended');
	expect(Date.now() - leftAt).toBeLessThan(20_000);
	expect((await last('agent')).items('Dial')).toMatchObject([{ outcome: 'ended' }]);
});

it.each(LIMITS_SECS)('a limit of %s s is kept to the second', async (seconds) => {
	const end = await eventually(
		'the end of the time',
		() => reportedAt.get(`/after/${seconds}`),
		(seconds + 20) * 1_000,
	);
	const waited = end - reportedAt.get(`/before/${seconds}`)!;
	expect(waited).toBeGreaterThan(seconds * 1_000 - 500);
	// n8n's own look once a minute is later. How late it is on a quiet machine: test/bench/waiting.ts.
	expect(waited).toBeLessThan(seconds * 1_000 + 20_000);
});

it(`${BURST} calls at once go through, with events before the command's answer and a core kept busy`, async () => {
	const worker = new Worker('for (;;);', { eval: true });
	simulator.faults.eventOffsetMs = -20;
	try {
		const calls = Array.from({ length: BURST }, () => comesIn('burst'));
		await eventually(
			'all calls to end',
			() => calls.every((call) => simulator.calls.get(call)!.state === 'ended'),
			280_000,
		);
		const executions = await n8n.executions('burst', BURST);
		expect(executions).toHaveLength(BURST);
		for (const { items } of executions) {
			expect(items('Two')).toMatchObject([{ outcome: 'success' }]);
		}
		const ended = executions.map(({ items }) => items('Two')![0].call_control_id as string);
		expect(ended.sort()).toEqual([...calls].sort());
	} finally {
		simulator.faults.reset();
		await worker.terminate();
	}
});
