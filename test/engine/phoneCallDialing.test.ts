import { ownSecret } from '../../nodes/waiting/owner';
import { SECRET_HEADER } from '../../nodes/waiting/ownRequest';
import type { Wait } from '../../nodes/waiting/wait';
import { bodyOf, dialing, legOf, legTo } from '../support/callCommands';
import { eventually } from '../support/eventually';
import { signedEvent } from '../support/paused';
import { useRecorder } from '../support/recorder';
import { byId, INBOUND, LEG, NODE, useSteps } from '../support/steps';
import { useWakeUps } from '../support/wakeUps';

/** *Call Someone* and *Transfer* in n8n's engine. */
const { telnyx, keys, begin, outputsOf, commands, dials, dialed, sent, credential } = useSteps();

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

	it('goes on through Unanswered with a reason of the network that nobody knows', async () => {
		for (const telnyx_error of [{ error_code: 'RG1' }, { error_detail: 'No route' }, 'TM1']) {
			const { happen } = await call();
			const payload = { hangup_cause: 'call_rejected', telnyx_error };
			const { run } = await happen('call.hangup', payload);
			expect(outputsOf(run, NODE)[1]).toMatchObject([
				{ json: { reason: 'failed', details: { telnyx_error, hangup_cause: 'call_rejected' } } },
			]);
			telnyx.reset();
		}
	});

	it("goes on through Unanswered with Telnyx's cause where a call failed", async () => {
		const { happen } = await call();
		const payload = { hangup_cause: 'not_found', sip_hangup_cause: '404' };
		const { run } = await happen('call.hangup', payload);
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'unanswered', reason: 'failed', details: payload } },
		]);
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

	it('says who answered also where Telnyx reports the beep alone, and after a message', async () => {
		const heard = await call({ machine: 'tell' });
		await heard.happen('call.answered');
		const { run } = await heard.happen('call.machine.greeting.ended', { result: 'beep_detected' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { answered_by: 'machine' } }]);
		telnyx.reset();
		const left = await call({ machine: 'message', message: 'Call us back' });
		await left.happen('call.answered');
		await left.happen('call.machine.detection.ended', { result: 'machine' });
		await left.happen('call.machine.greeting.ended', { result: 'beep_detected' });
		const [speak] = await sent('speak');
		const { client_state } = bodyOf(speak);
		const said = await left.happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(said.run, NODE)[1]).toMatchObject([
			{ json: { answered_by: 'machine', message_left: true } },
		]);
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

	describe('after a caller of whom Telnyx has said, but not reported, that they have left', () => {
		const gone = {
			status: 422,
			body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
		};
		const ANSWER = { operation: 'answer' };
		const SAY = { operation: 'say', text: 'Please wait' };
		const ASK = {
			operation: 'ask',
			text: 'Press 1',
			choices: { items: [{ key: '1', name: 'Callback', say: 'We will call you back.' }] },
		};
		const ANOTHER = '+13125550106';
		const GROUP = { operation: 'ringGroup', to: `+13125550105, ${ANOTHER}`, order: 'each' };
		const RINGING = [{ ...INBOUND[0], event_type: 'call.initiated' }];
		type Execution = Awaited<ReturnType<typeof begin>>;
		/** Hands over what the node tells its execution when Telnyx refuses its command. */
		const beTold = async ({ receive }: Execution) => {
			const told = await eventually('the execution to be told', () =>
				n8n.requests.find(({ body }) => JSON.parse(body).kind === 'refused'),
			);
			await receive(told.body, told.headers as Record<string, string>);
		};
		const answered = async ({ happen }: Execution) => {
			await sent('answer');
			await happen('call.answered');
		};

		it.each<[string, object, object[], (one: Execution) => Promise<unknown>]>([
			[
				'it refused the command of a step',
				{ Answer: ANSWER, Say: SAY },
				INBOUND,
				async (one) => {
					await answered(one);
					await beTold(one);
				},
			],
			['it refused a later command of a step', { Say: SAY }, RINGING, answered],
			[
				'it refused the last words of a step',
				{ Answer: ANSWER, Ask: ASK },
				INBOUND,
				async (one) => {
					await answered(one);
					await sent('gather_using_speak');
					await one.happen('call.gather.ended', { status: 'valid', digits: '1' });
				},
			],
			[
				'it was asked before a step',
				{ Answer: ANSWER, Wait: { operation: 'waitForEvent', events: ['call.dtmf.received'] } },
				INBOUND,
				answered,
			],
			[
				'it refused to call somebody else for them',
				{ Answer: ANSWER, Group: GROUP },
				INBOUND,
				async (one) => {
					await answered(one);
					const [first] = await dialed();
					const { client_state } = bodyOf(first);
					await one.happen('call.hangup', { call_control_id: 'v3:5', client_state });
				},
			],
		])('goes on when their hangup comes late: %s', async (_, before, items, leave) => {
			telnyx.answer = (request, index) => {
				const { url, method, body } = request;
				if (url.endsWith('/speak') || body.includes(ANOTHER)) return gone;
				if (method === 'GET') return { body: { data: { is_alive: !('Wait' in before) } } };
				return dialing(request, index);
			};
			const nodes = { ...before, [NODE]: CALL };
			const one = await begin(
				{},
				{ nodes: nodes as never, items: items as never, origin: n8n.baseUrl },
			);
			await leave(one);
			await eventually('the call', () => dials().some((dial) => bodyOf(dial).to === CALL.to));
			const { client_state } = bodyOf(commands('answer')[0]);
			const { run } = await one.happen('call.hangup', { client_state });
			expect(run).toBeUndefined();
			expect(commands('hangup').map(legOf)).not.toContain(legTo(CALL.to));
		});
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

	describe('where the phone stops ringing, and Telnyx has reported nothing of the caller', () => {
		const afterCancel = async (isAlive: boolean, options: object = {}) => {
			const { happen } = await begin({ ...TRANSFER, options });
			const [transfer] = await sent('transfer');
			const { target_leg_client_state: client_state } = bodyOf(transfer);
			const agent = { call_control_id: 'v3:agent', client_state };
			await happen('call.initiated', agent);
			telnyx.answer = (request, index) =>
				request.method === 'GET'
					? { body: { data: { is_alive: isAlive } } }
					: dialing(request, index);
			const cancelled = { ...agent, hangup_cause: 'originator_cancel', hangup_source: 'caller' };
			return (await happen('call.hangup', cancelled)).run;
		};

		it('goes on through Hung Up if the caller has left', async () => {
			const run = await afterCancel(false, { goodbye: 'Sorry!' });
			expect(outputsOf(run, NODE)[2]).toMatchObject([
				{ json: { call_control_id: LEG, outcome: 'hung_up', hangup_cause: 'originator_cancel' } },
			]);
			expect([...commands('speak'), ...commands('hangup')]).toEqual([]);
			const { flow: memory } = run!.data.executionData!.contextData as never as {
				flow: { telnyxLegs: Record<string, object> };
			};
			// Or else the caller's own report, which comes now, would end the next dial.
			expect(memory.telnyxLegs[LEG]).toMatchObject({ has_ended: true });
		});

		it('goes on through Unanswered if the caller is there: somebody else has stopped it', async () => {
			const run = await afterCancel(true);
			expect(outputsOf(run, NODE)[1]).toMatchObject([
				{ json: { call_control_id: LEG, outcome: 'unanswered', reason: 'no_answer' } },
			]);
		});
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

	it('stops the music for the caller if Telnyx refuses the words for the called person', async () => {
		telnyx.answer = (request, index) =>
			request.url.endsWith('/speak')
				? { status: 422, body: { errors: [{ code: '10015', title: 'Invalid voice' }] } }
				: dialing(request, index);
		const options = { hold_music_url: 'https://example.com/hold.mp3' };
		const set = { ...TRANSFER, whisper: 'About an order', options };
		const { happen } = await begin(set, { items: INBOUND });
		const [dial] = await dialed();
		await sent('playback_start');
		const { client_state } = bodyOf(dial);
		const { run } = await happen('call.answered', { call_control_id: 'v3:1', client_state });
		expect(run?.data.resultData.error?.message).toContain('does not accept');
		expect((await sent('playback_stop')).map(legOf)).toEqual([LEG]);
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
