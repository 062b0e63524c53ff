import { startSimulator } from '../simulator';
import { eventually } from '../support/eventually';
import { LAST_1_VERSION, N8N_VERSION } from '../support/installN8n';
import { storedCredential } from '../support/credential';
import { waitSecs } from '../support/n8nNodes';
import { startN8n } from '../support/realN8n';
import { startRecorder, type Recorder } from '../support/recorder';
import { run, straightLine, telnyx } from '../support/straightLine';

/** Executions that wait for Telnyx's events, in a real n8n, against the simulator. */
const VOICE = { voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' } };
const WAITS = { wait_for_outcome: true, wait_timeout_secs: 600, on_call_end: 'error' };
const GOES_ON = { ...WAITS, on_failure: 'continue', on_call_end: 'continue' };
const AGENT = '+13125550190';

const dial = (parameters: object, settings = {}) =>
	telnyx(
		'call',
		'dial',
		{
			connection_id: { __rl: true, mode: 'id', value: '={{ $json.body.application }}' },
			from: { __rl: true, mode: 'id', value: '+13125550100' },
			to: '={{ $json.body.to }}',
			...parameters,
		},
		settings,
	);
/** Rings for longer than the node waits. */
const PATIENT = { wait_timeout_secs: 1, options: { timeout_secs: 300 } };
const speak = (parameters: object = WAITS, settings = {}) =>
	telnyx('audio', 'speak', { payload: 'Hello, this is a test', ...VOICE, ...parameters }, settings);

const WORKFLOWS = [
	straightLine('whole-call', {
		Dial: dial(WAITS),
		Speak: speak(),
		Ask: telnyx('input', 'gatherUsingSpeak', {
			payload: 'Press a key',
			...VOICE,
			options: { maximum_digits: 1 },
			...WAITS,
		}),
		Record: telnyx('siprec', 'startSiprec', {
			options: { connector_name: 'my-siprec-connector' },
			...WAITS,
		}),
		'Hang up': telnyx('call', 'hangup'),
	}),
	straightLine('dial-fails', { Dial: dial(WAITS), Speak: speak() }),
	straightLine('dial-goes-on', { Dial: dial(GOES_ON) }),
	straightLine('dial-error-output', { Dial: dial(WAITS, { onError: 'continueErrorOutput' }) }),
	straightLine('speak-goes-on', { Dial: dial(WAITS), Speak: speak(GOES_ON) }),
	straightLine('machine', {
		Dial: dial({ ...GOES_ON, machine_options: { answering_machine_detection: 'detect' } }),
	}),
	straightLine('key', {
		Dial: dial(WAITS),
		Key: telnyx('call', 'waitForEvent', {
			events: ['call.dtmf.received', 'call.hangup'],
			wait_timeout_secs: 600,
			on_failure: 'continue',
			on_call_end: 'continue',
		}),
	}),
	straightLine('in-vain', { Dial: dial({ ...GOES_ON, ...PATIENT }) }),
	straightLine('in-vain-fails', { Dial: dial({ ...WAITS, ...PATIENT }) }),
	straightLine('restarted', { Dial: dial(WAITS), Speak: speak() }),
	straightLine('twice', { Dial: dial(WAITS), One: speak(), Two: speak() }),
	straightLine('in-between', {
		Dial: dial(WAITS),
		Think: waitSecs(3),
		Speak: speak(),
	}),
	straightLine('several', {
		Several: {
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.items', options: {} },
		},
		Dial: dial({ ...WAITS, to: '={{ $json.to }}', connection_id: '1' }),
	}),
];

describe.each([N8N_VERSION, LAST_1_VERSION])('n8n %s', (version) => {
	const isFirst = version === LAST_1_VERSION;
	let simulator: Awaited<ReturnType<typeof startSimulator>>;
	let n8n: Awaited<ReturnType<typeof startN8n>>;
	let application: string;
	/** Where the events of the application go. */
	let elsewhere: Recorder;

	beforeAll(async () => {
		elsewhere = await startRecorder();
		simulator = await startSimulator({
			connectors: ['my-siprec-connector'],
			applications: [{ webhookUrl: elsewhere.baseUrl }],
		});
		[application] = simulator.applications.keys();
		n8n = await startN8n({
			version,
			credentials: [storedCredential(simulator, { publicKey: '' })],
			workflows: WORKFLOWS,
			published: WORKFLOWS.map(({ id }) => id),
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.close();
		await elsewhere?.close();
	});

	let number = 1000;
	/** Starts a workflow that dials, and waits until it rings. */
	const rings = async (id: string) => {
		const to = `+1312555${(number += 1)}`;
		await run(n8n, id, { application, to });
		const leg = await eventually(`${to} to ring`, () =>
			[...simulator.calls.values()].find((call) => call.to === to && call.state === 'ringing'),
		);
		return leg.call_control_id;
	};
	/** Until the last execution of a workflow waits at a node. */
	const waits = async (id: string, node: string) =>
		await eventually(`${id} to wait`, async () => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
			const { results } = (await n8n.rest('GET', `/executions?limit=1&filter=${filter}`)).body.data;
			if (results[0]?.status !== 'waiting') return false;
			const { data } = (await n8n.rest('GET', `/executions/${results[0].id}`)).body.data;
			return (data as string).includes(`"${node}"`);
		});
	const isWaiting = async (id: string) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = (await n8n.rest('GET', `/executions?limit=1&filter=${filter}`)).body.data;
		return results[0]?.status === 'waiting';
	};
	const lastOf = async (id: string) => (await n8n.executions(id, 1)).at(-1)!;
	const webhooks = (call: string) =>
		simulator.rows
			.filter((row) => row.call === call && row.kind === 'webhook')
			.map(({ name }) => name);

	it('goes through a whole call, one node after the other', async () => {
		const call = await rings('whole-call');
		await waits('whole-call', 'Dial');
		simulator.answer(call);
		await eventually('the question', () =>
			simulator.calls.get(call)?.heard.some(({ text }) => text.includes('Press a key')),
		);
		simulator.press(call, '2');

		const execution = await lastOf('whole-call');
		expect(execution.status).toBe('success');
		const output = (node: string) => execution.items(node)?.[0];
		expect(output('Dial')).toMatchObject({
			event_type: 'call.answered',
			outcome: 'success',
			call_control_id: call,
			payload: { call_control_id: call },
			command: { call_leg_id: expect.any(String) },
		});
		expect(output('Speak')).toMatchObject({ event_type: 'call.speak.ended', outcome: 'success' });
		expect(output('Ask')).toMatchObject({ payload: { digits: '2' }, outcome: 'success' });
		expect(output('Record')).toMatchObject({ event_type: 'siprec.started' });
		expect(output('Hang up')).toMatchObject({ result: 'ok' });
		expect(JSON.stringify(output('Dial'))).not.toContain('webhook-waiting');
		const others = elsewhere.requests.map(({ body }) => JSON.parse(body).data.event_type as string);
		expect(others).toContain('call.initiated');
		expect(others).not.toContain('call.answered');
	});

	(isFirst ? it.skip : it)('fails when nobody answers', async () => {
		const call = await rings('dial-fails');
		await waits('dial-fails', 'Dial');
		simulator.reject(call);
		const execution = await lastOf('dial-fails');
		expect(execution.status).toBe('error');
		expect(execution.items('Speak')).toBeUndefined();
	});

	it('goes on when nobody answers, if the user chose that', async () => {
		const call = await rings('dial-goes-on');
		await waits('dial-goes-on', 'Dial');
		simulator.reject(call);
		const execution = await lastOf('dial-goes-on');
		expect(execution.status).toBe('success');
		expect(execution.items('Dial')).toMatchObject([
			{ outcome: 'failure', event_type: 'call.hangup', call_control_id: call },
		]);
	});

	it('does not wait until the time is over when the caller hangs up', async () => {
		const call = await rings('speak-goes-on');
		await waits('speak-goes-on', 'Dial');
		simulator.answer(call);
		await eventually('speech', () => webhooks(call).includes('call.speak.started'));
		await waits('speak-goes-on', 'Speak');
		simulator.hangup(call);
		const execution = await lastOf('speak-goes-on');
		expect(execution.status).toBe('success');
		expect(['ended', 'success']).toContain(execution.items('Speak')?.[0].outcome);
		expect(execution.items('Speak')?.[0].event_type).toMatch(/^call\.(?:hangup|speak\.ended)$/);
	});

	it('waits for the machine detection if that is on', async () => {
		const call = await rings('machine');
		await waits('machine', 'Dial');
		simulator.answer(call, { as: 'machine' });
		const execution = await lastOf('machine');
		expect(execution.items('Dial')).toMatchObject([
			{ outcome: 'success', payload: { result: 'machine' } },
		]);
	});

	it('waits for events that no command causes', async () => {
		const call = await rings('key');
		await waits('key', 'Dial');
		simulator.answer(call);
		await eventually('the answer', () => webhooks(call).includes('call.answered'));
		await waits('key', 'Key');
		simulator.press(call, '5');
		const execution = await lastOf('key');
		expect(execution.items('Key')).toMatchObject([
			{ event_type: 'call.dtmf.received', payload: { digit: '5' }, outcome: 'success' },
		]);
	});

	it('keeps the result of the command when the time is over', async () => {
		const call = await rings('in-vain');
		const fails = isFirst ? undefined : await rings('in-vain-fails');
		const execution = await eventually(
			'the end of the time',
			async () => {
				const [last] = await n8n.executions('in-vain', 1).catch(() => []);
				return last;
			},
			100_000,
		);
		expect(execution.items('Dial')).toMatchObject([
			{ outcome: 'timeout', call_control_id: call, call_leg_id: expect.any(String) },
		]);
		if (fails) expect((await lastOf('in-vain-fails')).status).toBe('error');

		// What comes now finds nobody who waits for it.
		simulator.answer(call);
		await eventually('the answer', () => webhooks(call).includes('call.answered'));
		await simulator.settled();
		expect((await n8n.executions('in-vain', 1)).map(({ items }) => items('Dial'))).toMatchObject([
			[{ outcome: 'timeout' }],
		]);
	});

	it('drops duplicates, even if a later node waits for the same event type', async () => {
		const call = await rings('twice');
		await waits('twice', 'Dial');
		simulator.faults.duplicateWebhooks = true;
		try {
			simulator.answer(call);
			const execution = await lastOf('twice');
			expect(execution.status).toBe('success');
			const [one, two] = ['One', 'Two'].map((node) => execution.items(node)?.[0]);
			expect([one.event_type, two.event_type]).toEqual(['call.speak.ended', 'call.speak.ended']);
			expect(one.id).not.toBe(two.id);
		} finally {
			simulator.faults.duplicateWebhooks = false;
		}
	});

	it('goes on with one of two events that arrive at once', async () => {
		const call = await rings('key');
		await waits('key', 'Dial');
		simulator.answer(call);
		await waits('key', 'Key');
		const answered = simulator.deliveries.find(
			({ event, leg }) => event.event_type === 'call.answered' && leg.call_control_id === call,
		);
		const address = answered?.attempts[0].http.request.url as string;
		const press = async (digit: string) => {
			const body = JSON.stringify({
				data: {
					record_type: 'event',
					event_type: 'call.dtmf.received',
					id: `event-${digit}`,
					occurred_at: new Date().toISOString(),
					payload: { call_control_id: call, digit },
				},
			});
			const headers = simulator.keys.headers(body, Math.floor(Date.now() / 1000));
			return (await fetch(address, { method: 'POST', headers, body })).ok;
		};

		const taken = await Promise.all([press('7'), press('8')]);

		expect(taken).toContain(true);
		const execution = await lastOf('key');
		expect(execution.status).toBe('success');
		expect(execution.items('Key')).toHaveLength(1);
		expect(['7', '8']).toContain(execution.items('Key')?.[0].payload.digit);
	});

	it('does not wait on a call that ended while another node ran', async () => {
		const call = await rings('in-between');
		await waits('in-between', 'Dial');
		simulator.answer(call);
		await eventually('the answer', () => webhooks(call).includes('call.answered'));
		await eventually('the answer to be taken', async () => !(await isWaiting('in-between')));
		simulator.hangup(call);
		const execution = await lastOf('in-between');
		expect(execution.status).toBe('error');
		expect(execution.items('Think')).toHaveLength(1);
	});

	it('goes on after a restart of n8n', async () => {
		const call = await rings('restarted');
		await waits('restarted', 'Dial');
		await n8n.restart();
		simulator.answer(call);
		// For a while n8n takes an execution that it finds waiting in its log for one that crashed.
		const execution = await eventually('the call to go on', async () => {
			const one = await lastOf('restarted');
			return one.status === 'success' && one;
		});
		expect(execution.items('Speak')).toMatchObject([{ outcome: 'success' }]);
	});

	it('says that it can wait for one item only, before anything is sent', async () => {
		const before = simulator.requests.length;
		await run(n8n, 'several', { items: [{ to: AGENT }, { to: AGENT }] });
		const execution = await lastOf('several');
		expect(execution.status).toBe('error');
		expect(simulator.requests).toHaveLength(before);
	});
});
