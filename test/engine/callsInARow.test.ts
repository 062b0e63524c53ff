import { ownSecret } from '../../nodes/waiting/owner';
import { SECRET_HEADER } from '../../nodes/waiting/ownRequest';
import { requestInWords } from '../../nodes/TelnyxPhoneCall/steps/request';
import { makeKeyPair } from '../simulator/keys';
import { bodyOf, callCommands, clientStateOf, dialing, legOf } from '../support/callCommands';
import { credentialFor } from '../support/credential';
import { eventually, turns } from '../support/eventually';
import { byId } from '../support/n8nNodes';
import { flow, outputsOf, signedEvent, type FlowOptions } from '../support/paused';
import { useRecorder, type Recorder } from '../support/recorder';
import { cancelAfterwards } from '../support/startedExecutions';

/** Several steps of a call in a row, and what one leaves to the next. */
const telnyx = useRecorder();
cancelAfterwards();
const keys = makeKeyPair();
const { commands, dials, dialed, sent } = callCommands(telnyx);
let executions = 77_000;
const LEG = 'v3:caller';
const INBOUND = [
	{
		call_control_id: LEG,
		connection_id: '129',
		to: '+13125550100',
		direction: 'incoming',
		patient: 'Ada',
	},
];
const gone = {
	status: 422,
	body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
};

async function begin(
	nodes: object,
	more: Partial<FlowOptions> = {},
	answer: Recorder['answer'] = dialing,
) {
	executions += 1;
	telnyx.answer = answer;
	const credential = credentialFor(telnyx, { publicKey: keys.publicKey });
	const one = flow({
		credential,
		executionId: `${executions}`,
		nodes: nodes as never,
		items: INBOUND,
		...more,
	});
	const run = await one.start();
	/** An event of a leg, with the client state of the last command for it. */
	const tell = async (leg: string, type: string, payload: object = {}) => {
		const { body, headers } = signedEvent(keys, type, {
			call_control_id: leg,
			client_state: clientStateOf(telnyx, leg),
			...payload,
		});
		return await one.receive(body, headers);
	};
	/** A report of the node itself. */
	const own = async (kind: 'timeout' | 'pause') => {
		const entry = one.saved()!.executionData!.nodeExecutionStack[0];
		const { id } = (
			entry.metadata as unknown as { telnyxWait: { id: string; secret_hash: string } }
		).telnyxWait;
		return await one.receive(JSON.stringify({ kind, answer: {} }), {
			[SECRET_HEADER]: ownSecret(credential as never, id),
		});
	};
	return { ...one, run, tell, own };
}
const json = (items?: Array<{ json: object }>) => (items ?? []).map((item) => item.json);

const ANSWER = { operation: 'answer' };
const ASK = {
	operation: 'ask',
	text: 'Press 1.',
	choices: { items: [{ key: '1', name: 'Agent', say: 'One moment please.' }] },
};
const GROUP = { operation: 'ringGroup', to: '+13125550101, +13125550102' };
const APPROVAL = {
	operation: 'sendAndWait',
	to: '+13125550101',
	from: byId('+13125550100'),
	connection_id: byId('1293384261075731461'),
	message: 'Ada asks for a refund.',
	options: { detects_machines: false },
};
const CALL = {
	operation: 'callSomeone',
	to: '+13125550101',
	from: byId('+13125550100'),
	connection_id: byId('129'),
};

/** The caller is answered, and somebody who is called then approves what they are asked. */
async function answerAndApprove(tell: Awaited<ReturnType<typeof begin>>['tell']) {
	await sent('answer');
	await tell(LEG, 'call.answered');
	await dialed();
	await tell('v3:1', 'call.answered');
	await sent('gather_using_speak');
	await tell('v3:1', 'call.gather.ended', { status: 'valid', digits: '1' });
	await sent('speak');
	await tell('v3:1', 'call.speak.ended', { status: 'completed' });
}

describe('the stage of an earlier wait', () => {
	async function askFirst(next: object) {
		const one = await begin({ Ask: ASK, Step: next });
		await sent('gather_using_speak');
		await one.tell(LEG, 'call.gather.ended', { status: 'valid', digits: '1' });
		await sent('speak');
		await one.tell(LEG, 'call.speak.ended', { status: 'completed' });
		return one;
	}
	const WAIT = { operation: 'waitForEvent', events: ['call.dtmf.received'] };
	it('takes the key for Wait for Event behind an Ask that said something', async () => {
		const { tell } = await askFirst(WAIT);
		const { run } = await tell(LEG, 'call.dtmf.received', { digit: '7' });
		expect(json(outputsOf(run, 'Step')[0])).toMatchObject([{ outcome: 'key', key: '7' }]);
	});
	it('goes on through Hung Up of Wait for Event', async () => {
		const { tell } = await askFirst(WAIT);
		const { run } = await tell(LEG, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(json(outputsOf(run, 'Step')[2])).toMatchObject([{ outcome: 'hung_up' }]);
	});
	it('goes on through Hung Up of Ring Group, not Connected', async () => {
		const { tell } = await askFirst(GROUP);
		await dialed(2);
		const { run } = await tell(LEG, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(json(outputsOf(run, 'Step')[0])).toEqual([]);
		expect(json(outputsOf(run, 'Step')[2])).toMatchObject([{ outcome: 'hung_up' }]);
	});
});

describe('the call that later steps act on', () => {
	it('is the caller again after an approval', async () => {
		const { tell } = await begin({
			Answer: ANSWER,
			Approval: APPROVAL,
			Say: { operation: 'say', text: 'Done' },
		});
		await answerAndApprove(tell);
		const [, said] = await sent('speak', 2);
		expect(legOf(said)).toBe(LEG);
	});
	it('is the caller again after Call Someone that nobody answered', async () => {
		const { tell } = await begin({
			Answer: ANSWER,
			Call: CALL,
			Say: { operation: 'say', text: 'Nobody' },
		});
		await sent('answer');
		await tell(LEG, 'call.answered');
		await dialed();
		await tell('v3:1', 'call.hangup', { hangup_cause: 'user_busy' });
		const [said] = await sent('speak');
		expect(legOf(said)).toBe(LEG);
	});

	describe('is the caller again after Announce', () => {
		async function announce(answer?: Recorder['answer']) {
			const one = await begin(
				{
					Answer: ANSWER,
					Announce: { ...CALL, operation: 'announce', text: 'The door is open.' },
					Say: { operation: 'say', text: 'It failed' },
				},
				{ settings: { onError: 'continueRegularOutput' } },
				answer,
			);
			await sent('answer');
			await one.tell(LEG, 'call.answered');
			await dialed();
			await one.tell('v3:1', 'call.answered');
			return one;
		}
		it('whose text Telnyx has refused', async () => {
			const refused = { status: 422, body: { errors: [{ code: '10015', title: 'Invalid' }] } };
			const { tell } = await announce((request, index) =>
				request.url.endsWith('v3:1/actions/speak') ? refused : dialing(request, index),
			);
			await tell('v3:1', 'call.machine.detection.ended', { result: 'human' });
			const said = await sent('speak', 2);
			expect(said.map(legOf)).toEqual(['v3:1', LEG]);
		});
		it('whose end nobody reports in time', async () => {
			const { own } = await announce();
			await own('timeout');
			const [said] = await sent('speak');
			expect(legOf(said)).toBe(LEG);
		});
	});
});

describe('the other side, for Wait for Event', () => {
	const WAIT = { operation: 'waitForEvent', events: ['other_hung_up'] };
	it('is none of those whose phones only rang for Ring Group', async () => {
		const { tell } = await begin({ Group: GROUP, Wait: WAIT });
		await dialed(2);
		await tell('v3:2', 'call.answered');
		await tell('v3:2', 'call.bridged');
		await sent('hangup');
		expect((await tell('v3:1', 'call.hangup')).run).toBeUndefined();
		const { run } = await tell('v3:2', 'call.hangup');
		expect(json(outputsOf(run, 'Wait')[0])).toMatchObject([
			{ outcome: 'other_hung_up', other_call_control_id: 'v3:2' },
		]);
	});
	it('is nobody whose call was ended with that of the caller', async () => {
		const { tell } = await begin({ Answer: ANSWER, Call: { ...CALL, machine: 'tell' } });
		await sent('answer');
		await tell(LEG, 'call.answered');
		await dialed();
		await tell('v3:1', 'call.answered');
		const { run } = await tell(LEG, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect((await sent('hangup')).map(legOf)).toEqual(['v3:1']);
		expect(run!.data.executionData!.contextData.flow).toMatchObject({
			telnyxLegs: { 'v3:1': { has_ended: true } },
		});
	});
	it('is nobody who had to approve something', async () => {
		const { tell } = await begin({ Answer: ANSWER, Approval: APPROVAL, Wait: WAIT });
		await answerAndApprove(tell);
		await sent('hangup');
		expect((await tell('v3:1', 'call.hangup')).run).toBeUndefined();
	});

	describe('that hangs up while another node runs', () => {
		const n8n = useRecorder();
		const SECOND = { ...CALL, to: '+13125550102' };
		/** Two people are called, of whom these have left by the time of the waits, and nobody has said so. */
		async function left(legs: readonly string[], waits: object = { Wait: WAIT }) {
			const one = await begin(
				{ First: CALL, Second: SECOND, ...waits },
				{ origin: n8n.baseUrl },
				(request, index) => {
					if (request.method !== 'GET') return dialing(request, index);
					const id = decodeURIComponent(request.url.split('/').at(-1)!);
					return { body: { data: { call_control_id: id, is_alive: !legs.includes(id) } } };
				},
			);
			for (const [index, leg] of ['v3:1', 'v3:2'].entries()) {
				await dialed(index + 1);
				await one.tell(leg, 'call.answered');
			}
			return one;
		}
		const told = () => n8n.requests.filter(({ body }) => JSON.parse(body).kind === 'refused');
		const asked = (leg: string) =>
			telnyx.requests.filter(
				({ method, url }) => method === 'GET' && decodeURIComponent(url).endsWith(`/calls/${leg}`),
			);

		it('is noticed as soon as the wait begins, and only once', async () => {
			const { receive } = await left(['v3:1'], { Wait: WAIT, Again: WAIT });
			const [{ body, headers }] = await eventually(
				'the execution to be told',
				() => told().length > 0 && told(),
			);
			const { run } = await receive(body, headers as Record<string, string>);
			expect(json(outputsOf(run, 'Wait')[0])).toMatchObject([
				{
					outcome: 'other_hung_up',
					call_control_id: 'v3:2',
					other_call_control_id: 'v3:1',
					patient: 'Ada',
				},
			]);
			await eventually('the second wait to ask for its own call', () => asked('v3:2').length === 4);
			await turns(100);
			expect([told().length, asked('v3:1').length]).toEqual([1, 1]);
		});

		it('does not end the wait while somebody else is there', async () => {
			const THIRD = { ...CALL, to: '+13125550103' };
			const { tell } = await left(['v3:1'], { Third: THIRD, Wait: WAIT });
			await dialed(3);
			await tell('v3:3', 'call.answered');
			await eventually('the others to be asked for', () => asked('v3:2').length > 0);
			await turns(100);
			expect(told()).toEqual([]);
		});
	});
});

describe('a wait in which nothing happens, for an agent', () => {
	const WAIT = { operation: 'waitForEvent', events: ['other_hung_up'] };
	it('is told as that, and as no fault', async () => {
		const { own } = await begin({ Wait: WAIT }, { isTool: true });
		const { run } = await own('timeout');
		expect(json(outputsOf(run, 'Wait')[0])).toEqual([{ outcome: 'timeout', call_control_id: LEG }]);
	});
	it('is named where n8n itself ends the wait', async () => {
		const { timeOut } = await begin({ Wait: WAIT }, { isTool: true });
		expect(json(outputsOf(await timeOut(), 'Wait')[0])).toMatchObject([
			{ outcome: 'timeout', reason: 'Telnyx did not report call.hangup within 60 seconds' },
		]);
	});
});

describe('a call that is over before the step begins', () => {
	const over: Recorder['answer'] = (request, index) =>
		request.method === 'GET' && request.url.includes('/calls/')
			? { status: 200, body: { data: { call_control_id: LEG, is_alive: false } } }
			: dialing(request, index);
	it('leaves Wait for Event through Hung Up', async () => {
		const { run } = await begin(
			{ Step: { operation: 'waitForEvent', events: ['call.dtmf.received'] } },
			{},
			over,
		);
		expect(run.data.resultData.error?.message).toBeUndefined();
		expect(json(outputsOf(run, 'Step')[2])).toMatchObject([{ outcome: 'hung_up' }]);
	});
	it('leaves Ring Group through Hung Up', async () => {
		const { run } = await begin({ Step: GROUP }, {}, over);
		expect(run.data.resultData.error?.message).toBeUndefined();
		expect(json(outputsOf(run, 'Step')[2])).toMatchObject([{ outcome: 'hung_up' }]);
	});
});

describe('an approval while a caller is on the line', () => {
	it('calls nobody else when the caller hangs up', async () => {
		const { tell } = await begin({
			Answer: ANSWER,
			Approval: { ...APPROVAL, to: '+13125550101, +13125550102' },
		});
		await sent('answer');
		await tell(LEG, 'call.answered');
		await dialed();
		await tell(LEG, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(dials().map((one) => bodyOf(one).to)).toEqual(['+13125550101']);
	});
	it('says that the caller left', async () => {
		const { tell } = await begin({ Answer: ANSWER, Approval: APPROVAL });
		await sent('answer');
		await tell(LEG, 'call.answered');
		await dialed();
		const { run } = await tell(LEG, 'call.hangup', { hangup_cause: 'normal_clearing' });
		const [none] = json(outputsOf(run, 'Approval')[2]) as Array<{ reason: string }>;
		expect(none.reason).toMatch(/caller/);
	});
});

it('Announce says that it was being said when the caller left', async () => {
	const { tell } = await begin({
		Answer: ANSWER,
		Announce: { ...CALL, operation: 'announce', text: 'The door is open.' },
	});
	await sent('answer');
	await tell(LEG, 'call.answered');
	await dialed();
	await tell('v3:1', 'call.answered');
	await tell('v3:1', 'call.machine.detection.ended', { result: 'human' });
	await sent('speak');
	const { run } = await tell(LEG, 'call.hangup', { hangup_cause: 'normal_clearing' });
	expect(json(outputsOf(run, 'Announce')[0])).toMatchObject([
		{ outcome: 'told', said_to_end: false, call_control_id: 'v3:1' },
	]);
	expect(json(outputsOf(run, 'Announce')[1])).toEqual([]);
	expect((await sent('hangup')).map(legOf)).toEqual(['v3:1']);
});

describe('a decision', () => {
	async function asked(answer?: Recorder['answer']) {
		const one = await begin({ Approval: APPROVAL }, { items: [{ ticket: 7 }] }, answer);
		await dialed();
		await one.tell('v3:1', 'call.answered');
		await sent('gather_using_speak');
		return one;
	}
	it.each(['cancelled_amd', 'cancelled', 'invalid', 'timeout'])(
		'is not a 1 in a gather that ended with %s',
		async (status) => {
			const { tell } = await asked();
			await tell('v3:1', 'call.gather.ended', { status, digits: '1' });
			expect(
				commands('speak')
					.map(bodyOf)
					.map(({ payload }) => payload),
			).toEqual([]);
		},
	);
	it('stands when the time is over while it is being said', async () => {
		const { tell, own } = await asked();
		await tell('v3:1', 'call.gather.ended', { status: 'valid', digits: '1' });
		await sent('speak');
		const { run } = await own('timeout');
		expect(json(outputsOf(run, 'Approval')[0])).toMatchObject([{ approved: true }]);
	});
	it('stands when the hangup comes before Telnyx has answered the command that says it', async () => {
		let release = () => {};
		const released = new Promise<void>((resolve) => (release = resolve));
		const { tell } = await asked(async (request, index) => {
			if (!request.url.endsWith('/speak')) return await dialing(request, index);
			await released;
			return gone;
		});
		const gathered = tell('v3:1', 'call.gather.ended', { status: 'valid', digits: '1' });
		await sent('speak');
		const { client_state } = bodyOf(commands('gather_using_speak')[0]);
		const { run } = await tell('v3:1', 'call.hangup', {
			client_state,
			hangup_cause: 'normal_clearing',
		});
		release();
		await gathered;
		expect(json(outputsOf(run, 'Approval')[0])).toMatchObject([{ approved: true }]);
	});
});

describe('what a model is told', () => {
	it('is not that nobody answered when somebody approved and hung up', async () => {
		const { tell } = await begin({ Step: APPROVAL }, { isTool: true, items: [{ ticket: 7 }] });
		await dialed();
		await tell('v3:1', 'call.answered');
		await sent('gather_using_speak');
		await tell('v3:1', 'call.gather.ended', { status: 'valid', digits: '1' });
		await sent('speak');
		const { run } = await tell('v3:1', 'call.hangup', { hangup_cause: 'normal_clearing' });
		const [told] = json(outputsOf(run, 'Step')[0]);
		expect(told).toMatchObject({ approved: true });
		expect(told).not.toHaveProperty('reason');
	});
});

it('reads the values of a tool as they are', () => {
	const use = { name: 'pay', parameters: { note: "$$50 $& $'" } };
	const said = requestInWords('Pay [object Object]?', use, 100);
	expect(said).toBe("Pay note: $$50 $& $'?");
});

it('leaves no fax on the line where a message was to be left', async () => {
	const { tell } = await begin(
		{ Call: { ...CALL, machine: 'message', message: 'Hello' } },
		{ items: [{ a: 1 }] },
	);
	await dialed();
	await tell('v3:1', 'call.answered');
	const { run } = await tell('v3:1', 'call.machine.detection.ended', { result: 'fax_detected' });
	expect(json(outputsOf(run, 'Call')[1])).toMatchObject([{ outcome: 'machine' }]);
	expect(commands('hangup').map(legOf)).toEqual(['v3:1']);
});

it.each([true, false])(
	'every phone of a group sends its events where the first does, with a trigger: %s',
	async (isThere) => {
		const application = {
			id: '1',
			application_name: 'Front desk',
			webhook_api_version: '2',
			webhook_event_url: 'https://n8n.example.com/webhook/abc/webhook',
		};
		const items = [{ ...INBOUND[0], connection_id: `13${isThere}` }];
		const origin = 'https://n8n.example.com';
		await begin({ Step: GROUP }, { origin, items }, (request, index) =>
			request.method === 'GET' && request.url.includes('applications') && isThere
				? { body: { data: application } }
				: dialing(request, index),
		);
		await dialed(2);
		const [first, second] = dials().map((one) =>
			Object.keys((bodyOf(one).webhook_urls ?? {}) as object).sort(),
		);
		expect(second).toEqual(first);
	},
);
