import { answers, notes, refusedIn } from '../../nodes/waiting/answers';
import { executions } from '../../nodes/waiting/executions';
import { ownSecret } from '../../nodes/waiting/owner';
import { SECRET_HEADER } from '../../nodes/waiting/ownRequest';
import { LEGS_MADE, type Wait } from '../../nodes/waiting/wait';
import { bodyOf, dialing, legOf } from '../support/callCommands';
import { eventually, turns } from '../support/eventually';
import { signedEvent, type FlowOptions } from '../support/paused';
import { useRecorder, type Recorder } from '../support/recorder';
import { byId, INBOUND, LEG, NODE, useSteps } from '../support/steps';
import { useWakeUps } from '../support/wakeUps';

/** The steps that call somebody, in n8n's engine. */
const { telnyx, keys, begin, outputsOf, commands, dials, dialed, sent, credential } = useSteps();

const answersOf = jest.spyOn(answers, 'set');
const notesOf = jest.spyOn(notes, 'set');
beforeEach(() => {
	answersOf.mockClear();
	notesOf.mockClear();
});

describe('Call Someone', () => {
	const CALL = {
		operation: 'callSomeone',
		to: '+13125550101',
		from: byId('+13125550100'),
		connection_id: byId('1293384261075731461'),
	};
	const THEIRS = 'v3:theirs';
	const n8n = useRecorder();
	const { wake } = useWakeUps(n8n);
	async function call(more: object = {}) {
		telnyx.answer = () => ({ body: { data: { call_control_id: THEIRS } } });
		const one = await begin({ ...CALL, ...more }, { origin: n8n.baseUrl });
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
	])('goes on through Unanswered after %s, which is %s', async (hangup_cause, reason) => {
		const { happen } = await call();
		const { run } = await happen('call.hangup', { hangup_cause });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered', reason } }]);
	});

	it("goes on through Unanswered with what Telnyx's network says, which nobody declined", async () => {
		const { happen } = await call();
		const telnyx_error = {
			error_code: 'D60',
			detail: 'Can not make calls to non-verified numbers',
		};
		const payload = { hangup_cause: 'call_rejected', telnyx_error };
		const { run } = await happen('call.hangup', payload);
		const [, [{ json }]] = outputsOf(run, NODE);
		expect(json).toMatchObject({
			reason: 'failed',
			details: {
				message: expect.stringContaining('allows calls to verified numbers only'),
				d_code: 'D60',
				telnyx_error,
				todo: expect.stringContaining('Upgrade the account'),
			},
		});
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

	it('knows a machine that hangs up before the beep', async () => {
		const { happen } = await call({ machine: 'message', message: 'Call us back' });
		await happen('call.answered');
		await happen('call.machine.detection.ended', { result: 'machine' });
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'machine', answered_by: 'machine', message_left: false } },
		]);
	});

	it('does not say that nobody answered where somebody hung up at once', async () => {
		const { happen } = await call({ machine: 'tell' });
		await happen('call.answered');
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		expect(outputsOf(run, NODE)[2]).toMatchObject([
			{ json: { outcome: 'unanswered', reason: 'hung_up' } },
		]);
	});

	it('goes on as with a person if it does not become clear who has answered', async () => {
		const one = await call({ machine: 'tell' });
		await one.happen('call.answered');
		const { run } = await wake(one);
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { outcome: 'answered', call_control_id: THEIRS } },
		]);
	});

	it('leaves nobody in silence if n8n does not say so either', async () => {
		const { happen, run, receive } = await call({ machine: 'tell' });
		await happen('call.answered');
		const [{ metadata }] = run.data.executionData!.nodeExecutionStack;
		const { telnyxWait } = metadata as { telnyxWait: Wait };
		const secret = ownSecret(credential(), telnyxWait.id);
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

	it('makes it that also where it does not become clear who has answered', async () => {
		const nodes = {
			Answer: { operation: 'answer' },
			[NODE]: { ...CALL, machine: 'tell' },
			Say: { operation: 'say', text: 'Somebody calls for you' },
		};
		telnyx.answer = () => ({ body: { data: { call_control_id: THEIRS } } });
		const one = await begin(
			{},
			{ nodes: nodes as never, items: INBOUND as never, origin: n8n.baseUrl },
		);
		await sent('answer');
		await one.happen('call.answered');
		const [dial] = await dialed();
		const { client_state } = bodyOf(dial);
		await one.happen('call.answered', { call_control_id: THEIRS, client_state });
		await wake(one);
		const [speak] = await sent('speak');
		expect(speak.url).toContain(THEIRS);
	});

	it('goes on when the hangup of a caller comes late who was known to have left', async () => {
		const nodes = {
			Answer: { operation: 'answer' },
			Ask: {
				operation: 'ask',
				text: 'Press 1 and we will call you back',
				choices: { items: [{ key: '1', name: 'Callback', say: 'Good. We will call you back.' }] },
			},
			[NODE]: CALL,
		};
		telnyx.answer = ({ url }) => ({
			body: { data: url.endsWith('/calls') ? { call_control_id: THEIRS } : { result: 'ok' } },
		});
		const { happen } = await begin({}, { nodes: nodes as never, items: INBOUND as never });
		await sent('answer');
		await happen('call.answered');
		await sent('gather_using_speak');
		await happen('call.gather.ended', { status: 'valid', digits: '1' });
		const [good] = await sent('speak');
		const { client_state } = bodyOf(good);
		await happen('call.speak.ended', { client_state, status: 'call_hangup' });
		await dialed();
		const { run } = await happen('call.hangup', { client_state });
		expect(run).toBeUndefined();
		expect(commands('hangup')).toEqual([]);
	});

	it('goes on when the hangup of the person who is called back comes late', async () => {
		const nodes = { Answer: { operation: 'answer' }, [NODE]: CALL };
		telnyx.answer = ({ url }) => ({
			body: { data: url.endsWith('/calls') ? { call_control_id: THEIRS } : { result: 'ok' } },
		});
		const { happen } = await begin({}, { nodes: nodes as never, items: INBOUND as never });
		const [answer] = await sent('answer');
		const { client_state } = bodyOf(answer);
		await happen('call.answered', { from: CALL.to, to: '+13125550100' });
		await dialed();
		const { run } = await happen('call.hangup', { client_state, from: CALL.to });
		expect(run).toBeUndefined();
		expect(commands('hangup')).toEqual([]);
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
	const n8n = useRecorder();
	const { runOut } = useWakeUps(n8n);
	it('connects the caller', async () => {
		const { happen } = await begin(TRANSFER);
		await sent('transfer');
		const { run } = await happen('call.bridged', { call_control_id: LEG });
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'connected' } }]);
	});

	it('goes on through Hung Up', async () => {
		const { happen } = await begin(TRANSFER);
		await sent('transfer');
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		expect(outputsOf(run, NODE)[2]).toMatchObject([
			{ json: { outcome: 'hung_up', hangup_cause: 'normal_clearing' } },
		]);
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

	it('cuts off no conversation of which the report got lost, when the time is over', async () => {
		const one = await begin(TRANSFER, { origin: n8n.baseUrl });
		const [transfer] = await sent('transfer');
		const { target_leg_client_state: client_state } = bodyOf(transfer);
		await one.happen('call.initiated', { call_control_id: 'v3:agent', client_state });
		const { run } = await runOut(one);
		expect(run?.data.resultData.error?.message).toContain('did not report');
		expect(commands('hangup')).toEqual([]);
	});

	it('lets the phone stop ringing also if there are words for its owner, and music for the caller', async () => {
		telnyx.answer = dialing;
		const options = { hold_music_url: 'https://example.com/hold.mp3' };
		const set = { ...TRANSFER, whisper: 'About an order', options };
		const { happen } = await begin(set, { items: INBOUND });
		await dialed();
		await sent('playback_start');
		const { run } = await happen('call.hangup', { hangup_cause: 'originator_cancel' });
		expect(outputsOf(run, NODE)[2]).toMatchObject([
			{ json: { outcome: 'hung_up', hangup_cause: 'originator_cancel' } },
		]);
		expect((await sent('hangup')).map(legOf)).toEqual(['v3:1']);
		// A call that is over has no music to be stopped.
		expect(commands('playback_stop')).toEqual([]);
	});

	it('goes on through Unanswered if the called person hangs up before the caller is connected', async () => {
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
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
	});

	it("says of a call that Telnyx's network does not place why", async () => {
		const { happen } = await begin(TRANSFER);
		const [transfer] = await sent('transfer');
		const { target_leg_client_state: ofAgent } = bodyOf(transfer);
		const agent = { call_control_id: 'v3:agent', client_state: ofAgent };
		const { run } = await happen('call.hangup', {
			...agent,
			hangup_cause: 'call_rejected',
			telnyx_error: 'D13: Dialed number is not included in whitelisted countries',
		});
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'unanswered', reason: 'failed', details: { d_code: 'D13' } } },
		]);
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
			{ json: { outcome: 'unanswered', reason: 'declined', patient: 'Ada' } },
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
	/** Waits until the node has the answers to so many dials. */
	const allKnown = async (count: number) =>
		await eventually('the answers to the dials', () =>
			answersOf.mock.calls.some(
				([, known]) => ((known[LEGS_MADE] ?? [known.call_control_id]) as unknown[]).length >= count,
			),
		);
	async function ring(
		more: object,
		count: number,
		answer = dialing,
		options: Partial<FlowOptions> = {},
	) {
		telnyx.answer = answer;
		const one = await begin({ ...GROUP, ...more }, { items: INBOUND, ...options });
		await dialed(count);
		if (answer === dialing) await allKnown(count);
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

	it('stops the music also if the connection is reported before the answer', async () => {
		const options = { hold_music_url: 'https://example.com/hold.mp3' };
		const { tell } = await ring({ options }, 2);
		await sent('playback_start');
		expect((await tell('2', 'call.bridged')).run).toBeDefined();
		await sent('playback_stop');
	});

	it('does not take somebody who has hung up for the one who is connected', async () => {
		const { tell, happen } = await ring({ order: 'each' }, 1);
		await tell('1', 'call.answered');
		await tell('1', 'call.hangup', { hangup_cause: 'normal_clearing' });
		await dialed(2);
		expect((await happen('call.bridged')).run).toBeUndefined();
		const { run } = await tell('2', 'call.bridged');
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:2' } }]);
		expect(commands('hangup').map(legOf)).not.toContain('v3:2');
	});

	it('does not take somebody who has hung up for that whose events come late', async () => {
		const { tell } = await ring({ order: 'each' }, 1);
		await tell('1', 'call.hangup', { hangup_cause: 'normal_clearing' });
		await dialed(2);
		await tell('1', 'call.answered');
		expect((await tell('1', 'call.bridged')).run).toBeUndefined();
		const { run } = await tell('2', 'call.bridged');
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:2' } }]);
	});

	it('goes on with the music if somebody answers and hangs up before being connected', async () => {
		const options = { hold_music_url: 'https://example.com/hold.mp3' };
		const { tell } = await ring({ options }, 2);
		await sent('playback_start');
		await tell('1', 'call.answered');
		await tell('1', 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(commands('playback_stop')).toEqual([]);
		await tell('2', 'call.answered');
		expect((await tell('2', 'call.bridged')).run).toBeDefined();
		expect(commands('playback_stop')).toHaveLength(1);
	});

	describe('where the caller is known to be connected before it is known with whom', () => {
		const n8n = useRecorder();
		const { wake, runOut } = useWakeUps(n8n);
		/** One has answered, as far as is known by then. */
		async function connected(options: object = {}) {
			const one = await ring({ options }, 2, dialing, { origin: n8n.baseUrl });
			await one.tell('1', 'call.answered');
			expect((await one.happen('call.bridged')).run).toBeUndefined();
			return one;
		}

		it('it hangs up on nobody until then, whose answer may only be late', async () => {
			const { tell } = await connected();
			await tell('2', 'call.answered');
			expect(commands('hangup')).toEqual([]);
			const { run } = await tell('2', 'call.bridged');
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:2' } }]);
			expect((await sent('hangup')).map(legOf)).toEqual(['v3:1']);
		});

		it('it stops the music at once, and only once', async () => {
			const { tell } = await connected({ hold_music_url: 'https://example.com/hold.mp3' });
			await sent('playback_stop');
			expect((await tell('1', 'call.bridged')).run).toBeDefined();
			expect(commands('playback_stop')).toHaveLength(1);
		});

		it('it is the only one who has answered, if nothing more is heard of them', async () => {
			const { run } = await wake(await connected());
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:1' } }]);
			expect((await sent('hangup')).map(legOf)).toEqual(['v3:2']);
		});

		it('it is the one who has not been hung up on, if nothing more is heard of them', async () => {
			const one = await connected();
			await one.tell('2', 'call.answered');
			expect((await wake(one)).run).toBeUndefined();
			await one.tell('2', 'call.hangup', { hangup_cause: 'normal_clearing' });
			const { run } = await wake(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:1' } }]);
		});

		it('it does not cut off the words for a caller who stays when all have left', async () => {
			const one = await connected({ goodbye: 'Nobody is there.' });
			await one.tell('1', 'call.hangup', { hangup_cause: 'normal_clearing' });
			await one.tell('2', 'call.hangup', { hangup_cause: 'normal_clearing' });
			await sent('speak');
			expect((await wake(one)).run).toBeUndefined();
			expect(commands('hangup').map(legOf)).not.toContain(LEG);
		});

		it('it is at once whoever has answered, if other processes may know more', async () => {
			const one = await ring({}, 2);
			await one.tell('1', 'call.answered');
			const alone = jest.spyOn(executions, 'get').mockReturnValue(undefined);
			const { run } = await one.happen('call.bridged');
			alone.mockRestore();
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:1' } }]);
			expect((await sent('hangup')).map(legOf)).toEqual(['v3:2']);
		});

		it('it goes on through Connected when the time is over, and cuts off no conversation', async () => {
			const one = await connected();
			await one.tell('2', 'call.answered');
			const { run } = await runOut(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'connected' } }]);
			expect(commands('hangup')).toEqual([]);
		});
	});

	it('refuses more people than it can call, before anybody is called', async () => {
		const to = Array.from({ length: 21 }, (_, index) => `+1312555${1000 + index}`).join(', ');
		const { run } = await begin({ ...GROUP, to }, { items: INBOUND });
		expect(run.data.resultData.error?.message).toContain('21 numbers');
		expect(dials()).toEqual([]);
	});

	it('goes on through Unanswered when all have declined', async () => {
		const { tell } = await ring({}, 2);
		expect((await tell('1', 'call.hangup', { hangup_cause: 'call_rejected' })).run).toBeUndefined();
		const { run } = await tell('2', 'call.hangup', { hangup_cause: 'user_busy' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
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
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
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
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
		});

		it.each(['all', 'each'])('and all others, it goes on through Unanswered, %s', async (order) => {
			const refused = { status: 422, body: { errors: [{ code: '10015', title: 'Not a number' }] } };
			const { goesOn } = await refusedFirst(order, ({ url }) =>
				url.endsWith('/calls') ? refused : { body: { data: {} } },
			);
			expect(outputsOf(goesOn, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
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
		await allKnown(4);
		await tell('1', 'call.answered');
		const { run } = await tell('1', 'call.bridged');
		expect(outputsOf(run, NODE)[0]).toHaveLength(1);
	});

	it('goes on through Unanswered where Telnyx refuses the last number', async () => {
		const { tell } = await ring({ order: 'each' }, 1, refusing('2'));
		const { run } = await tell('1', 'call.hangup', { hangup_cause: 'timeout' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
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
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
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
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
	});
});
