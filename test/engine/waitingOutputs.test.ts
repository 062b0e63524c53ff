import { runAsTool } from '../support/engine';
import { bodyOf } from '../support/callCommands';
import { eventually } from '../support/eventually';
import { nextItems, outputsOf, signedEvent } from '../support/paused';
import { startRecorder } from '../support/recorder';
import { ASK_FOR_CHOICE } from '../support/steps';
import { DIAL, LEG, SPEAK, TRANSFER, useWaits, WAIT_FOR_EVENT, WAITS } from '../support/waits';

/** What comes out of a node that has waited: why, through which output, and what an agent is told. */
const { telnyx, keys, options, start, dialed, sent } = useWaits();

describe('a command that Telnyx refuses or may not have carried out', () => {
	const refused = {
		status: 422,
		body: { errors: [{ code: '90034', title: 'Call not answered yet' }] },
	};
	const unreadable = { status: 200, body: '<html>' };

	it.each([
		['continue', 'refused', refused, { message: /not been answered yet/, code: '90034' }],
		['outputs', 'refused', refused, { message: /not been answered yet/, code: '90034' }],
		[
			'continue',
			'open',
			unreadable,
			{
				message: /does not lead to the Telnyx API/,
				description: expect.stringContaining('may have been carried out'),
			},
		],
		[
			'continue',
			'open, though Telnyx says why',
			{ status: 200, body: refused.body },
			{
				message: /not been answered yet/,
				code: '90034',
				description: expect.stringContaining('may have been carried out'),
			},
		],
	])('with On Failure %s says why: %s', async (on_failure, _what, answer, { message, ...more }) => {
		const n8n = await startRecorder();
		try {
			n8n.answer = () => ({ body: 'Taken' });
			telnyx.answer = ({ method }) => (method === 'GET' ? { body: { data: {} } } : answer);
			const execution = await start(
				{ Say: { ...SPEAK, ...WAITS, on_failure } },
				{ origin: n8n.baseUrl, items: [{ patient: 'Jane' }] },
			);
			const [told] = await eventually('the refusal', () =>
				n8n.requests.length > 0 ? n8n.requests : undefined,
			);
			const { run } = await execution.receive(told.body, told.headers as never);
			const [{ json }] = outputsOf(run, 'Say').flat();
			expect(json).toMatchObject({ patient: 'Jane', outcome: 'failure', details: more });
			expect((json.details as { message: string }).message).toMatch(message);
		} finally {
			await n8n.close();
		}
	});
});

describe("a call that Telnyx's network does not place", () => {
	const D60 = { error_code: 'D60', detail: 'Can not make calls to non-verified numbers' };
	const ONLY_VERIFIED = /^Cause: call_rejected, 403\. The level of the Telnyx account.*Upgrade/;
	const hungUp = async (settings: object, telnyx_error: unknown) => {
		const execution = await start({ One: { ...DIAL, ...WAITS, ...settings } });
		const [request] = await dialed();
		const report = signedEvent(keys, 'call.hangup', {
			call_control_id: 'v3:new',
			client_state: bodyOf(request).client_state,
			hangup_cause: 'call_rejected',
			sip_hangup_cause: '403',
			telnyx_error,
		});
		const { run } = await execution.receive(report.body, report.headers);
		return run;
	};

	it.each(['continue', 'outputs'])('with On Failure %s says why, and what to do', async (way) => {
		const run = await hungUp({ on_failure: way }, D60);
		const [{ json }] = outputsOf(run, 'One').flat();
		const { details } = json as { details: { description: string } };
		expect(details).toMatchObject({
			causes: 'call_rejected, 403',
			d_code: 'D60',
			telnyx_error: D60,
		});
		expect(details).toMatchObject({ todo: expect.stringContaining('Upgrade the account') });
		expect(details.description).toMatch(ONLY_VERIFIED);
	});

	it('fails with it', async () => {
		const run = await hungUp({}, D60);
		expect(run?.data.resultData.error?.description).toMatch(ONLY_VERIFIED);
	});

	it.each([[null], [{}], [{ error_code: 'X1', detail: 'a'.repeat(5_000) }], [5]])(
		'is not made up from %j',
		async (telnyx_error) => {
			const run = await hungUp({ on_failure: 'continue' }, telnyx_error);
			const [{ json }] = outputsOf(run, 'One').flat();
			expect(json.details).toEqual({
				message: expect.any(String),
				description: 'Cause: call_rejected, 403.',
				event_type: 'call.hangup',
				causes: 'call_rejected, 403',
			});
		},
	);
});

describe('a failure that Telnyx reports', () => {
	const STREAM = {
		resource: 'streaming',
		operation: 'startStreaming',
		call_control_id: LEG,
		options: { stream_url: 'wss://example.com/audio' },
	};
	const SIPREC = { resource: 'siprec', operation: 'startSiprec', call_control_id: LEG };
	const REFER = {
		resource: 'call',
		operation: 'refer',
		call_control_id: LEG,
		sip_address: 'sip:desk@example.com',
	};
	const STOP = { resource: 'recording', operation: 'stopRecording', call_control_id: LEG };
	const PAY = { resource: 'input', operation: 'pay', call_control_id: LEG };

	it.each([
		[STREAM, 'streaming.failed', { failure_reason: 'connection_failed' }, 'connection_failed'],
		[SIPREC, 'siprec.failed', { failure_cause: 'user busy' }, 'user busy'],
		[REFER, 'call.refer.failed', { sip_notify_response: 486 }, '486'],
		[STOP, 'call.recording.error', { reason: 'storage_failed' }, 'storage_failed'],
		[
			PAY,
			'call.payment.completed',
			{ result: 'failed', payment_error: 'card_declined' },
			'failed, card_declined',
		],
	])('of %j says why, by %s', async (command, type, payload, causes) => {
		const execution = await start({ One: { ...command, ...WAITS, on_failure: 'continue' } });
		const { body, headers } = signedEvent(keys, type, { call_control_id: LEG, ...payload });
		const { run } = await execution.receive(body, headers);
		const [{ json }] = outputsOf(run, 'One').flat();
		expect(json).toMatchObject({
			outcome: 'failure',
			details: { causes, description: `Cause: ${causes}.` },
		});
	});
});

describe('answering machine detection', () => {
	const NEW_LEG = 'v3:new';

	it.each(
		[DIAL, TRANSFER].flatMap((command) =>
			['detection', 'premium.detection', 'greeting', 'premium.greeting'].map(
				(report) => [command.operation, `call.machine.${report}.ended`, command] as const,
			),
		),
	)('of %s ends with %s, also if the beep came before the verdict', async (name, type, command) => {
		const execution = await start({
			One: { ...command, ...WAITS, machine_options: { answering_machine_detection: 'premium' } },
		});
		const [request] = name === 'dial' ? await dialed() : await sent('transfer');
		const { client_state, target_leg_client_state } = bodyOf(request);
		const state = target_leg_client_state ?? client_state;
		const report = signedEvent(keys, type, { call_control_id: NEW_LEG, client_state: state });
		const { run } = await execution.receive(report.body, report.headers);
		expect(nextItems(run)).toMatchObject([{ json: { outcome: 'success', event_type: type } }]);
	});
});

describe('as the tool of an agent', () => {
	const asTool = async (node: object) => {
		const tool = await start(
			{ Tool: node },
			{ isTool: true, items: [{ patient: 'Ada', call_control_id: LEG }] },
		);
		expect(tool.run.data.resultData.error).toBeUndefined();
		const ends = async (type: string, payload: object) => {
			const { body, headers } = signedEvent(keys, type, { call_control_id: LEG, ...payload });
			const { run } = await tool.receive(body, headers);
			expect(run?.data.resultData.error).toBeUndefined();
			return outputsOf(run, 'Tool').flat();
		};
		return { ...tool, ends };
	};
	const GATHER = {
		resource: 'input',
		operation: 'gatherUsingSpeak',
		call_control_id: LEG,
		payload: 'Press 1 or 2',
		voice: 'AWS.Polly.Joanna',
		...WAITS,
	};

	it('answers shortly what happened, and leaves out the item of the agent', async () => {
		const { ends } = await asTool(GATHER);
		await sent('gather_using_speak');
		const [{ json }] = await ends('call.gather.ended', { digits: '2', status: 'valid', to: '+1' });
		expect(json).toEqual({
			outcome: 'success',
			call_control_id: LEG,
			digits: '2',
			status: 'valid',
		});
	});

	it.each([{}, { on_failure: 'error', on_call_end: 'end' }, { on_failure: 'outputs' }])(
		'tells that the caller hung up, and lets the agent go on, with %p',
		async (more) => {
			const { ends } = await asTool({ ...GATHER, ...more });
			await sent('gather_using_speak');
			const output = await ends('call.hangup', { hangup_cause: 'normal_clearing' });
			expect(output.map(({ json }) => json)).toEqual([
				{
					outcome: 'ended',
					call_control_id: LEG,
					hangup_cause: 'normal_clearing',
					reason: 'The call ended before this was finished',
					detail: 'Cause: normal_clearing.',
				},
			]);
		},
	);

	it('tells that the time is over, also when n8n itself ends the wait', async () => {
		const { timeOut } = await asTool(GATHER);
		await sent('gather_using_speak');
		const run = await timeOut();
		expect(run.data.resultData.error).toBeUndefined();
		expect(outputsOf(run, 'Tool')[0]).toMatchObject([
			{
				json: {
					outcome: 'timeout',
					reason: 'Telnyx did not report call.gather.ended within 120 seconds',
					detail: expect.stringContaining('n8n itself ended this wait'),
				},
			},
		]);
	});

	it('answers from one output, whatever a step of a call has', async () => {
		const { ends } = await asTool(ASK_FOR_CHOICE);
		await sent('gather_using_speak');
		const [{ json }] = await ends('call.gather.ended', { digits: '2', status: 'valid' });
		expect(json).toEqual({
			outcome: 'choice',
			call_control_id: LEG,
			digits: '2',
			choice: 'Support',
		});
	});

	it('answers there as well what is wrong before anything is sent', async () => {
		const { run } = await start(
			{ Tool: { ...ASK_FOR_CHOICE, text: ' ' } },
			{ isTool: true, settings: { onError: 'continueRegularOutput' } },
		);
		expect(outputsOf(run, 'Tool')[0]).toMatchObject([
			{ json: { error: expect.stringContaining("'Text'") } },
		]);
	});

	it.each([{ ...SPEAK, ...WAITS }, WAIT_FOR_EVENT])(
		'says before anything is sent that agents of before version 3 cannot wait',
		async (parameters) => {
			const { output, waitTill } = await runAsTool(options(parameters));
			expect(output[0].json.answer).toContain('AI Agent node of version 3 or later');
			expect(waitTill).toBeUndefined();
			expect(telnyx.requests).toEqual([]);
		},
	);
});

describe('one output each', () => {
	const EACH = { ...SPEAK, ...WAITS, on_failure: 'outputs' };
	const counts = (run: Parameters<typeof outputsOf>[0]) =>
		outputsOf(run, 'Say').map((items) => items.length);

	it.each([
		['call.speak.ended', { status: 'completed' }, 'success', [1, 0, 0, 0]],
		['call.speak.ended', { status: 'failed' }, 'failure', [0, 1, 0, 0]],
		['call.hangup', {}, 'ended', [0, 0, 1, 0]],
	])('%s with %p leaves through the output for %s', async (type, payload, outcome, expected) => {
		const { receive } = await start({ Say: EACH });
		await sent('speak');
		const { body, headers } = signedEvent(keys, type, { call_control_id: LEG, ...payload });
		const { run } = await receive(body, headers);
		expect(counts(run)).toEqual(expected);
		const [item] = outputsOf(run, 'Say').flat();
		expect(item.json.outcome).toBe(outcome);
		expect(run?.data.resultData.error).toBeUndefined();
	});

	it('has one for the timeout, even if n8n itself ends the wait', async () => {
		const { timeOut } = await start({ Say: EACH });
		expect(counts(await timeOut())).toEqual([0, 0, 0, 1]);
	});

	it.each([
		['continueRegularOutput', [0, 1]],
		// n8n adds the error output behind the others.
		['continueErrorOutput', [0, 0, 0, 0, 1]],
	] as const)('has one for what fails before it is sent: %s', async (onError, expected) => {
		const { run } = await start({ Say: { ...EACH, payload: ' ' } }, { settings: { onError } });
		expect(counts(run)).toEqual(expected);
		expect(telnyx.requests).toEqual([]);
	});

	it('links its items to the input', async () => {
		const { receive } = await start({ Say: EACH });
		await sent('speak');
		const { body, headers } = signedEvent(keys, 'call.hangup', { call_control_id: LEG });
		const { run } = await receive(body, headers);
		const { source } = run!.data.resultData.runData.Say.at(-1)!;
		expect(source).toEqual(Array.from({ length: 4 }, () => source[0]));
		expect(source[0]?.previousNode).toBe('Start');
	});
});
