import { makeKeyPair } from '../simulator/keys';
import {
	bodyOf,
	callCommands,
	clientStateOf,
	dialing,
	legOf,
	legTo,
} from '../support/callCommands';
import { credentialFor } from '../support/credential';
import { eventually } from '../support/eventually';
import { flow, outputsOf, signedEvent, type FlowOptions } from '../support/paused';
import { useRecorder, type Answer, type Recorder } from '../support/recorder';
import { skipWaits } from '../support/skipWaits';
import { cancelAfterwards } from '../support/startedExecutions';
import { useWakeUps } from '../support/wakeUps';

/** Approval by phone, in n8n's engine. What a whole n8n makes of it: test/e2e/agentCalls.test.ts. */
const telnyx = useRecorder();
cancelAfterwards();

const keys = makeKeyPair();
const { commands, dials, dialed, sent } = callCommands(telnyx);
let executions = 5_000;
const NODE = 'Approval';
const MANAGER = '+13125550101';
const DEPUTY = '+13125550102';
const APPROVAL = {
	operation: 'sendAndWait',
	to: MANAGER,
	from: { __rl: true, mode: 'id', value: '+13125550100' },
	connection_id: { __rl: true, mode: 'id', value: '1293384261075731461' },
	message: 'Ada asks for a refund of 120 dollars.',
	options: { detects_machines: false },
};

async function ask(
	more: object = {},
	{ answer = dialing, ...options }: Partial<FlowOptions> & { answer?: Recorder['answer'] } = {},
) {
	executions += 1;
	telnyx.answer = answer;
	const one = flow({
		credential: credentialFor(telnyx, { publicKey: keys.publicKey }),
		executionId: `${executions}`,
		nodes: { [NODE]: { ...APPROVAL, ...more } as never },
		items: [{ ticket: 7 }],
		...options,
	});
	const run = await one.start();
	/** Something happens to somebody who was called, with the client state of the last command for them. */
	const tell = async (number: string, type: string, payload: object = {}) => {
		const leg = legTo(number);
		const { body, headers } = signedEvent(keys, type, {
			call_control_id: leg,
			client_state: clientStateOf(telnyx, leg),
			...payload,
		});
		const resumed = await one.receive(body, headers);
		return outputsOf(resumed.run, NODE).map((items) => items.map(({ json }) => json));
	};
	const press = async (number: string, digits: string, status = 'valid') =>
		await tell(number, 'call.gather.ended', { digits, status });
	return { ...one, run, tell, press };
}

const NOBODY = { approved: false, data: { approved: false } };
const APPROVED_BEFORE = {
	ticket: 7,
	approved: true,
	reviewer: '+13125550109',
	data: { approved: true },
};
const GONE = {
	status: 422,
	body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
};
/** Dials, but refuses to say anything. */
const refusing =
	(answer: Answer): Recorder['answer'] =>
	(request, index) =>
		request.url.endsWith('/gather_using_speak') ? answer : dialing(request, index);
const INVALID_VOICE = {
	status: 422,
	body: { errors: [{ code: '10015', title: 'Invalid voice' }] },
};
const asked = async (count = 1) => (await sent('gather_using_speak', count)).map(bodyOf);
/** The same, where somebody has answered and hears the request. */
async function askOnThePhone(...given: Parameters<typeof ask>) {
	const one = await ask(...given);
	await dialed();
	await one.tell(MANAGER, 'call.answered');
	await asked();
	return one;
}

const APPROVED = { outcome: 'approved', approved: true, reviewer: MANAGER, ticket: 7 };

it('reads the request out, and goes on through Approved when it is approved and said so', async () => {
	const { tell, press } = await ask();
	await dialed();
	expect(await tell(MANAGER, 'call.answered')).toEqual([]);
	const [question] = await asked();
	expect(question).toMatchObject({
		payload:
			'Ada asks for a refund of 120 dollars. Press 1 to approve, 2 to decline, or 3 to hear this again.',
		valid_digits: '123',
	});
	expect(await press(MANAGER, '1')).toEqual([]);
	expect(bodyOf((await sent('speak'))[0]).payload).toContain('Approved');
	const [approved, declined, none] = await tell(MANAGER, 'call.speak.ended', {
		status: 'completed',
	});
	expect(approved).toEqual([expect.objectContaining({ ...APPROVED, data: { approved: true } })]);
	expect([declined, none]).toEqual([[], []]);
	await sent('hangup');
});

it('holds on to a decision if they hang up before it is said', async () => {
	const { tell, press } = await askOnThePhone();
	await press(MANAGER, '2');
	await sent('speak');
	const [, declined] = await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' });
	expect(declined).toMatchObject([{ outcome: 'declined', approved: false }]);
});

it('holds on to a decision if the call is over before it can be said', async () => {
	const { press } = await askOnThePhone();
	telnyx.answer = ({ url }) => (url.endsWith('/speak') ? GONE : { body: { data: {} } });
	const [approved] = await press(MANAGER, '1');
	expect(approved).toMatchObject([APPROVED]);
});

it('reads it again on request, but not for ever', async () => {
	const { tell, press } = await ask();
	await dialed();
	await tell(MANAGER, 'call.answered');
	for (let count = 1; count <= 6; count += 1) {
		await asked(count);
		expect(await press(MANAGER, '3')).toEqual([]);
	}
	await sent('hangup');
	expect(commands('gather_using_speak')).toHaveLength(6);
	const ids = commands('gather_using_speak').map((request) => bodyOf(request).command_id);
	expect(new Set(ids).size).toBe(6);
});

describe('nobody approves', () => {
	it.each([
		['who hangs up', 'call.hangup', { hangup_cause: 'normal_clearing' }, 'hung up without'],
		['who does not answer', 'call.hangup', { hangup_cause: 'timeout' }, 'no answer'],
	])('%s', async (who, type, payload, reason) => {
		const { tell } = await ask();
		await dialed();
		if (who === 'who hangs up') {
			await tell(MANAGER, 'call.answered');
			await asked();
		}
		const [, , none] = await tell(MANAGER, type, payload);
		expect(none).toMatchObject([
			{ outcome: 'no_decision', approved: false, reason: expect.stringContaining(reason) },
		]);
	});

	it('who hangs up before it is clear that no machine has answered', async () => {
		const { tell } = await ask({ options: { detects_machines: true } });
		await dialed();
		await tell(MANAGER, 'call.answered');
		const [, , none] = await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(none).toMatchObject([{ reason: expect.stringContaining('hung up without') }]);
	});

	it.each([
		['timeout', ''],
		['invalid', '9'],
		['valid', ''],
		['cancelled', ''],
	])('by a gather that ends with %s', async (status, digits) => {
		const { tell, press } = await askOnThePhone();
		expect(await press(MANAGER, digits, status)).toEqual([]);
		await sent('hangup');
		const [, , none] = await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(none).toMatchObject([{ reason: `${MANAGER}: no key was pressed` }]);
	});

	it('that is a machine, and it hears nothing', async () => {
		const { tell } = await ask({ options: {} });
		await dialed();
		expect(bodyOf(dials()[0]).answering_machine_detection).toBe('detect');
		await tell(MANAGER, 'call.answered');
		await tell(MANAGER, 'call.machine.detection.ended', { result: 'machine' });
		await sent('hangup');
		const [, , none] = await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(none).toMatchObject([{ reason: `${MANAGER}: a machine answered` }]);
		expect(commands('gather_using_speak')).toEqual([]);
	});

	it('in time', async () => {
		const { timeOut } = await ask();
		await dialed();
		const run = await timeOut();
		expect(outputsOf(run, NODE)[2]).toMatchObject([{ json: { outcome: 'timeout', ...NOBODY } }]);
	});

	it('in time, whoever approved something before', async () => {
		const { timeOut } = await ask({}, { items: [APPROVED_BEFORE] });
		await dialed();
		const [, , [{ json }]] = outputsOf(await timeOut(), NODE);
		expect(json).toMatchObject({ ticket: 7, outcome: 'timeout', ...NOBODY });
		expect(json).not.toHaveProperty('reviewer');
	});

	describe('where the node fails and n8n is to go on', () => {
		skipWaits();
		const settings = { onError: 'continueRegularOutput' } as const;

		it('and what is to be said is refused', async () => {
			const { tell } = await ask(
				{},
				{ items: [APPROVED_BEFORE], settings, answer: refusing(INVALID_VOICE) },
			);
			await dialed();
			const [approved, declined, [none]] = await tell(MANAGER, 'call.answered');
			expect([approved, declined]).toEqual([[], []]);
			expect(none).toMatchObject({ ticket: 7, outcome: 'failure', error: expect.any(String) });
			expect(none).toMatchObject(NOBODY);
		});

		it.each([{}, { retryOnFail: true }])(
			'and an agent had something approved before: %j',
			async (more) => {
				const { run } = await ask(
					{ pin: '={{ $json.pin_of_manager }}' },
					{ items: [APPROVED_BEFORE], settings: { ...settings, ...more }, isTool: true },
				);
				const [[answer]] = outputsOf(run, NODE);
				expect(answer.json).toMatchObject({ error: expect.stringContaining("'PIN'"), ...NOBODY });
				expect(answer.json).not.toHaveProperty('reviewer');
			},
		);

		it('and a field is wrong', async () => {
			const { run } = await ask(
				{ pin: '={{ $json.pin_of_manager }}' },
				{ items: [APPROVED_BEFORE], settings },
			);
			const [approved, declined, [none]] = outputsOf(run, NODE);
			expect([approved, declined]).toEqual([[], []]);
			expect(none.json).toMatchObject({ error: expect.stringContaining("'PIN'"), ...NOBODY });
			expect(dials()).toEqual([]);
		});
	});
});

describe('somebody who hangs up before the next command reaches Telnyx', () => {
	it.each([
		['the request', 1],
		['the repetition', 2],
	])('before %s: the next person is asked, once', async (_what, count) => {
		const { tell, press } = await ask({ to: `${MANAGER}, ${DEPUTY}` });
		await dialed();
		if (count > 1) {
			await tell(MANAGER, 'call.answered');
			await asked();
		}
		telnyx.answer = refusing(GONE);
		const last = count > 1 ? press(MANAGER, '3') : tell(MANAGER, 'call.answered');
		expect(await last).toEqual([]);
		await asked(count);
		telnyx.answer = dialing;
		expect(await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' })).toEqual([]);
		await dialed(2);
		const [, , none] = await tell(DEPUTY, 'call.hangup', { hangup_cause: 'user_busy' });
		expect(none).toMatchObject([
			{ reason: `${MANAGER}: they hung up without a decision; ${DEPUTY}: the line was busy` },
		]);
		expect(dials()).toHaveLength(2);
	});
});

describe('if Telnyx does not say whether a machine has answered', () => {
	const n8n = useRecorder();
	const { wake } = useWakeUps(n8n);

	it('the request is read out after a while', async () => {
		const one = await ask({ options: { detects_machines: true } }, { origin: n8n.baseUrl });
		await dialed();
		await one.tell(MANAGER, 'call.answered');
		expect(commands('gather_using_speak')).toEqual([]);
		await wake(one);
		await asked();
		await one.press(MANAGER, '1');
		await sent('speak');
	});

	it('but not a second time where it has said so', async () => {
		const one = await ask({ options: { detects_machines: true } }, { origin: n8n.baseUrl });
		await dialed();
		await one.tell(MANAGER, 'call.answered');
		await one.tell(MANAGER, 'call.machine.detection.ended', { result: 'human' });
		await asked();
		await wake(one);
		expect(commands('gather_using_speak')).toHaveLength(1);
	});
});

describe('what is read out is not longer than what Telnyx speaks', () => {
	it('of a message, which is said before anybody is called', async () => {
		const { run } = await ask({ message: 'a'.repeat(2_990) });
		expect(run.data.resultData.error?.message).toMatch(
			/^'Message' has 2990 characters, but only \d+ can be said before the text about the keys$/,
		);
		expect(dials()).toEqual([]);
	});
});

it('keeps to the first decision', async () => {
	const { tell, press } = await askOnThePhone();
	await press(MANAGER, '2');
	await sent('speak');
	expect(await press(MANAGER, '1')).toEqual([]);
	const [, declined] = await tell(MANAGER, 'call.speak.ended', { status: 'completed' });
	expect(declined).toMatchObject([{ approved: false }]);
	expect(commands('speak')).toHaveLength(1);
});

describe('a PIN', () => {
	const withPin = async () => {
		const one = await askOnThePhone({ pin: '4711' });
		await one.press(MANAGER, '1');
		const [, question] = await asked(2);
		expect(question).toMatchObject({ minimum_digits: 4, maximum_digits: 4 });
		return one;
	};

	it('is needed also where its expression finds nothing', async () => {
		const { run } = await ask({ pin: '={{ $json.pin_of_manager }}' });
		expect(run.data.resultData.error?.message).toBe(
			"'PIN' is empty: the expression {{ $json.pin_of_manager }} found nothing",
		);
		expect(dials()).toEqual([]);
	});

	it('approves', async () => {
		const { press, tell } = await withPin();
		await press(MANAGER, '4711');
		await sent('speak');
		const [approved] = await tell(MANAGER, 'call.speak.ended', { status: 'completed' });
		expect(approved).toMatchObject([APPROVED]);
		expect(JSON.stringify(approved)).not.toContain('4711');
	});

	it('that is wrong three times does not', async () => {
		const { press, tell } = await withPin();
		await press(MANAGER, '0000');
		await asked(3);
		await press(MANAGER, '47', 'timeout');
		await asked(4);
		await press(MANAGER, '0000');
		await sent('hangup');
		const [, , none] = await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' });
		expect(none).toMatchObject([{ reason: `${MANAGER}: the PIN was wrong` }]);
	});

	it('is not needed to decline', async () => {
		const { press, tell } = await askOnThePhone({ pin: '4711' });
		await press(MANAGER, '2');
		await sent('speak');
		const [, declined] = await tell(MANAGER, 'call.speak.ended', { status: 'completed' });
		expect(declined).toMatchObject([{ approved: false }]);
	});
});

describe('several people', () => {
	const TWO = { to: `${MANAGER}, ${DEPUTY}` };

	it('are asked one after the other', async () => {
		const { press, tell } = await ask(TWO);
		await dialed();
		expect(await tell(MANAGER, 'call.hangup', { hangup_cause: 'user_busy' })).toEqual([]);
		await dialed(2);
		expect(bodyOf(dials()[1]).to).toBe(DEPUTY);
		await tell(DEPUTY, 'call.answered');
		await asked();
		await press(DEPUTY, '1');
		await sent('speak');
		const [approved] = await tell(DEPUTY, 'call.speak.ended', { status: 'completed' });
		expect(approved).toMatchObject([{ approved: true, reviewer: DEPUTY }]);
	});

	it('of whom none decides are told of in the reason', async () => {
		const { tell } = await ask(TWO);
		await dialed();
		await tell(MANAGER, 'call.hangup', { hangup_cause: 'user_busy' });
		await dialed(2);
		const [, , none] = await tell(DEPUTY, 'call.hangup', { hangup_cause: 'call_rejected' });
		expect(none).toMatchObject([
			{ reason: `${MANAGER}: the line was busy; ${DEPUTY}: the call was declined` },
		]);
	});

	it('whose calls failed are not said to have given no answer', async () => {
		const { tell } = await ask(TWO);
		await dialed();
		await tell(MANAGER, 'call.hangup', { hangup_cause: 'not_found' });
		await dialed(2);
		const [, , none] = await tell(DEPUTY, 'call.hangup', { hangup_cause: 'timeout' });
		expect(none).toMatchObject([
			{ reason: `${MANAGER}: the call failed (not_found); ${DEPUTY}: no answer` },
		]);
	});

	it("whose calls Telnyx's network does not place are not said to have declined", async () => {
		const { tell } = await ask(TWO);
		await dialed();
		const telnyx_error = { error_code: 'D60' };
		await tell(MANAGER, 'call.hangup', { hangup_cause: 'call_rejected', telnyx_error });
		await dialed(2);
		const [, , none] = await tell(DEPUTY, 'call.hangup', { hangup_cause: 'user_busy' });
		expect(none).toMatchObject([
			{ reason: expect.stringContaining(`${MANAGER}: The level of the Telnyx account`) },
		]);
	});

	it('of whom Telnyx does not dial a later one are told of as well', async () => {
		const { tell } = await ask(TWO, {
			answer: (request, index) =>
				request.url.endsWith('/calls') && request.body.includes(DEPUTY)
					? { status: 422, body: { errors: [{ code: '10015', title: 'Bad Request' }] } }
					: dialing(request, index),
		});
		await dialed();
		const [, , none] = await tell(MANAGER, 'call.hangup', { hangup_cause: 'user_busy' });
		expect(none).toMatchObject([
			{ reason: expect.stringMatching(/^\+13125550101: the line was busy; \+13125550102: ./) },
		]);
	});

	describe('of whom Telnyx does not dial the first', () => {
		const n8n = useRecorder();
		const refusing: Recorder['answer'] = (request, index) =>
			request.url.endsWith('/calls') && request.body.includes(MANAGER)
				? { status: 422, body: { errors: [{ code: '10015', title: 'Bad Request' }] } }
				: dialing(request, index);

		it.each([
			[TWO.to, 2],
			[MANAGER, 1],
		])(': %s', async (to, count) => {
			const { receive } = await ask({ to }, { origin: n8n.baseUrl, answer: refusing });
			const told = await eventually('the execution to be told', () =>
				n8n.requests.find(({ body }) => JSON.parse(body).kind === 'refused'),
			);
			const { run } = await receive(told.body, told.headers as Record<string, string>);
			expect(dials()).toHaveLength(count);
			expect(run?.data.resultData.error === undefined).toBe(count === 2);
		});
	});
});

it('refuses keys that mean two things', async () => {
	const { run } = await ask({ options: { approve_key: '2' } });
	expect(run.data.resultData.error?.message).toContain('have to be different keys');
	expect(dials()).toEqual([]);
});

describe('no phone is left behind', () => {
	const hungUp = async (count: number) => (await sent('hangup', count)).map(legOf);

	it('when a decision comes later than the hangup, and the next person is being called', async () => {
		const { tell, press } = await askOnThePhone({ to: `${MANAGER}, ${DEPUTY}` });
		await tell(MANAGER, 'call.hangup', { hangup_cause: 'normal_clearing' });
		await dialed(2);
		telnyx.answer = ({ url }) => (url.endsWith('/speak') ? GONE : { body: { data: {} } });
		const [approved] = await press(MANAGER, '1');
		expect(approved).toMatchObject([APPROVED]);
		expect(await hungUp(2)).toContain('v3:2');
	});

	it('when Telnyx refuses what is to be said before the node knows whom it has dialed', async () => {
		let answerDial = () => {};
		const isAnswered = new Promise<void>((resolve) => (answerDial = resolve));
		const { tell } = await ask(
			{},
			{
				answer: async (request, index) => {
					if (request.url.endsWith('/gather_using_speak')) return INVALID_VOICE;
					if (request.url.endsWith('/calls')) await isAnswered;
					return await dialing(request, index);
				},
			},
		);
		await dialed();
		await tell(MANAGER, 'call.answered');
		expect(await hungUp(1)).toEqual(['v3:1']);
		answerDial();
	});
});
