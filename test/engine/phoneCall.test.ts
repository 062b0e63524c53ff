/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { NodeHelpers, Workflow, type INodeOutputConfiguration } from 'n8n-workflow';

import { outputOfStep } from '../../build/outputOf';
import { OUTPUTS, outputNames } from '../../nodes/TelnyxPhoneCall/outputs';
import { STEPS } from '../../nodes/TelnyxPhoneCall/steps';
import { notes, refusedIn } from '../../nodes/waiting/answers';
import { deadlines } from '../../nodes/waiting/deadlines';
import { ownSecret } from '../../nodes/waiting/owner';
import { SECRET_HEADER } from '../../nodes/waiting/ownRequest';
import type { Wait } from '../../nodes/waiting/wait';
import { makeKeyPair } from '../simulator/keys';
import { bodyOf, callCommands, dialing, legOf } from '../support/callCommands';
import { credentialFor } from '../support/credential';
import { CREDENTIAL_REFERENCE, node, nodeTypes, PACKAGE, TYPES } from '../support/engine';
import { flow, outputsOf as everyOutput, signedEvent, type FlowOptions } from '../support/paused';
import { useRecorder, type Recorder } from '../support/recorder';
import { eventually } from '../support/eventually';

/** The steps of a call, in n8n's engine. What a whole n8n makes of them: test/e2e/phoneCall.test.ts. */
const telnyx = useRecorder();
afterAll(() => deadlines.clear());

const keys = makeKeyPair();
const LEG = 'v3:ours';
const { commands, dials, dialed, sent } = callCommands(telnyx);
let executions = 3000;
const NODE = 'Step';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Lets the process do what is ready to be done, so many times. */
async function turns(count: number) {
	for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

/** The step that was begun last. */
let begun = '';
/** What the items have anyway, or only where it is wanted. */
const OTHERS = ['patient', 'connection_id', 'to', 'direction', 'event'];

/** What came out of a step. All of it is in the schema from which the editor previews the output. */
function outputsOf(run: Parameters<typeof everyOutput>[0], name: string) {
	const outputs = everyOutput(run, name);
	const known = begun in STEPS ? [...Object.keys(outputOfStep(STEPS[begun])), ...OTHERS] : [];
	const names = begun in STEPS ? outputs.flat().flatMap(({ json }) => Object.keys(json)) : [];
	expect([begun, names.filter((one) => !known.includes(one))]).toEqual([begun, []]);
	return outputs;
}

const notesOf = jest.spyOn(notes, 'set');
beforeEach(() => notesOf.mockClear());

/** One step, with a patient whose name has to be there after the call. */
async function begin(parameters: object, more: Partial<FlowOptions> = {}) {
	executions += 1;
	begun = String((parameters as { operation?: string }).operation);
	const one = flow({
		credential: credentialFor(telnyx, { publicKey: keys.publicKey }),
		executionId: `${executions}`,
		nodes: { [NODE]: parameters as never },
		items: [{ call_control_id: LEG, patient: 'Ada' }],
		...more,
	});
	const run = await one.start();
	const happen = async (type: string, payload: object = {}, more: object = {}) => {
		const { body, headers } = signedEvent(keys, type, { call_control_id: LEG, ...payload }, more);
		return await one.receive(body, headers);
	};
	return { ...one, run, happen };
}
describe('Say', () => {
	const SAY = { operation: 'say', text: 'Hello', stop_on_key: true };

	it('says the text with a voice that needs no choosing', async () => {
		await begin(SAY);
		const [command] = await sent('speak');
		expect(bodyOf(command)).toMatchObject({ payload: 'Hello', voice: 'Telnyx.NaturalHD.astra' });
	});

	it('goes on through Done when it was said', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.speak.ended', { status: 'completed' });
		const [done, key, hungUp] = outputsOf(run, NODE);
		expect(done).toHaveLength(1);
		expect(done[0].json).toEqual({ call_control_id: LEG, patient: 'Ada', outcome: 'done' });
		expect([key, hungUp]).toEqual([[], []]);
	});

	it('goes on through Key with the key', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.dtmf.received', { digit: '5' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'key', key: '5' } }]);
		await sent('playback_stop');
	});

	it('goes on through Hung Up when the caller leaves', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		const [, , hungUp] = outputsOf(run, NODE);
		expect(hungUp).toMatchObject([{ json: { outcome: 'hung_up', patient: 'Ada' } }]);
		expect(run?.data.resultData.error).toBeUndefined();
	});

	it('hangs up when it was said, if wanted', async () => {
		const { happen } = await begin({ ...SAY, hang_up: true });
		await sent('speak');
		const { run } = await happen('call.speak.ended', { status: 'completed' });
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'done' } }]);
		expect(commands('hangup')).toHaveLength(1);
	});

	it('does not hang up when a key has stopped it', async () => {
		const { happen } = await begin({ ...SAY, hang_up: true });
		await sent('speak');
		await happen('call.dtmf.received', { digit: '5' });
		await sent('playback_stop');
		expect(commands('hangup')).toEqual([]);
	});

	it('fails when it was not heard although the call goes on', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.speak.ended', { status: 'failed' });
		expect(run?.data.resultData.error?.message).toContain("status 'failed'");
	});
});

describe('Ask', () => {
	const ASK = {
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

	it('takes no other keys than the choices', async () => {
		await begin(ASK);
		const [command] = await sent('gather_using_speak');
		expect(bodyOf(command)).toMatchObject({
			valid_digits: '12',
			maximum_digits: 1,
			minimum_digits: 1,
			maximum_tries: 3,
			timeout_millis: 10_000,
		});
	});

	it('has an output for each choice', async () => {
		const { happen } = await begin(ASK);
		await sent('gather_using_speak');
		const { run } = await happen('call.gather.ended', { status: 'valid', digits: '2' });
		const outputs = outputsOf(run, NODE);
		expect(outputs.map((items) => items.length)).toEqual([0, 1, 0, 0]);
		expect(outputs[1][0].json).toMatchObject({ digits: '2', choice: 'Support', patient: 'Ada' });
	});

	it.each([
		['timeout', ''],
		['invalid', '9'],
		['valid', ''],
	])('goes on through No Input after %s with %p', async (status, digits) => {
		const { happen } = await begin(ASK);
		await sent('gather_using_speak');
		const { run } = await happen('call.gather.ended', { status, digits });
		expect(outputsOf(run, NODE).map((items) => items.length)).toEqual([0, 0, 1, 0]);
	});

	it('refuses a key with two outputs before anything is sent', async () => {
		const items = [
			{ key: '1', name: 'Sales' },
			{ key: '1', name: 'Support' },
		];
		const { run } = await begin({ ...ASK, choices: { items } });
		expect(run.data.resultData.error?.message).toContain("'Choices' has the key 1 twice");
		expect(telnyx.requests).toEqual([]);
	});
});

describe('Ask, with something to say afterwards', () => {
	const row = (key: string, name: string, more: object = {}) => ({ key, name, ...more });
	const ASK = {
		operation: 'ask',
		text: 'Press 1 or 2',
		choices: {
			items: [
				row('1', 'Hours', { say: 'We are open from nine to five.', hang_up: true }),
				row('2', 'Sales', { say: 'One moment please.' }),
				row('3', 'Support'),
			],
		},
		goodbye: 'Goodbye!',
	};
	async function press(digits: string) {
		const { happen } = await begin(ASK);
		await sent('gather_using_speak');
		const status = digits === '' ? 'timeout' : 'valid';
		return { happen, ...(await happen('call.gather.ended', { status, digits })) };
	}
	async function hear(words: string) {
		const [speak] = await sent('speak');
		expect(bodyOf(speak)).toMatchObject({ payload: words, voice: 'Telnyx.NaturalHD.astra' });
		return { client_state: bodyOf(speak).client_state, status: 'completed' };
	}

	it('says it, hangs up, and goes on through the output of the choice', async () => {
		const { happen, run: tooEarly } = await press('1');
		expect(tooEarly).toBeUndefined();
		const said = await hear('We are open from nine to five.');
		expect(commands('hangup')).toEqual([]);
		const { run } = await happen('call.speak.ended', said);
		expect(outputsOf(run, NODE).map((items) => items.length)).toEqual([1, 0, 0, 0, 0]);
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { outcome: 'choice', choice: 'Hours', digits: '1', patient: 'Ada' } },
		]);
		expect(commands('hangup')).toHaveLength(1);
	});

	it('also if the events come to another process', async () => {
		const { happen } = await press('1');
		const said = await hear('We are open from nine to five.');
		notes.delete(notesOf.mock.calls[0][0]);
		const { run } = await happen('call.speak.ended', said);
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { choice: 'Hours' } }]);
	});

	it('says it and leaves the call open', async () => {
		const { happen } = await press('2');
		const { run } = await happen('call.speak.ended', await hear('One moment please.'));
		expect(outputsOf(run, NODE)[1]).toHaveLength(1);
		expect(commands('hangup')).toEqual([]);
	});

	it('says nothing where there is nothing to say', async () => {
		const { run } = await press('3');
		expect(outputsOf(run, NODE)[2]).toHaveLength(1);
		expect(commands('speak')).toEqual([]);
	});

	it('says goodbye to somebody who presses nothing', async () => {
		const { happen } = await press('');
		const { run } = await happen('call.speak.ended', await hear('Goodbye!'));
		expect(outputsOf(run, NODE)[3]).toMatchObject([{ json: { outcome: 'no_input' } }]);
		expect(commands('hangup')).toHaveLength(1);
	});

	it('keeps the choice of a caller who hangs up meanwhile', async () => {
		const { happen } = await press('1');
		const { client_state } = await hear('We are open from nine to five.');
		const { run } = await happen('call.hangup', { client_state });
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { choice: 'Hours' } }]);
		expect(commands('hangup')).toEqual([]);
	});

	it('goes on at once if the caller has hung up already', async () => {
		const { happen } = await begin(ASK);
		await sent('gather_using_speak');
		telnyx.answer = () => ({
			status: 422,
			body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
		});
		const { run } = await happen('call.gather.ended', { status: 'valid', digits: '1' });
		expect(outputsOf(run, NODE)[0]).toHaveLength(1);
	});

	it('lets the next step say the digits', async () => {
		const nodes = {
			Ask: {
				operation: 'ask',
				text: 'Your number?',
				answer: 'digits',
				goodbye: 'Goodbye!',
			},
			Say: { operation: 'say', text: '=Order {{ $json.digits }}', hang_up: true },
		};
		const { happen } = await begin({}, { nodes: nodes as never });
		await sent('gather_using_speak');
		await happen('call.gather.ended', { status: 'valid', digits: '1234' });
		const [speak] = await sent('speak');
		expect(bodyOf(speak)).toMatchObject({ payload: 'Order 1234' });
	});

	it('does not take the end of the question for the end of it', async () => {
		const { happen } = await begin(ASK);
		const [gather] = await sent('gather_using_speak');
		const { client_state } = bodyOf(gather);
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(run).toBeUndefined();
	});
});

describe('Answer', () => {
	it('can greet the caller', async () => {
		const { happen } = await begin({ operation: 'answer', text: 'Welcome!' });
		await sent('answer');
		expect((await happen('call.answered')).run).toBeUndefined();
		const [speak] = await sent('speak');
		const { payload, client_state } = bodyOf(speak);
		expect(payload).toBe('Welcome!');
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'answered' } }]);
	});

	it('goes on through Hung Up when the caller leaves during the greeting', async () => {
		const { happen } = await begin({ operation: 'answer', text: 'Welcome!' });
		await sent('answer');
		await happen('call.answered');
		const [speak] = await sent('speak');
		const { run } = await happen('call.hangup', { client_state: bodyOf(speak).client_state });
		expect(outputsOf(run, NODE)[1]).toHaveLength(1);
	});
});

describe('Call Someone', () => {
	const CALL = {
		operation: 'callSomeone',
		to: '+13125550101',
		from: byId('+13125550100'),
		connection_id: byId('1293384261075731461'),
	};
	const THEIRS = 'v3:theirs';
	async function call(more: object = {}) {
		telnyx.answer = () => ({ body: { data: { call_control_id: THEIRS } } });
		const one = await begin({ ...CALL, ...more });
		const [command] = await dialed();
		const { client_state, ...body } = bodyOf(command);
		const happen = async (type: string, payload: object = {}) =>
			await one.happen(type, { call_control_id: THEIRS, client_state, ...payload });
		return { ...one, happen, body };
	}

	it('needs no call, and sends its events straight to the execution', async () => {
		const { body } = await call();
		expect(body).toMatchObject({ to: '+13125550101', timeout_secs: 30 });
		expect(Object.keys(body.webhook_urls as object)).toContain('call.answered');
		expect(body.answering_machine_detection).toBeUndefined();
	});

	it('goes on through Answered, with the new call', async () => {
		const { happen } = await call();
		const { run } = await happen('call.answered');
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { call_control_id: THEIRS, outcome: 'answered', patient: 'Ada' } },
		]);
	});

	it.each([
		['user_busy', 'busy'],
		['call_rejected', 'declined'],
		['timeout', 'no_answer'],
		['unallocated_number', 'failed'],
	])('goes on through Not Answered after %s, which is %s', async (hangup_cause, reason) => {
		const { happen } = await call();
		const { run } = await happen('call.hangup', { hangup_cause });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'not_answered', reason } }]);
	});

	it('tells machines and humans apart', async () => {
		const human = await call({ machine: 'tell' });
		expect((await human.happen('call.answered')).run).toBeUndefined();
		const answered = await human.happen('call.machine.detection.ended', { result: 'human' });
		expect(outputsOf(answered.run, NODE)[0]).toHaveLength(1);
		telnyx.reset();
		const machine = await call({ machine: 'tell' });
		const { run } = await machine.happen('call.machine.detection.ended', { result: 'machine' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'machine' } }]);
	});

	it('leaves nobody in silence if it never becomes clear who has answered', async () => {
		const { happen, run, receive } = await call({ machine: 'tell' });
		await happen('call.answered');
		const [{ metadata }] = run.data.executionData!.nodeExecutionStack;
		const { telnyxWait } = metadata as { telnyxWait: Wait };
		const credential = credentialFor(telnyx, { publicKey: keys.publicKey });
		const secret = ownSecret(credential, telnyxWait.id);
		const over = await receive('{"kind":"timeout"}', { [SECRET_HEADER]: secret });
		expect(over.run?.data.resultData.error?.message).toContain('did not report');
		expect((await sent('hangup')).map(legOf)).toEqual([THEIRS]);
	});

	it('leaves a message after the beep, and hangs up', async () => {
		const { happen, receive } = await call({ machine: 'message', message: 'Call us back' });
		await happen('call.machine.detection.ended', { result: 'machine' });
		expect(commands('speak')).toHaveLength(0);
		await happen('call.machine.greeting.ended', { result: 'beep_detected' });
		const [speak] = await sent('speak');
		expect(bodyOf(speak)).toMatchObject({ payload: 'Call us back' });
		const { body, headers } = signedEvent(keys, 'call.speak.ended', {
			call_control_id: THEIRS,
			client_state: bodyOf(speak).client_state,
			status: 'completed',
		});
		const { run } = await receive(body, headers);
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'machine', message_left: true } },
		]);
		await sent('hangup');
	});

	it.each(['cancelled', 'failed', 'call_hangup'])(
		'does not count a message as left that ended with the status %s',
		async (status) => {
			const { happen } = await call({ machine: 'message', message: 'Call us back' });
			await happen('call.machine.greeting.ended', { result: 'beep_detected' });
			const [speak] = await sent('speak');
			const { client_state } = bodyOf(speak);
			const { run } = await happen('call.speak.ended', { client_state, status });
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { message_left: false } }]);
		},
	);

	it('makes the new call the one that later steps act on, also after detection', async () => {
		const forget = { operation: 'say', text: 'Hello' };
		telnyx.answer = () => ({ body: { data: { call_control_id: THEIRS } } });
		const { receive } = await begin(
			{},
			{ nodes: { [NODE]: { ...CALL, machine: 'tell' }, Say: forget } as never, items: [{}] },
		);
		await dialed();
		const { client_state } = bodyOf(dials()[0]);
		const tell = async (type: string, payload: object = {}) => {
			const { body, headers } = signedEvent(keys, type, {
				call_control_id: THEIRS,
				client_state,
				...payload,
			});
			return await receive(body, headers);
		};
		await tell('call.answered');
		const { run } = await tell('call.machine.detection.ended', { result: 'human' });
		const [speak] = await sent('speak');
		expect(speak.url).toContain(THEIRS);
		const { flow: memory } = run!.data.executionData!.contextData as never as {
			flow: { telnyxCall?: string };
		};
		expect(memory.telnyxCall).toBe(THEIRS);
	});

	it('says no message when the beep comes twice', async () => {
		const { happen } = await call({ machine: 'message', message: 'Call us back' });
		await happen('call.machine.greeting.ended', { result: 'beep_detected' });
		await happen('call.machine.greeting.ended', { result: 'beep_detected' });
		const ids = (await sent('speak', 2)).map((command) => bodyOf(command).command_id);
		expect(new Set(ids).size).toBe(1);
	});
});

describe('Transfer', () => {
	const TRANSFER = { operation: 'transfer', to: '+13125550101' };
	const INBOUND = [
		{ call_control_id: LEG, connection_id: '129', to: '+13125550100', direction: 'incoming' },
	];

	it('connects the caller', async () => {
		const { happen } = await begin(TRANSFER);
		await sent('transfer');
		const { run } = await happen('call.bridged', { call_control_id: LEG });
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'connected' } }]);
	});

	it('goes on through Caller Hung Up', async () => {
		const { happen } = await begin(TRANSFER);
		await sent('transfer');
		const { run } = await happen('call.hangup');
		expect(outputsOf(run, NODE)[2]).toHaveLength(1);
	});

	it('lets the phone stop ringing when the caller leaves', async () => {
		const { happen } = await begin(TRANSFER);
		const [transfer] = await sent('transfer');
		const { target_leg_client_state: client_state } = bodyOf(transfer);
		await happen('call.initiated', { call_control_id: 'v3:agent', client_state });
		expect((await happen('call.hangup')).run).toBeDefined();
		const [hangup] = await sent('hangup');
		expect(hangup.url).toContain('v3:agent');
	});

	it('goes on through Not Answered if the called person hangs up before the caller is connected', async () => {
		telnyx.answer = ({ url }) => ({
			body: { data: url.endsWith('/calls') ? { call_control_id: 'v3:agent' } : {} },
		});
		const { happen } = await begin({ ...TRANSFER, whisper: 'About an order' }, { items: INBOUND });
		const [dial] = await dialed();
		const agent = { call_control_id: 'v3:agent' };
		await happen('call.answered', { ...agent, client_state: bodyOf(dial).client_state });
		const [speak] = await sent('speak');
		const state = { ...agent, client_state: bodyOf(speak).client_state };
		const cutOff = await happen('call.speak.ended', { ...state, status: 'call_hangup' });
		expect(cutOff.run).toBeUndefined();
		expect(commands('bridge')).toHaveLength(0);
		const { run } = await happen('call.hangup', { ...state, hangup_cause: 'normal_clearing' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'not_answered' } }]);
	});

	it('says goodbye if nobody answers, and hangs up', async () => {
		const { happen } = await begin({ ...TRANSFER, options: { goodbye: 'Sorry!' } });
		const [transfer] = await sent('transfer');
		const { target_leg_client_state: ofAgent } = bodyOf(transfer);
		const agent = { call_control_id: 'v3:agent', client_state: ofAgent };
		await happen('call.initiated', agent);
		const declined = { ...agent, hangup_cause: 'call_rejected' };
		expect((await happen('call.hangup', declined)).run).toBeUndefined();
		const [speak] = await sent('speak');
		const { payload, client_state } = bodyOf(speak);
		expect(payload).toBe('Sorry!');
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'not_answered', reason: 'declined', patient: 'Ada' } },
		]);
		const [hangup] = await sent('hangup');
		expect(hangup.url).toContain(LEG);
	});

	it('first tells the called person what it is about', async () => {
		telnyx.answer = ({ url }) =>
			url.endsWith('/calls')
				? { body: { data: { call_control_id: 'v3:agent' } } }
				: { body: { data: {} } };
		const { receive } = await begin({ ...TRANSFER, whisper: 'About an order' }, { items: INBOUND });
		const [dial] = await dialed();
		expect(bodyOf(dial)).toMatchObject({
			from: '+13125550100',
			connection_id: '129',
			link_to: LEG,
		});
		const tell = async (type: string, state: unknown, payload: object = {}) => {
			const { body, headers } = signedEvent(keys, type, {
				call_control_id: 'v3:agent',
				client_state: state,
				...payload,
			});
			return await receive(body, headers);
		};
		await tell('call.answered', bodyOf(dial).client_state);
		const [speak] = await sent('speak');
		expect(speak.url).toContain('v3:agent');
		await tell('call.speak.ended', bodyOf(speak).client_state, { status: 'completed' });
		const [bridge] = await sent('bridge');
		expect(bodyOf(bridge)).toMatchObject({ call_control_id: LEG });
		const { run } = await tell('call.bridged', bodyOf(bridge).client_state);
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { call_control_id: LEG, other_call_control_id: 'v3:agent' } },
		]);
	});
});

describe('Ring Group', () => {
	const GROUP = { operation: 'ringGroup', to: '+13125550101, +13125550102', order: 'all' };
	const INBOUND = [
		{ call_control_id: LEG, connection_id: '129', to: '+13125550100', direction: 'incoming' },
	];
	/** The same, but the answer for one number comes when it is released. */
	function dialingLate(digit: string) {
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		const answer: Recorder['answer'] = async (request, index) => {
			if (request.url.endsWith('/calls') && String(bodyOf(request).to).endsWith(digit)) {
				await released;
			}
			return await dialing(request, index);
		};
		return { answer, release };
	}
	/** Telnyx refuses to dial one number. */
	const refusing =
		(digit: string): Recorder['answer'] =>
		(request, index) =>
			request.url.endsWith('/calls') && String(bodyOf(request).to).endsWith(digit)
				? { status: 422, body: { errors: [{ code: '10015', title: 'Not a number' }] } }
				: dialing(request, index);
	async function ring(
		more: object,
		count: number,
		answer = dialing,
		options: Partial<FlowOptions> = {},
	) {
		telnyx.answer = answer;
		const one = await begin({ ...GROUP, ...more }, { items: INBOUND, ...options });
		await dialed(count);
		const tell = async (phone: string, type: string, payload: object = {}) => {
			const dial = dials().find(({ body }) => body.includes(`+1312555010${phone}`))!;
			const { client_state } = bodyOf(dial);
			const { body, headers } = signedEvent(keys, type, {
				call_control_id: `v3:${phone}`,
				client_state,
				...payload,
			});
			return await one.receive(body, headers);
		};
		return { ...one, tell };
	}

	it('connects the first who answers, and lets the others stop ringing', async () => {
		const { tell } = await ring({}, 2);
		await tell('2', 'call.answered');
		const { run } = await tell('2', 'call.bridged');
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:2' } }]);
		const hangups = await sent('hangup');
		expect(hangups.map(({ url }) => url)).toEqual([expect.stringContaining('v3:1')]);
	});

	it('refuses more people than it can call, before anybody is called', async () => {
		const to = Array.from({ length: 21 }, (_, index) => `+1312555${1000 + index}`).join(', ');
		const { run } = await begin({ ...GROUP, to }, { items: INBOUND });
		expect(run.data.resultData.error?.message).toContain('21 numbers');
		expect(dials()).toEqual([]);
	});

	it('goes on through Nobody when all have declined', async () => {
		const { tell } = await ring({}, 2);
		expect((await tell('1', 'call.hangup', { hangup_cause: 'call_rejected' })).run).toBeUndefined();
		const { run } = await tell('2', 'call.hangup', { hangup_cause: 'user_busy' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
	});

	it('calls one after the other', async () => {
		const { tell } = await ring({ order: 'each' }, 1);
		expect(dials()).toHaveLength(1);
		await tell('1', 'call.hangup', { hangup_cause: 'timeout' });
		expect(dials()).toHaveLength(2);
		const { run } = await tell('2', 'call.hangup', { hangup_cause: 'timeout' });
		expect(outputsOf(run, NODE)[1]).toHaveLength(1);
	});

	it('goes on to the next number where Telnyx refuses one', async () => {
		const { tell } = await ring(
			{ order: 'each', to: `${GROUP.to}, +13125550103` },
			1,
			refusing('2'),
		);
		await tell('1', 'call.hangup', { hangup_cause: 'timeout' });
		expect(dials().map(({ body }) => JSON.parse(body).to.slice(-1))).toEqual(['1', '2', '3']);
		const { run } = await tell('3', 'call.hangup', { hangup_cause: 'timeout' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
	});

	it.each(['all', 'each'])('stops the music when nobody answers, %s of them', async (order) => {
		const options = { hold_music_url: 'https://example.com/hold.mp3' };
		const { tell } = await ring({ order, options }, order === 'all' ? 2 : 1);
		await sent('playback_start');
		await tell('1', 'call.hangup', { hangup_cause: 'timeout' });
		await dialed(2);
		expect(commands('playback_stop')).toEqual([]);
		const { run } = await tell('2', 'call.hangup', { hangup_cause: 'timeout' });
		expect(outputsOf(run, NODE)[1]).toHaveLength(1);
		expect(commands('playback_stop')).toHaveLength(1);
	});

	describe('where Telnyx refuses the first number', () => {
		const n8n = useRecorder();
		/** The node tells its own execution of the refusal. */
		async function refusedFirst(order: string, answer: Recorder['answer']) {
			const one = await ring({ order }, 1, answer, { origin: n8n.baseUrl });
			const told = await eventually('the execution to be told', () =>
				n8n.requests.find(({ body }) => JSON.parse(body).kind === 'refused'),
			);
			const { run: goesOn } = await one.receive(told.body, told.headers as Record<string, string>);
			return { tell: one.tell, goesOn };
		}

		it.each(['all', 'each'])('it rings the others, %s', async (order) => {
			const { goesOn, tell } = await refusedFirst(order, refusing('1'));
			expect(goesOn).toBeUndefined();
			await dialed(2);
			const { run } = await tell('2', 'call.hangup', { hangup_cause: 'timeout' });
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
		});

		it.each(['all', 'each'])('and all others, it goes on through Nobody, %s', async (order) => {
			const refused = { status: 422, body: { errors: [{ code: '10015', title: 'Not a number' }] } };
			const { goesOn } = await refusedFirst(order, ({ url }) =>
				url.endsWith('/calls') ? refused : { body: { data: {} } },
			);
			expect(outputsOf(goesOn, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
		});
	});

	it('stops all phones at the same time', async () => {
		const to = ['1', '2', '3', '4'].map((digit) => `+1312555010${digit}`).join(', ');
		let onTheirWay = 0;
		let release = () => {};
		const all = new Promise<void>((resolve) => (release = resolve));
		const { tell } = await ring({ to }, 4, async (request, index) => {
			if (!request.url.endsWith('/hangup')) return await dialing(request, index);
			onTheirWay += 1;
			if (onTheirWay === 3) release();
			await all;
			return { body: { data: {} } };
		});
		await tell('1', 'call.answered');
		const { run } = await tell('1', 'call.bridged');
		expect(outputsOf(run, NODE)[0]).toHaveLength(1);
	});

	it('goes on through Nobody where Telnyx refuses the last number', async () => {
		const { tell } = await ring({ order: 'each' }, 1, refusing('2'));
		const { run } = await tell('1', 'call.hangup', { hangup_cause: 'timeout' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
	});

	it('does not wait for a number that Telnyx refuses', async () => {
		const { tell } = await ring({}, 2, refusing('2'));
		await eventually('the refusal', () =>
			notesOf.mock.calls.some(([, known]) => refusedIn(known).length > 0),
		);
		const { run } = await tell('1', 'call.hangup', { hangup_cause: 'user_busy' });
		expect(outputsOf(run, NODE)[1]).toHaveLength(1);
	});

	it('says goodbye if nobody answers, and hangs up', async () => {
		const { happen, tell } = await ring({ options: { goodbye: 'Sorry!' } }, 2);
		await tell('1', 'call.hangup', { hangup_cause: 'call_rejected' });
		expect((await tell('2', 'call.hangup', { hangup_cause: 'user_busy' })).run).toBeUndefined();
		const [speak] = await sent('speak');
		const { client_state } = bodyOf(speak);
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
		const hangups = await sent('hangup', 3);
		expect(hangups.at(-1)!.url).toContain(LEG);
	});

	it('lets all stop ringing when the caller leaves', async () => {
		const { happen } = await ring({}, 2);
		const { run } = await happen('call.hangup');
		expect(outputsOf(run, NODE)[2]).toHaveLength(1);
		await sent('hangup', 2);
	});

	it('also lets a phone stop ringing that was still being called when the caller left', async () => {
		const { answer, release } = dialingLate('2');
		const { happen } = await ring({}, 2, answer);
		expect((await happen('call.hangup')).run).toBeDefined();
		release();
		const hangups = await sent('hangup', 2);
		expect(hangups.map(legOf)).toContain('v3:2');
	});

	it('also lets a phone stop ringing that was still being called while others were being stopped', async () => {
		const { answer, release } = dialingLate('3');
		const to = `${GROUP.to}, +13125550103`;
		const { tell } = await ring({ to }, 3, async (request, index) => {
			if (request.url.endsWith('/hangup') && legOf(request) === 'v3:2') {
				release();
				await turns(100);
			}
			return await answer(request, index);
		});
		await tell('1', 'call.answered');
		await tell('1', 'call.bridged');
		const hangups = await sent('hangup', 2);
		expect(hangups.map(legOf).sort()).toEqual(['v3:2', 'v3:3']);
	});

	it('lets a phone stop ringing at the second try, if Telnyx is too busy for the first', async () => {
		let tries = 0;
		const { happen } = await ring({}, 2, (request, index) => {
			if (!request.url.endsWith('/hangup') || (tries += 1) > 1) return dialing(request, index);
			return { status: 503, headers: { 'retry-after': '0' }, body: {} };
		});
		await happen('call.hangup');
		const hangups = await sent('hangup', 3);
		expect(new Set(hangups.map(legOf)).size).toBe(2);
		expect(new Set(hangups.map((request) => bodyOf(request).command_id)).size).toBe(2);
	});

	it('lets nobody have the call who does not press the key', async () => {
		const { tell } = await ring({ asks_key: true }, 2);
		expect(bodyOf(dials()[0]).bridge_on_answer).toBeUndefined();
		await tell('1', 'call.answered');
		const [gather] = await sent('gather_using_speak');
		const state = { client_state: bodyOf(gather).client_state };
		await tell('1', 'call.gather.ended', { status: 'timeout', digits: '', ...state });
		await sent('hangup');
		expect(commands('bridge')).toHaveLength(0);
		await tell('2', 'call.answered');
		const [, second] = await sent('gather_using_speak', 2);
		await tell('2', 'call.gather.ended', {
			status: 'valid',
			digits: '1',
			client_state: bodyOf(second).client_state,
		});
		await sent('bridge');
	});

	it.each(['timeout', 'call_hangup'])(
		'calls the next one when somebody does not take it: %s',
		async (status) => {
			const { tell } = await ring({ asks_key: true, order: 'each' }, 1);
			await tell('1', 'call.answered');
			const [gather] = await sent('gather_using_speak');
			const asked = { client_state: bodyOf(gather).client_state };
			const ended = await tell('1', 'call.gather.ended', { status, digits: '', ...asked });
			expect(ended.run).toBeUndefined();
			const [hangup] = await sent('hangup');
			const over = { client_state: bodyOf(hangup).client_state };
			expect((await tell('1', 'call.hangup', over)).run).toBeUndefined();
			expect(dials()).toHaveLength(2);
		},
	);

	it.each([
		['answer', {}],
		['press 1', { asks_key: true }],
	])(
		'keeps the one whom Telnyx has connected when two of them %s at once',
		async (_what, settings) => {
			const { tell, happen } = await ring(settings, 2);
			for (const phone of ['1', '2']) {
				await tell(phone, 'call.answered');
				if (!('asks_key' in settings)) continue;
				const gathers = await sent('gather_using_speak', Number(phone));
				const { client_state } = bodyOf(gathers.at(-1)!);
				await tell(phone, 'call.gather.ended', { status: 'valid', digits: '1', client_state });
			}
			// The caller's own event does not say with whom.
			expect((await happen('call.bridged')).run).toBeUndefined();
			const { run } = await tell('1', 'call.bridged');
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:1' } }]);
			expect((await sent('hangup')).map(legOf)).toEqual(['v3:2']);
		},
	);

	it('counts everybody who does not take it', async () => {
		const { tell } = await ring({ asks_key: true }, 2);
		for (const phone of ['1', '2']) {
			await tell(phone, 'call.answered');
			const gathers = await sent('gather_using_speak', Number(phone));
			const asked = { client_state: bodyOf(gathers.at(-1)!).client_state };
			await tell(phone, 'call.gather.ended', { status: 'timeout', digits: '', ...asked });
		}
		const hangups = await sent('hangup', 2);
		const overOf = (index: number) => ({ client_state: bodyOf(hangups[index]).client_state });
		expect((await tell('1', 'call.hangup', overOf(0))).run).toBeUndefined();
		const { run } = await tell('2', 'call.hangup', overOf(1));
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nobody' } }]);
	});
});

describe('Record', () => {
	const RECORD = { operation: 'record', what: 'message', stop_on_key: true, silence_secs: 5 };
	const saved = (seconds: number, more: object = {}) => ({
		recording_id: 'r1',
		recording_started_at: '2026-11-27T10:00:00Z',
		recording_ended_at: new Date(
			Date.parse('2026-11-27T10:00:00Z') + seconds * 1_000,
		).toISOString(),
		recording_urls: { mp3: `${telnyx.baseUrl}/recording.mp3` },
		...more,
	});

	it('stops with a key, and puts the file out', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		await happen('call.dtmf.received', { digit: '#' });
		await sent('record_stop');
		const { run } = await happen('call.recording.saved', saved(3));
		const [[item]] = outputsOf(run, NODE);
		expect(item.json).toMatchObject({ outcome: 'recorded', recording_seconds: 3, patient: 'Ada' });
		expect(item.binary?.data.fileExtension).toBe('mp3');
	});

	describe('with something to say first', () => {
		const ASKED = { ...RECORD, text: 'Please leave a message' };
		async function speaking() {
			const one = await begin(ASKED);
			const [speak] = await sent('speak');
			expect(commands('record_start')).toEqual([]);
			return { ...one, ofSpeech: { client_state: bodyOf(speak).client_state } };
		}

		it('records when it has been said', async () => {
			const { happen, ofSpeech } = await speaking();
			await happen('call.speak.ended', { ...ofSpeech, status: 'completed' });
			const [start] = await sent('record_start');
			expect(bodyOf(start)).toMatchObject({ play_beep: true, channels: 'single' });
			const { run } = await happen('call.recording.saved', saved(12));
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'recorded' } }]);
		});

		it('records at once when a key cuts it short', async () => {
			const { happen, ofSpeech } = await speaking();
			await happen('call.dtmf.received', { ...ofSpeech, digit: '#' });
			await sent('playback_stop');
			await sent('record_start');
			await happen('call.speak.ended', { ...ofSpeech, status: 'cancelled' });
			expect(commands('record_start')).toHaveLength(1);
			expect(commands('record_stop')).toEqual([]);
		});

		it('goes on through Nothing Said when the caller leaves meanwhile', async () => {
			const { happen, ofSpeech } = await speaking();
			const { run } = await happen('call.hangup', ofSpeech);
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { call_ended: true } }]);
		});
	});

	it('keeps what was said until the caller hung up', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		expect((await happen('call.hangup')).run).toBeUndefined();
		const { run } = await happen('call.recording.saved', saved(12, { call_control_id: undefined }));
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { call_ended: true } }]);
	});

	it('takes the recording of the whole call for no message', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		await happen('call.hangup');
		const whole = saved(60, { recording_id: 'whole', channels: 'dual' });
		expect((await happen('call.recording.saved', whole)).run).toBeUndefined();
		const { run } = await happen('call.recording.saved', saved(12, { channels: 'single' }));
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { recording_id: 'r1' } }]);
	});

	it('fetches the file at the second try, if it is not there at once', async () => {
		let tries = 0;
		telnyx.answer = ({ url }) => {
			if (!url.endsWith('.mp3') || (tries += 1) > 1) return { body: { data: { result: 'ok' } } };
			return { status: 503, headers: { 'retry-after': '0' }, body: {} };
		};
		const { happen } = await begin(RECORD);
		await sent('record_start');
		const { run } = await happen('call.recording.saved', saved(12));
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ binary: { data: { fileExtension: 'mp3' } } }]);
	});

	it('goes on through Nothing Said when there was only silence', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		const { run } = await happen('call.recording.saved', saved(5));
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'nothing_said' } }]);
	});
});

describe('Listen', () => {
	const LISTEN = { operation: 'listen', text: 'How can I help?', pause_secs: 1 };
	const words = (transcript: string, is_final = true) => ({
		transcription_data: { transcript, is_final, confidence: 0.9 },
	});

	describe('and a pause', () => {
		const n8n = useRecorder();
		const clocks = jest.spyOn(deadlines, 'set');
		beforeEach(() => clocks.mockClear());
		const wakeUps = () => clocks.mock.calls.filter(([name]) => name.endsWith(' pause'));
		const listen = async (more: object = {}) =>
			await begin({ ...LISTEN, ...more }, { origin: n8n.baseUrl });

		/** The time of the last wake-up comes, and n8n hands on what the node tells its execution then. */
		async function pause({ receive }: Awaited<ReturnType<typeof listen>>) {
			const [, at, act] = await eventually('the wake-up', () => wakeUps().at(-1));
			const now = jest.spyOn(Date, 'now').mockReturnValue(at);
			try {
				act();
				const told = await eventually('the execution to be told', () =>
					n8n.requests.find(({ body }) => JSON.parse(body).kind === 'pause'),
				);
				return await receive(told.body, told.headers as Record<string, string>);
			} finally {
				now.mockRestore();
			}
		}

		it('ends the words', async () => {
			const one = await listen();
			await sent('speak');
			await one.happen('call.transcription', words('I would like'));
			await one.happen('call.transcription', words('an appointment'));
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([
				{ json: { outcome: 'heard', words: 'I would like an appointment', patient: 'Ada' } },
			]);
			await sent('transcription_stop');
		});

		it('without a word is silence, once the question has been heard', async () => {
			const one = await listen();
			const [speak] = await sent('speak');
			expect(wakeUps()).toEqual([]);
			const { client_state } = bodyOf(speak);
			await one.happen('call.speak.ended', { client_state, status: 'completed' });
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'silence' } }]);
		});

		it('without a word is silence also where nothing is asked', async () => {
			const one = await listen({ text: '' });
			await sent('transcription_start');
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'silence' } }]);
		});
	});

	it('collects the words, stops the question, and ends with the key', async () => {
		const { happen } = await begin({ ...LISTEN, stop_on_key: true });
		await sent('transcription_start');
		await sent('speak');
		await happen('call.transcription', words('I would', false));
		await sent('playback_stop');
		await happen('call.transcription', words('I would like'));
		await happen('call.transcription', words('an appointment'));
		const { run } = await happen('call.dtmf.received', { digit: '#' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'key', key: '#', words: 'I would like an appointment' } },
		]);
		await sent('transcription_stop');
	});
});

describe('Hang Up', () => {
	it('is fine if the call is over', async () => {
		telnyx.answer = () => ({
			status: 422,
			body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
		});
		const { run } = await begin({ operation: 'hangUp' });
		expect(run.data.resultData.error).toBeUndefined();
		expect(outputsOf(run, NODE)[0]).toHaveLength(1);
	});
});

it.each([
	['Telnyx Phone Call', { operation: 'hangUp' }],
	['Telnyx Advanced', { resource: 'call', operation: 'hangup', call_control_id: byId(LEG) }],
])('a call that %s has hung up does not stop a later one', async (_, hangUp) => {
	telnyx.answer = ({ url }) => ({
		body: { data: url.endsWith('/calls') ? { call_control_id: 'v3:theirs' } : {} },
	});
	const { happen } = await begin(
		{},
		{
			nodes: {
				Answer: { operation: 'answer' },
				'Hang Up': hangUp,
				Call: {
					operation: 'callSomeone',
					to: '+13125550101',
					from: byId('+13125550100'),
					connection_id: byId('1293384261075731461'),
				},
			} as never,
		},
	);
	await sent('answer');
	await happen('call.answered');
	await sent('hangup');
	await dialed();
	expect((await happen('call.hangup')).run).toBeUndefined();
});

describe('Wait for Event', () => {
	const WAIT = { operation: 'waitForEvent', events: ['call.dtmf.received', 'call.bridged'] };

	it('has an output for each event, the timeout and the end of the call', async () => {
		const key = await begin(WAIT);
		const pressed = await key.happen('call.dtmf.received', { digit: '7' });
		expect(outputsOf(pressed.run, NODE)[0]).toMatchObject([{ json: { key: '7' } }]);
		const bridged = await (await begin(WAIT)).happen('call.bridged');
		expect(outputsOf(bridged.run, NODE)[1]).toHaveLength(1);
		const { timeOut } = await begin(WAIT);
		expect(outputsOf(await timeOut(), NODE)[2]).toMatchObject([{ json: { patient: 'Ada' } }]);
		const ended = await (await begin(WAIT)).happen('call.hangup');
		expect(outputsOf(ended.run, NODE)[3]).toHaveLength(1);
	});
});

describe('which call', () => {
	it('is asked for if there is none, before anything is sent', async () => {
		const { run } = await begin(
			{ operation: 'say', text: 'Hello' },
			{ items: [{ patient: 'Ada' }] },
		);
		expect(run.data.resultData.error?.message).toContain('There is no call to act on');
		expect(telnyx.requests).toEqual([]);
	});

	it('is the one that the user chose', async () => {
		const options = { call_control_id: byId('v3:other') };
		await begin({ operation: 'say', text: 'Hello', options });
		const [command] = await sent('speak');
		expect(command.url).toContain('v3:other');
	});
});

it('does not act on several items, and says what to do', async () => {
	const items = [{ call_control_id: LEG }, { call_control_id: LEG }];
	const { run } = await begin({ operation: 'say', text: 'Hello' }, { items });
	expect(run.data.resultData.error?.message).toContain("'Execute Once'");
	expect(telnyx.requests).toEqual([]);
});

it('links the items of every output to those that came in', async () => {
	const { happen } = await begin({ operation: 'say', text: 'Hello' });
	await sent('speak');
	const { run } = await happen('call.hangup');
	const { source } = run!.data.resultData.runData[NODE].at(-1)!;
	expect(source.map((one) => one?.previousNode)).toEqual(['Start', 'Start']);
});

it('puts the whole event out if the user wants it, without the address of the execution', async () => {
	const { happen } = await begin({
		operation: 'say',
		text: 'Hello',
		options: { include_event: true },
	});
	await sent('speak');
	const { run } = await happen('call.speak.ended', { status: 'completed' });
	const [[{ json }]] = outputsOf(run, NODE);
	expect(json.event).toMatchObject({
		event_type: 'call.speak.ended',
		payload: { status: 'completed' },
	});
	expect(JSON.stringify(json)).not.toContain('delivered_to');
});

describe('the outputs that the editor shows', () => {
	/** As n8n itself evaluates the expression, with everything that can have an output switched on. */
	it.each(Object.keys(STEPS))('are those that %s uses', (operation) => {
		const type = `${PACKAGE}.telnyxPhoneCall`;
		const parameters = {
			operation,
			stop_on_key: true,
			machine: 'message',
			answer: 'choices',
			what: 'message',
			choices: { items: [{ key: '1', name: 'Sales' }, { key: '2' }] },
			events: ['call.dtmf.received', 'other_hung_up'],
		};
		const step = node({ name: NODE, type, parameters, credentials: CREDENTIAL_REFERENCE });
		const workflow = new Workflow({
			id: '1',
			nodes: [step],
			connections: {},
			active: false,
			nodeTypes,
		});
		const shown = NodeHelpers.getNodeOutputs(workflow, workflow.nodes[NODE], {
			...TYPES[type].description,
			outputs: OUTPUTS,
		}) as INodeOutputConfiguration[];
		const names = outputNames(parameters);
		expect(shown.map(({ displayName }) => displayName)).toEqual(names);
		expect(names.length).toBeGreaterThan(0);
	});
});
