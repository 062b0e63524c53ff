import { answers, notes, refusedIn } from '../../nodes/waiting/answers';
import { executions } from '../../nodes/waiting/executions';
import { learnOrigin } from '../../nodes/waiting/ownAddress';
import { LEGS_MADE } from '../../nodes/waiting/wait';
import { bodyOf, dialing, legOf } from '../support/callCommands';
import { eventually, turns } from '../support/eventually';
import { signedEvent, type FlowOptions } from '../support/paused';
import { useRecorder, type Recorder } from '../support/recorder';
import { skipWaits } from '../support/skipWaits';
import { ASK_FOR_CHOICE, byId, INBOUND, LEG, NODE, useSteps } from '../support/steps';
import { useWakeUps } from '../support/wakeUps';

/** *Ring Group* in n8n's engine. */
const { telnyx, keys, begin, outputsOf, commands, dials, dialed, sent } = useSteps();

const answersOf = jest.spyOn(answers, 'set');
const notesOf = jest.spyOn(notes, 'set');
beforeEach(() => {
	answersOf.mockClear();
	notesOf.mockClear();
});

describe('Ring Group', () => {
	const BUSY = { hangup_cause: 'user_busy' };
	const SORRY = { options: { goodbye: 'Sorry!' } };
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
	/** Telnyx refuses to dial some of the numbers. */
	const refusing =
		(...digits: string[]): Recorder['answer'] =>
		(request, index) =>
			request.url.endsWith('/calls') && digits.includes(String(bodyOf(request).to).slice(-1))
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

	describe('on a call that another execution has answered', () => {
		const CALLER = { from: '+13125559999', to: '+13125550100' };

		it.each<[string, object, string, string, object]>([
			[
				'asked',
				ASK_FOR_CHOICE,
				'gather_using_speak',
				'call.gather.ended',
				{ status: 'valid', digits: '1' },
			],
			['connected', { operation: 'transfer', to: '+13125550109' }, 'transfer', 'call.bridged', {}],
		])(
			'calls from the number that was dialed, also after the caller was %s',
			async (_, before, command, event, payload) => {
				telnyx.answer = dialing;
				const nodes = { Before: before, [NODE]: GROUP };
				const { happen } = await begin({}, { nodes: nodes as never, items: INBOUND });
				await sent(command);
				await happen(event, { ...payload, ...CALLER });
				const [dial] = await dialed(2);
				expect(bodyOf(dial)).toMatchObject({ from: '+13125550100', connection_id: '129' });
			},
		);
	});

	it('calls from the same number for somebody whom it has called for a caller', async () => {
		telnyx.answer = dialing;
		const forOther = { ...GROUP, options: { call_control_id: 'v3:1' } };
		const nodes = { Answer: { operation: 'answer' }, First: GROUP, [NODE]: forOther };
		const { happen } = await begin({}, { nodes: nodes as never, items: INBOUND });
		await sent('answer');
		const caller = { from: '+13125559999', to: '+13125550100' };
		await happen('call.answered', caller);
		const [dial] = await dialed(2);
		// Telnyx shows the number of the caller.
		const { client_state } = bodyOf(dial);
		const called = { call_control_id: 'v3:1', connection_id: '129', client_state, ...caller };
		await happen('call.answered', called);
		await happen('call.bridged', called);
		const [, , third] = await dialed(4);
		expect(bodyOf(third)).toMatchObject({ from: '+13125550100', link_to: 'v3:1' });
	});

	it('calls from the number that a transfer has shown', async () => {
		telnyx.answer = dialing;
		const ofAgent = { ...GROUP, options: { call_control_id: 'v3:agent' } };
		const nodes = { Before: { operation: 'transfer', to: '+13125550109' }, [NODE]: ofAgent };
		const { happen } = await begin({}, { nodes: nodes as never, items: INBOUND });
		const [transfer] = await sent('transfer');
		const { target_leg_client_state: client_state } = bodyOf(transfer);
		const numbers = { from: '+13125550100', to: '+13125550109' };
		const agent = { call_control_id: 'v3:agent', connection_id: '129', client_state };
		await happen('call.bridged', { ...agent, ...numbers });
		const [dial] = await dialed(2);
		expect(bodyOf(dial)).toMatchObject({ from: '+13125550100', link_to: 'v3:agent' });
	});

	it('calls from the number that this execution has called from', async () => {
		telnyx.answer = dialing;
		const [from, to] = ['+13125550100', '+13125550109'];
		const call = { operation: 'callSomeone', to, from: byId(from), connection_id: byId('129') };
		const nodes = { Call: call, [NODE]: GROUP };
		const { happen } = await begin({}, { nodes: nodes as never, items: [{}] });
		const [first] = await dialed();
		const { client_state } = bodyOf(first);
		const about = { call_control_id: 'v3:9', connection_id: '129', client_state };
		await happen('call.answered', { ...about, from, to });
		const [, dial] = await dialed(2);
		expect(bodyOf(dial)).toMatchObject({ from, link_to: 'v3:9' });
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

	describe('where Telnyx refuses the last number after the others are gone', () => {
		const n8n = useRecorder();
		const { wake } = useWakeUps(n8n);
		// Only a process that has received a webhook knows who is gone.
		beforeAll(() => {
			const socket = { localAddress: '127.0.0.1', localPort: Number(new URL(n8n.baseUrl).port) };
			learnOrigin({ getRequestObject: () => ({ socket }) } as never);
		});
		const goneAndRefused = (to: string[], count: number, ...refused: string[]) => {
			const { answer, release } = dialingLate(refused.at(-1)!);
			const group = { ...SORRY, to: to.map((digit) => `+1312555010${digit}`).join() };
			const inTime: Recorder['answer'] = async (request, index) => {
				await answer(request, index);
				return await refusing(...refused)(request, index);
			};
			return { release, begun: ring(group, count, inTime, { origin: n8n.baseUrl }) };
		};

		it('it says goodbye and goes on through Unanswered', async () => {
			const { begun, release } = goneAndRefused(['1', '2'], 2, '2');
			const one = await begun;
			expect((await one.tell('1', 'call.hangup', BUSY)).run).toBeUndefined();
			release();
			expect((await wake(one)).run).toBeUndefined();
			const [goodbye] = await sent('speak');
			const { client_state } = bodyOf(goodbye);
			const { run } = await one.happen('call.speak.ended', { client_state, status: 'completed' });
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered' } }]);
		});

		it('and has refused the first one before, too', async () => {
			const { begun, release } = goneAndRefused(['1', '2', '3'], 1, '1', '3');
			const one = await begun;
			const { body, headers } = await eventually('the execution to be told', () =>
				n8n.requests.find((request) => JSON.parse(request.body).kind === 'refused'),
			);
			const dialsOthers = one.receive(body, headers as Record<string, string>);
			await dialed(3);
			expect((await one.tell('2', 'call.hangup', BUSY)).run).toBeUndefined();
			release();
			expect((await dialsOthers).run).toBeUndefined();
			await wake(one);
			await sent('speak');
		});
	});

	it('stops the music where it fails', async () => {
		const set = { asks_key: true, options: { hold_music_url: 'https://example.com/hold.mp3' } };
		const { tell } = await ring(set, 2, (request, index) =>
			request.url.endsWith('/gather_using_speak')
				? { status: 422, body: { errors: [{ code: '10015', title: 'Invalid voice' }] } }
				: dialing(request, index),
		);
		await sent('playback_start');
		const { run } = await tell('1', 'call.answered');
		expect(run?.data.resultData.error?.message).toContain('does not accept');
		await sent('playback_stop');
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

	it('also lets a phone stop ringing that was still being called when the caller left, each once', async () => {
		const { answer, release } = dialingLate('2');
		const { happen } = await ring({}, 2, answer);
		expect((await happen('call.hangup')).run).toBeDefined();
		release();
		await eventually('the last hangup', () =>
			commands('hangup').some((hangup) => legOf(hangup) === 'v3:2'),
		);
		await turns(100);
		expect(commands('hangup').map(legOf).sort()).toEqual(['v3:1', 'v3:2']);
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

	describe('whose second one to press 1', () => {
		skipWaits();
		const REFUSED = {
			status: 422,
			body: { errors: [{ code: '10015', title: 'Bridged with another call already' }] },
		};
		const UNCLEAR = { status: 500, body: {} };
		/** Both have pressed 1, and Telnyx gives these answers to the bridge of the second. */
		async function pressed(...toSecond: Array<ReturnType<Recorder['answer']>>) {
			const one = await ring({ asks_key: true }, 2, (request, index) => {
				const isSecond = request.url.endsWith('/bridge') && legOf(request) === 'v3:2';
				return (isSecond && toSecond.shift()) || dialing(request, index);
			});
			await allKnown(2);
			for (const phone of ['1', '2']) {
				await one.tell(phone, 'call.answered');
				const gathers = await sent('gather_using_speak', Number(phone));
				const { client_state } = bodyOf(gathers.at(-1)!);
				await one.tell(phone, 'call.gather.ended', { status: 'valid', digits: '1', client_state });
			}
			return one;
		}

		it('is refused does not leave them on a silent line', async () => {
			const { tell } = await pressed(REFUSED);
			expect(commands('hangup').map(legOf)).toEqual(['v3:2']);
			const { run } = await tell('1', 'call.bridged');
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:1' } }]);
		});

		it('may have been connected by an earlier try hangs up on nobody', async () => {
			const { tell } = await pressed(UNCLEAR, REFUSED);
			expect(commands('bridge').map(legOf)).toEqual(['v3:1', 'v3:2', 'v3:2']);
			expect(commands('hangup')).toEqual([]);
			const { run } = await tell('2', 'call.bridged');
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { other_call_control_id: 'v3:2' } }]);
		});

		it('may have been connected by another process hangs up on nobody', async () => {
			const alone = jest.spyOn(executions, 'get').mockReturnValue(undefined);
			await pressed(REFUSED);
			alone.mockRestore();
			expect(commands('hangup')).toEqual([]);
		});
	});

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
