import { byId, LEG, NODE, useSteps } from '../support/steps';

/** What a step of a call sees to before it begins: its settings, the call, and whether the caller is still there. */
const { telnyx, credential, begin, outputsOf, sent } = useSteps();

describe('everything that is wrong is said at once', () => {
	const choice = (key: string) => ({ key, name: `Key ${key}` });
	const numbers = (count: number) =>
		Array.from({ length: count }, (_, index) => `+131255501${String(index + 10)}`).join();

	it.each<[string, object, string[]]>([
		[
			'ask',
			{
				text: 'Yes?',
				answer: 'choices',
				choices: { items: ['1', '1', '2', '2', '3'].map(choice) },
				tries: 99,
			},
			["'Maximum Tries'", 'the key 1 more than once', 'the key 2 more than once'],
		],
		[
			'ringGroup',
			{ to: numbers(21), ring_secs: 1 },
			[
				"'Ring For (Seconds)'",
				"'To' has 21 numbers",
				"'From' is not known",
				"'Call Control Application' is not known",
			],
		],
		[
			'transfer',
			{ to: '+13125550101', ring_secs: 1, whisper: 'A call' },
			["'Ring For (Seconds)'", "'From' is not known", "'Call Control Application' is not known"],
		],
		[
			'listen',
			{ options: { engine: 'Azure', deepgram_model: 'deepgram/nova-2' } },
			["'Azure Region' is empty", "'Deepgram Model' counts for Deepgram only"],
		],
		[
			'listen',
			{ options: { engine: 'AssemblyAI', spoken_language: 'de', azure_region: 'eastus' } },
			['AssemblyAI takes no language', "'Azure Region' counts for Azure only"],
		],
		[
			'callSomeone',
			{ to: '0312 5550101', from: byId('(312) 555-0100'), connection_id: byId('129') },
			["'To' is '0312 5550101'", "'From' is '(312) 555-0100'"],
		],
		[
			'transfer',
			{ to: '+13125550101', from: byId('+1 312 555 01') },
			["'From' is '+1 312 555 01'", 'After +1 come exactly 10 digits'],
		],
		[
			'ringGroup',
			{ to: '+1 312 555 0101, 0312 5550102', from: byId('13125550100') },
			["'To' is '0312 5550102'", "'From' is '13125550100'"],
		],
		[
			'sendAndWait',
			{
				to: numbers(6),
				message: 'May I?',
				pin: 'abcd',
				options: { approve_key: '1', decline_key: '1' },
			},
			["'PIN'", 'have to be different keys', "'To' has 6 numbers"],
		],
	])('of %s', async (operation, parameters, parts) => {
		const { run } = await begin({ operation, ...parameters });
		const said = run.data.resultData.error?.message;
		for (const part of parts) expect(said).toContain(part);
		expect(telnyx.requests).toEqual([]);
	});

	it('with what keeps the node from waiting', async () => {
		const ofTelnyx = { ...credential(), baseUrl: 'https://api.telnyx.com/v2' };
		const { run } = await begin(
			{ operation: 'play', source: 'url', audio_url: 'http://localhost/a.mp3' },
			{ credential: ofTelnyx, items: [{ call_control_id: LEG }, { call_control_id: LEG }] },
		);
		const said = run.data.resultData.error?.message;
		expect(said).toContain("'Audio URL' has localhost, which Telnyx cannot reach");
		expect(said).toContain('takes one item at a time');
		expect(said).toContain('Telnyx cannot reach this n8n');
	});

	it.each<[string, object]>([
		['Events', { operation: 'waitForEvent', events: '={{ ["call.dtmf.received"] }}' }],
		[
			'Answering Machine',
			{ operation: 'callSomeone', to: '+13125550101', machine: '={{ "tell" }}' },
		],
		['Stop on Key', { operation: 'say', text: 'Hello', stop_on_key: '={{ true }}' }],
		['Answer', { operation: 'ask', text: 'Yes?', answer: '={{ "digits" }}' }],
		['What to Record', { operation: 'record', what: '={{ "message" }}' }],
	])('and an expression that would decide the outputs: %s', async (label, parameters) => {
		const { run } = await begin(parameters);
		const said = run.data.resultData.error?.message;
		expect(said).toContain(`'${label}'`);
		expect(telnyx.requests).toEqual([]);
	});

	it('but nothing of a field that is wrong by itself', async () => {
		const { run } = await begin({
			operation: 'sendAndWait',
			to: '+13125550101',
			message: 'May I?',
			options: { approve_key: 'x', decline_key: '1' },
		});
		const said = run.data.resultData.error?.message;
		expect(said).toContain("'Key to Approve'");
		expect(said).not.toContain('different keys');
	});

	it('where there is no call, too', async () => {
		const { run } = await begin({ operation: 'say', text: ' ' }, { items: [{}] });
		const said = run.data.resultData.error?.message;
		for (const part of ["'Text'", 'There is no call to act on']) expect(said).toContain(part);
	});

	it('also of a step that does not exist', async () => {
		const { run } = await begin({ operation: 'sing' });
		expect(run.data.resultData.error?.message).toBe("There is no step 'sing'");
	});
});

describe('a caller who has left before a step begins', () => {
	const STEP: Readonly<Record<string, object>> = {
		say: { text: 'Hello' },
		play: { source: 'url', audio_url: 'https://example.com/a.mp3' },
		ask: { text: 'Yes?', answer: 'digits' },
		listen: { text: 'Yes?' },
		ringGroup: { to: '+13125550101' },
		record: { what: 'message' },
		waitForEvent: { events: ['call.dtmf.received'] },
	};
	const CALL = { call_control_id: LEG, patient: 'Ada', connection_id: '129', to: '+13125550100' };
	const over = { status: 422, body: { errors: [{ code: '90018', title: 'Call has ended' }] } };
	const unknown = { status: 404, body: { errors: [{ code: '10005', title: 'Not found' }] } };
	const alive = { body: { data: { call_control_id: LEG, is_alive: true } } };
	const dead = { body: { data: { call_control_id: LEG, is_alive: false } } };
	const WAYS = { 'Telnyx says so': dead, 'Telnyx knows it no more': unknown };

	it.each(
		Object.keys(STEP).flatMap((operation) =>
			Object.entries(WAYS).map(([what, answer]) => [operation, what, answer] as const),
		),
	)('is no error of %s: %s', async (operation, _what, answer) => {
		telnyx.answer = ({ method }) => (method === 'GET' ? answer : over);
		const { run } = await begin({ operation, ...STEP[operation] }, { items: [CALL] });
		expect(run.data.resultData.error).toBeUndefined();
		const gone = outputsOf(run, NODE).flat();
		expect(gone).toMatchObject([
			{
				json:
					operation === 'record'
						? { outcome: 'silence', call_ended: true, patient: 'Ada' }
						: { outcome: 'hung_up', patient: 'Ada' },
			},
		]);
	});

	it.each(['waitForEvent', 'ringGroup'])(
		'is no error of %s, also if it happens before the call is taken over',
		async (operation) => {
			telnyx.answer = ({ method }) => (method === 'GET' ? alive : over);
			const { run } = await begin({ operation, ...STEP[operation] }, { items: [CALL] });
			expect(run.data.resultData.error).toBeUndefined();
			expect(outputsOf(run, NODE).flat()).toMatchObject([{ json: { outcome: 'hung_up' } }]);
		},
	);

	it('ends the branch where the whole call was to be recorded', async () => {
		telnyx.answer = ({ method }) => (method === 'GET' ? dead : over);
		const { run } = await begin({ operation: 'record', what: 'call' });
		expect(run.data.resultData.error).toBeUndefined();
		expect(run.waitTill).toBeUndefined();
		expect(outputsOf(run, NODE).flat()).toEqual([]);
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
