import { NodeHelpers, Workflow, type INodeOutputConfiguration } from 'n8n-workflow';

import { OUTPUTS, outputNames } from '../../nodes/TelnyxPhoneCall/outputs';
import { STEPS } from '../../nodes/TelnyxPhoneCall/steps';
import { notes } from '../../nodes/waiting/answers';
import { bodyOf } from '../support/callCommands';
import { CREDENTIAL_REFERENCE, node, nodeTypes, PACKAGE, TYPES } from '../support/engine';
import { outputsOf as everyOutput } from '../support/paused';
import { startRecorder } from '../support/recorder';
import { ASK_FOR_CHOICE, byId, LEG, NODE, useSteps } from '../support/steps';

/**
 * The steps that act on one call, in n8n's engine; before they begin: phoneCallChecks.test.ts; those that
 * dial: phoneCallDialing.test.ts and phoneCallRingGroup.test.ts; Listen: phoneCallListening.test.ts. What a whole n8n makes of them: test/e2e/phoneCall.test.ts.
 */
const { telnyx, begin, outputsOf, commands, dialed, sent } = useSteps();

const notesOf = jest.spyOn(notes, 'set');
beforeEach(() => notesOf.mockClear());

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

	it("keeps the item's own reason and details, and not why an earlier step ended", async () => {
		const own = { reason: 'check-up', details: 'Dr. Lee, 9:00' };
		for (const [item, kept] of [
			[own, own],
			[{ ...own, outcome: 'unanswered' }, {}],
		]) {
			const { happen } = await begin(SAY, { items: [{ call_control_id: LEG, ...item }] });
			const { run } = await happen('call.speak.ended', { status: 'completed' });
			expect(everyOutput(run, NODE)[0][0].json).toEqual({
				call_control_id: LEG,
				outcome: 'done',
				...kept,
			});
		}
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

	it('keeps nothing that explains how an earlier step ended', async () => {
		const before = {
			outcome: 'unanswered',
			reason: 'busy',
			hangup_cause: 'user_busy',
			patient: 'Ada',
		};
		const { happen } = await begin(SAY, { items: [{ call_control_id: LEG, ...before }] });
		await sent('speak');
		const { run } = await happen('call.speak.ended', { status: 'call_hangup' });
		const [, , [{ json }]] = outputsOf(run, NODE);
		expect(json).toEqual({ call_control_id: LEG, patient: 'Ada', outcome: 'hung_up' });
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
	it('takes no other keys than the choices', async () => {
		await begin(ASK_FOR_CHOICE);
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
		const { happen } = await begin(ASK_FOR_CHOICE);
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
		const { happen } = await begin(ASK_FOR_CHOICE);
		await sent('gather_using_speak');
		const { run } = await happen('call.gather.ended', { status, digits });
		expect(outputsOf(run, NODE).map((items) => items.length)).toEqual([0, 0, 1, 0]);
	});

	it.each([
		['No Input', 'call.gather.ended', { status: 'invalid', digits: '' }, [0, 0, 1, 0]],
		['Hung Up', 'call.hangup', {}, [0, 0, 0, 1]],
	] as const)(
		'takes no choice named %s for the output of that name',
		async (name, type, payload, items) => {
			const rows = [
				{ key: '1', name },
				{ key: '2', name: 'constructor' },
			];
			const { happen } = await begin({ ...ASK_FOR_CHOICE, choices: { items: rows } });
			await sent('gather_using_speak');
			const { run } = await happen(type, payload);
			expect(outputsOf(run, NODE).map(({ length }) => length)).toEqual(items);
		},
	);

	it('refuses a key with two outputs before anything is sent', async () => {
		const items = [
			{ key: '1', name: 'Sales' },
			{ key: '1', name: 'Support' },
		];
		const { run } = await begin({ ...ASK_FOR_CHOICE, choices: { items } });
		expect(run.data.resultData.error?.message).toContain("'Choices' has the key 1 more than once");
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

describe('Record', () => {
	const RECORD = { operation: 'record', what: 'message', stop_on_key: true, silence_secs: 5 };
	const saved = (seconds: number, more: object = {}) => ({
		recording_id: 'r1',
		recording_started_at: new Date().toISOString(),
		recording_ended_at: new Date(Date.now() + seconds * 1_000).toISOString(),
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

	it('names and types the file by its format where the reply does not', async () => {
		const file = { headers: { 'content-type': 'application/octet-stream' }, body: 'sound' };
		telnyx.answer = ({ url }) =>
			url.includes('recording.wav') ? file : { body: { data: { result: 'ok' } } };
		const { happen } = await begin({ ...RECORD, options: { format: 'wav' } });
		await sent('record_start');
		const recording_urls = { wav: `${telnyx.baseUrl}/recording.wav?signature=1` };
		const { run } = await happen('call.recording.saved', saved(12, { recording_urls }));
		const [[item]] = outputsOf(run, NODE);
		expect(item.binary?.data).toMatchObject({
			fileName: expect.stringMatching(/^call-\d{4}-\d\d-\d\d-\d{4}\.wav$/),
			mimeType: 'audio/wav',
		});
	});

	it('takes another format where Telnyx has not kept the wanted one', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		const recording_urls = { wav: `${telnyx.baseUrl}/recording.wav` };
		const { run } = await happen('call.recording.saved', saved(12, { recording_urls }));
		const [[item]] = outputsOf(run, NODE);
		expect(item.json).toMatchObject({ outcome: 'recorded', recording_id: 'r1' });
		expect(item.binary?.data.fileExtension).toBe('wav');
	});

	it.each<[string, object, string]>([
		['{}', { recording_urls: {} }, 'gave no link'],
		['null', { recording_urls: null }, 'gave no link'],
		['a web page', {}, 'could not be downloaded'],
		['own storage', { recording_urls: { mp3: 'gs://bucket/1.mp3' } }, 'could not be downloaded'],
	])('names the message that it cannot fetch: %s', async (_what, more, message) => {
		const { happen } = await begin(RECORD, { settings: { onError: 'continueErrorOutput' } });
		await sent('record_start');
		telnyx.answer = () => ({ headers: { 'content-type': 'text/html' }, body: '<h1>Login</h1>' });
		const { run } = await happen('call.recording.saved', saved(12, more));
		const [item] = everyOutput(run, NODE).flat();
		expect(item).toMatchObject({
			json: { error: expect.stringContaining(message), details: { recording_id: 'r1' } },
		});
		expect(item.binary).toBeUndefined();
	});

	it('takes no recording that began before it', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		const earlier = { recording_id: 'r0', recording_started_at: '2026-01-02T03:04:05Z' };
		expect((await happen('call.recording.saved', saved(12, earlier))).run).toBeUndefined();
		const { run } = await happen('call.recording.saved', saved(12));
		expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { recording_id: 'r1' } }]);
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

		it('goes on through Silence when the caller leaves meanwhile', async () => {
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

	it('is not tried again after the text if the execution was cancelled meanwhile', async () => {
		const n8n = await startRecorder();
		try {
			n8n.answer = () => ({ status: 409, body: 'The execution "1" has finished with error.' });
			telnyx.answer = ({ url }) =>
				url.endsWith('/record_start')
					? { status: 503, headers: { 'retry-after': '0' }, body: {} }
					: { body: { data: { result: 'ok' } } };
			const { happen } = await begin({ ...RECORD, text: 'Hello' }, { origin: n8n.baseUrl });
			const [speak] = await sent('speak');
			const { client_state } = bodyOf(speak);
			await happen('call.speak.ended', { client_state, status: 'completed' });
			expect(commands('record_start')).toHaveLength(1);
		} finally {
			await n8n.close();
		}
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

	it('goes on through Silence when there was only silence', async () => {
		const { happen } = await begin(RECORD);
		await sent('record_start');
		const { run } = await happen('call.recording.saved', saved(5));
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'silence' } }]);
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
