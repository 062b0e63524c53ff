import { startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

const state = (id: string) => harness.simulator.calls.get(id)?.state;
const actions = () => harness.client.calls.actions;
const last = (type: string) =>
	harness
		.received()
		.filter((event) => event.type === type)
		.at(-1)?.payload;

describe('an inbound call', () => {
	it('rings until it is answered, and ends when the caller hangs up', async () => {
		const { simulator } = harness;
		const { call_control_id: id } = simulator.placeCall({ from: '+13125550188' });
		expect(state(id)).toBe('initiated');
		await harness.pass(600);
		expect(state(id)).toBe('ringing');
		expect(last('call.initiated')).toMatchObject({
			connection_id: harness.application,
			direction: 'incoming',
			state: 'parked',
			from: '+13125550188',
			client_state: null,
		});

		await actions().answer(id, {});
		expect(state(id)).toBe('answered');

		simulator.hangup(id);
		expect(state(id)).toBe('ended');
		expect(await harness.news()).toEqual(['call.initiated', 'call.answered', 'call.hangup']);
		expect(last('call.hangup')).toMatchObject({
			hangup_cause: 'normal_clearing',
			hangup_source: 'caller',
			state: 'hangup',
		});
	});

	it.each([
		['CALL_REJECTED', 'call_rejected', '603'],
		['USER_BUSY', 'user_busy', '486'],
	] as const)('is rejected with %s', async (cause, hangup_cause, sip_hangup_cause) => {
		const { call_control_id: id } = harness.simulator.placeCall();
		await actions().reject(id, { cause });
		await harness.news();
		expect(last('call.hangup')).toMatchObject({
			hangup_cause,
			sip_hangup_cause,
			hangup_source: 'callee',
		});
	});

	it('ends when the caller gives up', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		harness.simulator.hangup(id);
		await harness.news();
		expect(last('call.hangup')).toMatchObject({ hangup_cause: 'originator_cancel' });
	});
});

describe('an outbound call', () => {
	const dial = async (body = {}) => await harness.dial(body);

	it('rings and is accepted', async () => {
		const id = await dial({ client_state: 'aGk=' });
		await harness.pass(600);
		expect(state(id)).toBe('ringing');
		harness.simulator.answer(id);
		expect(await harness.news()).toEqual(['call.initiated', 'call.answered']);
		expect(last('call.initiated')).toMatchObject({
			direction: 'outgoing',
			state: 'bridging',
			client_state: 'aGk=',
		});
	});

	it('is declined', async () => {
		harness.simulator.reject(await dial());
		await harness.news();
		expect(last('call.hangup')).toMatchObject({
			hangup_cause: 'call_rejected',
			hangup_source: 'callee',
		});
	});

	it('ends without an answer after timeout_secs', async () => {
		const id = await dial({ timeout_secs: 20 });
		await harness.pass(19_999);
		expect(state(id)).toBe('ringing');
		await harness.pass(1);
		expect(last('call.hangup')).toMatchObject({ hangup_cause: 'timeout' });
	});

	it('ends after time_limit_secs', async () => {
		const id = await dial({ time_limit_secs: 60 });
		harness.simulator.answer(id);
		await harness.pass(60_000);
		expect(last('call.hangup')).toMatchObject({ hangup_cause: 'time_limit' });
	});

	it('to several numbers is connected to the first who answers', async () => {
		const id = await dial({ to: ['+13125550177', '+13125550178'] });
		const [other] = [...harness.simulator.calls.keys()].filter((one) => one !== id);
		harness.simulator.answer(other);
		expect(state(id)).toBe('ended');
		expect(state(other)).toBe('answered');
	});

	it('sends digits that follow the number', async () => {
		const id = await dial({ to: '+13125550177,200' });
		harness.simulator.answer(id);
		expect(harness.simulator.calls.get(id)).toMatchObject({
			to: '+13125550177',
			heard: [{ kind: 'tone', text: '200' }],
		});
	});

	it.each([
		['detect', {}, [['call.machine.detection.ended', 'human']]],
		['detect', { as: 'machine' }, [['call.machine.detection.ended', 'machine']]],
		[
			'greeting_end',
			{ as: 'machine', beep: false },
			[
				['call.machine.detection.ended', 'machine'],
				['call.machine.greeting.ended', 'ended'],
			],
		],
		['detect_beep', { as: 'machine', beep: false }, [['call.machine.detection.ended', 'machine']]],
		['premium', {}, [['call.machine.premium.detection.ended', 'human_residence']]],
		[
			'premium',
			{ as: 'machine' },
			[
				['call.machine.premium.detection.ended', 'machine'],
				['call.machine.premium.greeting.ended', 'beep_detected'],
			],
		],
		['disabled', { as: 'machine' }, []],
	] as const)('with detection %s, answered by %j', async (mode, who, expected) => {
		const id = await dial({ answering_machine_detection: mode });
		harness.simulator.answer(id, who);
		await harness.news();
		await harness.pass(10_000);
		const found = harness.received().slice(2);
		expect(found.map(({ payload, type }) => [type, payload.result])).toEqual(expected);
	});

	it('supervises another one, whose end is its own', async () => {
		const call = await harness.answeredCall();
		const id = await dial({ supervise_call_control_id: call, supervisor_role: 'monitor' });
		harness.simulator.answer(id);
		await actions().switchSupervisorRole(id, { role: 'whisper' });
		expect(harness.simulator.calls.get(id)?.supervisorRole).toBe('whisper');
		harness.simulator.hangup(call);
		expect(state(id)).toBe('ended');
	});

	it('is bridged with another one as soon as it is answered', async () => {
		const call = await harness.answeredCall();
		const id = await dial({ link_to: call, bridge_on_answer: true });
		harness.simulator.answer(id);
		expect([state(call), state(id)]).toEqual(['bridged', 'bridged']);
		const [one, two] = [call, id].map((each) => harness.simulator.calls.get(each));
		expect(one?.call_session_id).toBe(two?.call_session_id);
	});
});

describe('two legs', () => {
	it('are bridged and end together', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.dialledCall()];
		await actions().bridge(one, { call_control_id_to_bridge_with: two });
		await harness.pass(1000);
		expect(await harness.news()).toEqual(['call.bridged', 'call.bridged']);
		harness.simulator.hangup(one);
		expect([state(one), state(two)]).toEqual(['ended', 'ended']);
	});

	it('are parted, and the leg that is to be parked stays', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.dialledCall()];
		await actions().bridge(one, {
			call_control_id_to_bridge_with: two,
			park_after_unbridge: 'self',
		});
		await harness.pass(1000);
		harness.simulator.hangup(two);
		expect([state(one), state(two)]).toEqual(['answered', 'ended']);
	});

	it('pass on key tones', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.dialledCall()];
		await actions().bridge(one, { call_control_id_to_bridge_with: two });
		await harness.pass(1000);
		await harness.news();
		await actions().sendDtmf(one, { digits: '1w#' });
		await harness.pass(5000);
		expect(await harness.news()).toEqual(['call.dtmf.received', 'call.dtmf.received']);
		expect(last('call.dtmf.received')).toMatchObject({ call_control_id: two, digit: '#' });
		expect(harness.simulator.calls.get(one)?.heard.at(-1)).toMatchObject({ text: '1w#' });
	});

	it('result from a transfer', async () => {
		const call = await harness.answeredCall();
		await actions().transfer(call, { to: '+13125550199', target_leg_client_state: 'Qg==' });
		const [target] = [...harness.simulator.calls.keys()].filter((id) => id !== call);
		harness.simulator.answer(target);
		expect(await harness.news()).toEqual([
			'call.initiated',
			'call.answered',
			'call.bridged',
			'call.bridged',
		]);
		expect(harness.simulator.calls.get(target)).toMatchObject({
			client_state: 'Qg==',
			call_session_id: harness.simulator.calls.get(call)?.call_session_id,
		});
	});
});

describe('client_state', () => {
	it('stays with the leg until it is replaced', async () => {
		const id = await harness.answeredCall();
		await actions().speak(id, { payload: 'Hello', voice: 'female', client_state: 'MQ==' });
		harness.simulator.press(id, '1');
		await actions().updateClientState(id, { client_state: 'Mg==' });
		harness.simulator.press(id, '2');
		await harness.news();
		const states = harness.received().map(({ payload, type }) => [type, payload.client_state]);
		expect(states.slice(2)).toEqual([
			['call.speak.started', 'MQ=='],
			['call.dtmf.received', 'MQ=='],
			['call.dtmf.received', 'Mg=='],
		]);
	});
});

describe('command_id', () => {
	it('lets a command be carried out only once within a minute', async () => {
		const id = await harness.answeredCall();
		const speak = async () =>
			await actions().speak(id, { payload: 'Hello', voice: 'female', command_id: 'once' });
		await speak();
		expect(await speak()).toEqual({ data: { result: 'ok' } });
		expect(await harness.news()).toEqual(['call.speak.started']);
		expect(harness.simulator.requests.map(({ duplicate }) => duplicate)).toEqual([
			false,
			false,
			true,
		]);
		await harness.pass(60_000);
		await speak();
		expect(await harness.news()).toEqual(['call.speak.ended', 'call.speak.started']);
	});

	it('is remembered for each call separately, and not for a refused command', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.answeredCall()];
		const command = { payload: 'Hello', voice: 'female', command_id: 'once' };
		await actions().speak(one, command);
		await actions().speak(two, command);
		expect(await harness.news()).toEqual(['call.speak.started', 'call.speak.started']);

		const { call_control_id: id } = harness.simulator.placeCall();
		await expect(actions().speak(id, { ...command, command_id: 'other' })).rejects.toThrow();
		await actions().answer(id, { command_id: 'other' });
		expect(state(id)).toBe('answered');
	});

	it('lets a number be dialed only once', async () => {
		const body = {
			connection_id: harness.application,
			from: '+13125550100',
			to: '+13125550177',
			command_id: 'once',
		};
		const first = await harness.client.calls.dial(body);
		const second = await harness.client.calls.dial(body);
		expect(second.data?.call_control_id).toBe(first.data?.call_control_id);
		expect(harness.simulator.calls.size).toBe(1);
	});

	it('makes a repeated hangup a success', async () => {
		const id = await harness.answeredCall();
		await actions().hangup(id, { command_id: 'bye' });
		await expect(actions().hangup(id, { command_id: 'bye' })).resolves.toBeDefined();
	});
});

describe('the person at the phone', () => {
	it('is told why something is not possible', async () => {
		const { call_control_id: id } = harness.simulator.placeCall();
		expect(() => harness.simulator.press(id, '1')).toThrow('Nobody has answered yet.');
		expect(() => harness.simulator.answer(id)).toThrow('This phone is the one that calls.');
		harness.simulator.hangup(id);
		expect(() => harness.simulator.hangup(id)).toThrow('This call is over.');
		expect(() => harness.simulator.hangup('v3:none')).toThrow('There is no such call.');
	});
});

describe('a phone with a habit', () => {
	const outcome = async () => {
		await harness.pass(600);
		await harness.news();
		return harness.received().map(({ payload, type }) => payload.hangup_cause ?? type);
	};

	it.each([
		['answer', ['call.initiated', 'call.answered']],
		['answerAsMachine', ['call.initiated', 'call.answered']],
		['decline', ['call.initiated', 'call_rejected']],
		['busy', ['call.initiated', 'user_busy']],
		['letItRing', ['call.initiated']],
	] as const)('does %s when it rings', async (does, expected) => {
		harness.simulator.whenRung('+13125550177', { does });
		await harness.dial();
		expect(await outcome()).toEqual(expected);
	});

	it('waits before it does so', async () => {
		harness.simulator.whenRung('+13125550177', { does: 'answer', afterMs: 5000 });
		const id = await harness.dial();
		await harness.pass(5599);
		expect(state(id)).toBe('ringing');
		await harness.pass(1);
		expect(state(id)).toBe('answered');
	});

	it('presses its keys whenever keys are asked for', async () => {
		harness.simulator.whenRung('+13125550177', { does: 'answer', keys: '1' });
		const id = await harness.dial();
		await harness.pass(600);
		await actions().gatherUsingSpeak(id, {
			payload: 'Press 1 to take the call',
			voice: 'female',
			maximum_digits: 1,
		});
		await harness.pass(1000);
		await harness.news();
		expect(last('call.gather.ended')).toMatchObject({ digits: '1', status: 'valid' });
	});

	it('is an ordinary phone again', async () => {
		harness.simulator.whenRung('+13125550177', { does: 'decline' });
		harness.simulator.whenRung('+13125550177', null);
		const id = await harness.dial();
		await harness.pass(600);
		expect(state(id)).toBe('ringing');
	});
});

describe('a ring group', () => {
	const ring = async (caller: string, to: string) =>
		await harness.dial({
			to,
			link_to: caller,
			bridge_intent: true,
			bridge_on_answer: true,
			prevent_double_bridge: true,
		});

	it('connects the first who answers, and hangs up on the second', async () => {
		const caller = await harness.answeredCall();
		const [first, second] = [
			await ring(caller, '+13125550161'),
			await ring(caller, '+13125550162'),
		];
		harness.simulator.answer(first);
		harness.simulator.answer(second);
		expect([caller, first, second].map(state)).toEqual(['bridged', 'bridged', 'ended']);
		expect(harness.simulator.calls.get(first)?.from).toBe('+13125550142');
		expect((await harness.news()).slice(2)).toEqual([
			'call.answered',
			'call.bridged',
			'call.bridged',
			'call.answered',
			'call.hangup',
		]);
	});

	it('rings on when the caller hangs up, until it is told to stop', async () => {
		const caller = await harness.answeredCall();
		const agent = await ring(caller, '+13125550161');
		await harness.pass(600);
		harness.simulator.hangup(caller);
		expect(state(agent)).toBe('ringing');
		await actions().hangup(agent, {});
		await harness.news();
		expect(last('call.hangup')).toMatchObject({ hangup_cause: 'originator_cancel' });
	});

	it('is busy, or does not answer in time', async () => {
		const caller = await harness.answeredCall();
		const [busy, away] = [
			await ring(caller, '+13125550161'),
			await harness.dial({ to: '+13125550162', link_to: caller, timeout_secs: 5 }),
		];
		harness.simulator.busy(busy);
		await harness.news();
		expect(last('call.hangup')).toMatchObject({
			hangup_cause: 'user_busy',
			sip_hangup_cause: '486',
		});
		await harness.pass(5000);
		expect(last('call.hangup')).toMatchObject({ call_control_id: away, hangup_cause: 'timeout' });
	});
});

describe('a bridge', () => {
	const bridged = async (body = {}) => {
		const [one, two] = [await harness.answeredCall(), await harness.dialledCall()];
		await actions().bridge(one, { call_control_id_to_bridge_with: two, ...body });
		await harness.pass(1000);
		await harness.news();
		return [one, two] as const;
	};

	it('is not taken away from its bridge if that is to be prevented', async () => {
		const [, agent] = await bridged();
		const late = await harness.answeredCall();
		const body = { call_control_id_to_bridge_with: agent, prevent_double_bridge: true };
		await expect(actions().bridge(late, body)).rejects.toMatchObject({ status: 422 });
		expect(state(late)).toBe('answered');
		await actions().bridge(late, { call_control_id_to_bridge_with: agent });
		await harness.pass(1000);
		expect(state(late)).toBe('bridged');
	});

	it('waits for a callee who has not answered yet if the caller hears ringback', async () => {
		const [caller, agent] = [await harness.answeredCall(), await harness.dial()];
		await actions().bridge(caller, {
			call_control_id_to_bridge_with: agent,
			play_ringtone: true,
		});
		await harness.pass(600);
		expect(state(caller)).toBe('answered');
		harness.simulator.answer(agent);
		await harness.pass(300);
		expect([caller, agent].map(state)).toEqual(['bridged', 'bridged']);
	});

	it('leaves a leg on hold that is to be parked', async () => {
		const [one, two] = await bridged({ hold_after_unbridge: true });
		harness.simulator.hangup(two);
		expect(state(one)).toBe('answered');
	});

	it('lets both hear what the other says and presses', async () => {
		const [one, two] = await bridged();
		harness.simulator.say(one, 'Good morning');
		harness.simulator.press(two, '5');
		const heard = (id: string) =>
			harness.simulator.calls.get(id)?.heard.map(({ kind, text }) => [kind, text]);
		expect(heard(one)).toEqual([
			['person', 'Good morning'],
			['tone', '5'],
		]);
		expect(heard(two)).toEqual([['otherParty', 'Good morning']]);
	});

	it('follows the announcement to the person who gets the call', async () => {
		const caller = await harness.answeredCall();
		await actions().transfer(caller, {
			to: '+13125550199',
			audio_url: 'https://example.com/whisper.mp3',
		});
		const agent = [...harness.simulator.calls.keys()].at(-1) ?? '';
		harness.simulator.answer(agent);
		expect(state(agent)).toBe('answered');
		await harness.pass(4000);
		expect([caller, agent].map(state)).toEqual(['bridged', 'bridged']);
	});
});

it('a supervisor who whispers is heard by one side, and hears both', async () => {
	const [caller, agent] = [await harness.answeredCall(), await harness.dialledCall()];
	await actions().bridge(caller, { call_control_id_to_bridge_with: agent });
	await harness.pass(1000);
	const supervisor = await harness.dialledCall({
		supervise_call_control_id: agent,
		supervisor_role: 'whisper',
	});
	harness.simulator.say(caller, 'Hello');
	harness.simulator.say(supervisor, 'Be kind');
	const heard = (id: string) =>
		harness.simulator.calls
			.get(id)
			?.heard.filter(({ kind }) => kind === 'otherParty')
			.map(({ text }) => text);
	expect([caller, agent, supervisor].map(heard)).toEqual([[], ['Hello', 'Be kind'], ['Hello']]);
});
