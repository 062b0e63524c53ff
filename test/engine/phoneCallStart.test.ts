import { bodyOf, clientStateOf } from '../support/callCommands';
import { useRecorder } from '../support/recorder';
import { byId, LEG, NODE, useSteps } from '../support/steps';
import { useWakeUps } from '../support/wakeUps';

/** How a call starts without more ado: steps that answer by themselves, and calls from a number of the account. */
const { telnyx, begin, outputsOf, commands, dials, dialed, sent } = useSteps();

const THEIRS = 'v3:theirs';
const OURS = '+13125550100';
const APPLICATION = '1293384261075731461';

describe('a step on a call that still rings', () => {
	const RINGING = {
		event_type: 'call.initiated',
		call_control_id: LEG,
		direction: 'incoming',
		patient: 'Ada',
	};
	const SAY = { operation: 'say', text: 'Hello' };
	const start = async (parameters: object, item: object = RINGING) =>
		await begin(parameters, { items: [item] as never });

	it('answers, then does what it is for, and goes on when that is done', async () => {
		const { happen } = await start(SAY);
		await sent('answer');
		expect(commands('speak')).toEqual([]);

		expect((await happen('call.answered')).run).toBeUndefined();
		const [speak] = await sent('speak');
		expect(bodyOf(speak)).toMatchObject({ payload: 'Hello' });
		const { client_state } = bodyOf(speak);
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { outcome: 'done', patient: 'Ada' } }]);
	});

	it('says once what is reported twice', async () => {
		const { happen } = await start(SAY);
		await sent('answer');
		await happen('call.answered', {}, { id: 'the same' });
		await happen('call.answered', {}, { id: 'the same' });
		expect(await sent('speak')).toHaveLength(1);
	});

	it('goes on through Hung Up if the caller leaves before', async () => {
		const { happen } = await start(SAY);
		await sent('answer');
		const { run } = await happen('call.hangup', { hangup_cause: 'originator_cancel' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'hung_up' } }]);
		expect(commands('speak')).toEqual([]);
	});

	it.each([
		[
			'ask',
			{ text: 'Press 1.', choices: { items: [{ key: '1', name: 'A' }] } },
			'gather_using_speak',
		],
		['listen', { text: 'Well?' }, 'speak'],
		['play', { audio_url: 'https://example.com/a.mp3' }, 'playback_start'],
		['record', { text: 'After the beep.' }, 'speak'],
		['record', {}, 'record_start'],
	])('answers before it does %s with %j', async (operation, fields, command) => {
		const { happen } = await start({ operation, ...fields });
		await sent('answer');
		expect(commands(command)).toEqual([]);
		await happen('call.answered');
		await sent(command);
	});

	it('says nothing to a call that it has only asked Telnyx to answer', async () => {
		let answered = () => {};
		const isAnswered = new Promise<void>((resolve) => (answered = resolve));
		telnyx.answer = async ({ url }) => {
			if (url.endsWith('/answer')) await isAnswered;
			return { body: { data: { result: 'ok' } } };
		};
		const { happen } = await start({ operation: 'listen', text: 'Well?' });
		await sent('answer');
		answered();
		await happen('call.answered');
		await sent('speak');
		const actions = telnyx.requests.map(({ url }) => url.split('/').at(-1));
		expect(actions).toEqual(['answer', 'transcription_start', 'speak']);
	});

	it('records after the words, as on a call that was answered before', async () => {
		const { happen } = await start({ operation: 'record', text: 'After the beep.' });
		await sent('answer');
		await happen('call.answered');
		await sent('speak');
		const client_state = clientStateOf(telnyx, LEG);
		await happen('call.speak.ended', { client_state, status: 'completed' });
		await sent('record_start');
	});

	it.each([
		['was answered by the workflow that called this one', { ...RINGING, outcome: 'answered' }],
		['is a call of ours', { ...RINGING, direction: 'outgoing' }],
		['was answered before the workflow began', { ...RINGING, event_type: 'call.answered' }],
	])('does not answer one that %s', async (_what, item) => {
		await start(SAY, item);
		await sent('speak');
		expect(commands('answer')).toEqual([]);
	});
});

describe('Announce', () => {
	const ANNOUNCE = {
		operation: 'announce',
		to: '+13125550101',
		from: byId(OURS),
		connection_id: byId(APPLICATION),
		text: 'See you tomorrow.',
	};
	const n8n = useRecorder();
	const { wake } = useWakeUps(n8n);
	async function call(more: object = {}) {
		telnyx.answer = () => ({ body: { data: { call_control_id: THEIRS } } });
		const one = await begin({ ...ANNOUNCE, ...more }, { origin: n8n.baseUrl });
		const [command] = await dialed();
		const { client_state } = bodyOf(command);
		const happen = async (type: string, payload: object = {}) =>
			await one.happen(type, { call_control_id: THEIRS, client_state, ...payload });
		return { ...one, happen };
	}
	const said = async () => {
		const [speak] = await sent('speak');
		return bodyOf(speak);
	};

	it('tells a person, and hangs up', async () => {
		const { happen } = await call();
		await happen('call.answered');
		expect(commands('speak')).toEqual([]);
		await happen('call.machine.detection.ended', { result: 'human' });
		const { client_state, payload } = await said();
		expect(payload).toBe('See you tomorrow.');
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { outcome: 'told', said_to_end: true, patient: 'Ada', call_control_id: THEIRS } },
		]);
		await sent('hangup');
	});

	it('says it as well if Telnyx does not report who has answered', async () => {
		const one = await call();
		await one.happen('call.answered');
		await wake(one);
		expect((await said()).payload).toBe('See you tomorrow.');
	});

	it.each(['call.machine.detection.ended', 'call.machine.greeting.ended'])(
		'does not say it over a message: after %s',
		async (type) => {
			const one = await call({ options: { machine_text: 'Call us back.' } });
			await one.happen('call.answered');
			await one.happen(type, { result: 'machine' });
			const count = commands('speak').length;
			await wake(one);
			expect(commands('speak')).toHaveLength(count);
		},
	);

	it('says that somebody hung up before hearing it', async () => {
		const { happen } = await call();
		await happen('call.answered');
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'unanswered', reason: 'hung_up' } },
		]);
	});

	it.each([
		['the same', {}, 'See you tomorrow.'],
		['another text', { options: { machine_text: 'Call us back.' } }, 'Call us back.'],
	])('leaves %s on a machine, after the beep', async (_what, more, text) => {
		const { happen } = await call(more);
		await happen('call.machine.detection.ended', { result: 'machine' });
		expect(commands('speak')).toEqual([]);
		await happen('call.machine.greeting.ended', { result: 'beep_detected' });
		const { client_state, payload } = await said();
		expect(payload).toBe(text);
		const { run } = await happen('call.speak.ended', { client_state, status: 'completed' });
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { outcome: 'message_left', said_to_end: true } },
		]);
	});

	it('says whether they heard it to the end', async () => {
		const { happen } = await call();
		await happen('call.machine.detection.ended', { result: 'human' });
		const { client_state } = await said();
		const { run } = await happen('call.hangup', { client_state, hangup_cause: 'normal_clearing' });
		expect(outputsOf(run, NODE)[0]).toMatchObject([
			{ json: { outcome: 'told', said_to_end: false } },
		]);
	});

	it.each([
		['user_busy', 'busy'],
		['timeout', 'no_answer'],
	])('goes on through Unanswered after %s', async (hangup_cause, reason) => {
		const { happen } = await call();
		const { run } = await happen('call.hangup', { hangup_cause });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'unanswered', reason } }]);
	});

	it('hangs up on a fax', async () => {
		const { happen } = await call();
		const { run } = await happen('call.machine.detection.ended', { result: 'fax_detected' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { reason: 'failed' } }]);
		await sent('hangup');
	});
});

describe('where a call comes from', () => {
	const CALL = { operation: 'callSomeone', to: '+13125550101' };
	const number = (phone_number: string, connection_id = APPLICATION) => ({
		phone_number,
		connection_id,
	});
	/** The requests for numbers that Telnyx gets, and what it has. */
	function account(...numbers: object[]) {
		telnyx.answer = ({ url }) =>
			url.includes('/phone_numbers')
				? { body: { data: numbers } }
				: { body: { data: { call_control_id: THEIRS } } };
	}
	const asked = () =>
		telnyx.requests
			.filter(({ url }) => url.includes('/phone_numbers'))
			.map(({ url }) => Object.fromEntries(new URL(url, telnyx.baseUrl).searchParams));
	const errorOf = async (parameters: object) => {
		const { run } = await begin({ ...CALL, ...parameters });
		return run.data.resultData.error?.message;
	};

	it('is not asked for without a credential, and the node says so', async () => {
		const { run } = await begin(CALL, { settings: { credentials: undefined } });
		expect(run.data.resultData.error?.message).toBe(
			'This node has no credential. Choose or create one at the top of its form',
		);
	});

	it('is the only number of the account, with its application', async () => {
		account(number(OURS));
		await begin(CALL);
		const [dial] = await dialed();
		expect(bodyOf(dial)).toMatchObject({ from: OURS, connection_id: APPLICATION });
	});

	it('is the application of the number that was chosen', async () => {
		account(number('+131255501001', '1'), number(OURS));
		await begin({ ...CALL, from: byId('+1 (312) 555-0100') });
		const [dial] = await dialed();
		expect(bodyOf(dial)).toMatchObject({ from: OURS, connection_id: APPLICATION });
		expect(asked()).toEqual([{ 'page[size]': '20', 'filter[phone_number]': '13125550100' }]);
	});

	it('is the only number of the application that was chosen', async () => {
		account(number(OURS));
		await begin({ ...CALL, connection_id: byId(APPLICATION) });
		const [dial] = await dialed();
		expect(bodyOf(dial)).toMatchObject({ from: OURS, connection_id: APPLICATION });
		expect(asked()).toEqual([{ 'page[size]': '20', 'filter[connection_id]': APPLICATION }]);
	});

	it('is not read where both are chosen', async () => {
		account();
		await begin({ ...CALL, from: byId(OURS), connection_id: byId(APPLICATION) });
		await dialed();
		expect(asked()).toEqual([]);
	});

	it.each([
		[
			'the account has several numbers',
			[number(OURS), number('+13125550199')],
			{},
			"'From' is empty, and your account has several phone numbers",
		],
		['it has none', [], {}, "'From' is empty, and your account has no phone number"],
		[
			'the number has no application',
			[number(OURS, '')],
			{},
			`'Call Control Application' is empty, and your number ${OURS} belongs to no application`,
		],
		[
			'the number is that of somebody else',
			[],
			{ from: byId(OURS) },
			`'Call Control Application' is empty, and ${OURS} in 'From' is not a number of your account`,
		],
		[
			'an expression finds no number',
			[number(OURS)],
			{ from: byId('={{ $json.ours }}') },
			"'From' is empty: the expression {{ $json.ours }} found nothing",
		],
	])('is refused if %s, before anybody is called', async (_why, numbers, parameters, message) => {
		account(...numbers);
		expect(await errorOf(parameters)).toContain(message);
		expect(dials()).toEqual([]);
	});
});
