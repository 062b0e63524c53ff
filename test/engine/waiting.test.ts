import { SeenEvents } from '../../nodes/telnyx/webhooks/seenInProcess';
import { decodeOwned } from '../../nodes/telnyx/ownedClientState';
import { ownSecret } from '../../nodes/waiting/owner';
import { SECRET_HEADER } from '../../nodes/waiting/ownRequest';
import { makeKeyPair } from '../simulator/keys';
import { runAction } from '../support/engine';
import { bodyOf } from '../support/callCommands';
import { eventually } from '../support/eventually';
import { nextItems, outputsOf, signedEvent } from '../support/paused';
import { startRecorder } from '../support/recorder';
import { LEG, SPEAK, TRANSFER, useWaits, WAIT_FOR_EVENT, WAITS } from '../support/waits';

/**
 * Executions that wait, in n8n's engine: the pause, the command and the event. What keeps a node from waiting:
 * waitingChecks.test.ts; what comes out of it: waitingOutputs.test.ts; whose legs: waitingLegs.test.ts; where
 * the events go: waitingAddresses.test.ts. A whole n8n: test/e2e/waiting.test.ts.
 */
const { telnyx, keys, credential, options, start, commands, sent } = useWaits();

describe('the pause', () => {
	it('lasts as long as the timeout says, and a little longer if only n8n itself can end it', async () => {
		const before = Date.now();
		const { run } = await start({ Say: { ...SPEAK, ...WAITS, wait_timeout_secs: 90 } });
		const seconds = (run.waitTill!.getTime() - before) / 1000;
		expect(seconds).toBeGreaterThanOrEqual(90 + 20);
		expect(seconds).toBeLessThan(90 + 60);
	});

	it('for a conversation lasts an hour unless the user sets another time', async () => {
		const { run } = await start({
			Talk: {
				resource: 'aiAssistant',
				operation: 'startAIAssistant',
				call_control_id: LEG,
				...WAITS,
			},
		});
		expect(run.waitTill!.getTime() - Date.now()).toBeGreaterThan(3_500_000);
	});

	it('does not happen unless the node is set to wait', async () => {
		const { waitTill, output } = await runAction(options(SPEAK));
		expect(waitTill).toBeUndefined();
		expect(output[0].json).toMatchObject({ result: 'ok' });
	});

	it('does not happen for a hangup, which takes effect at once', async () => {
		const hangup = { resource: 'call', operation: 'hangup', call_control_id: LEG, ...WAITS };
		expect((await runAction(options(hangup))).waitTill).toBeUndefined();
	});

	it('is saved before the command is sent', async () => {
		const order: string[] = [];
		telnyx.answer = ({ url }) => {
			if (url.endsWith('/speak')) order.push('sent');
			return { body: { data: { result: 'ok' } } };
		};
		const onSaved = () => order.push('saved');
		await start({ Say: { ...SPEAK, ...WAITS } }, { onSaved });
		await sent('speak');
		expect(order).toEqual(['saved', 'sent']);
	});

	it('follows the command where n8n does not say when it has saved the execution', async () => {
		const { run } = await start({ Say: { ...SPEAK, ...WAITS } }, { withoutHooks: true });
		expect(run.waitTill).toBeDefined();
		expect(commands('speak')).toHaveLength(1);
	});
});

describe('an event', () => {
	const ended = (payload: object = {}, more: object = {}) =>
		signedEvent(
			keys,
			'call.speak.ended',
			{ call_control_id: LEG, status: 'completed', ...payload },
			more,
		);
	const receive = async (
		execution: Awaited<ReturnType<typeof start>>,
		{ body, headers }: ReturnType<typeof signedEvent>,
	) => await execution.receive(body, headers);
	/** An execution that went on with an event, and waits at its second node. */
	const goneOn = async (first = ended()) => {
		const execution = await start({
			One: { ...SPEAK, ...WAITS },
			Two: { ...SPEAK, ...WAITS, call_control_id: LEG },
		});
		await receive(execution, first);
		await sent('speak', 2);
		return { execution, first };
	};

	it('lets the next node run, with the event, the reply to the command and the input', async () => {
		const execution = await start(
			{ Say: { ...SPEAK, ...WAITS, call_control_id: LEG } },
			{ items: [{ patient: 'Jane', outcome: 'of an earlier node', payload: { of: 'it' } }] },
		);
		await sent('speak');
		const { status, text, run } = await receive(execution, ended());
		expect([status, text]).toEqual([200, 'Taken']);
		expect(nextItems(run)![0].json).toMatchObject({
			patient: 'Jane',
			outcome: 'success',
			event_type: 'call.speak.ended',
			payload: { status: 'completed' },
			call_control_id: LEG,
			command: { call_control_id: LEG },
		});
		expect(JSON.stringify(run!.data.resultData.runData)).not.toMatch(/telnyxWait|secret/);
	});

	it('keeps nothing of how a step of Telnyx Phone Call ended, and what the user wrote', async () => {
		const causes = { hangup_cause: 'user_busy', hangup_source: 'callee' };
		for (const [before, kept] of [
			[{ outcome: 'unanswered', reason: 'busy', ...causes }, undefined],
			[{ outcome: 'no_decision', reason: '+13125550101: no answer' }, undefined],
			[{ outcome: 'unanswered', reason: 'busy', details: { message: 'Not placed' } }, undefined],
			[{ outcome: 'success', reason: 'reminder' }, 'reminder'],
			[{ reason: 'reminder' }, 'reminder'],
		] as const) {
			const execution = await start({ Say: { ...SPEAK, ...WAITS } }, { items: [before] });
			const { run } = await receive(execution, ended());
			const [{ json }] = nextItems(run)!;
			expect([before, json.reason]).toEqual([before, kept]);
			for (const name of ['hangup_cause', 'hangup_source', 'details'])
				expect(Object.keys(json)).not.toContain(name);
		}
	});

	it('keeps why a call that is looked up has ended', async () => {
		const summary = { hangup_cause: 'user_busy', hangup_source: 'callee' };
		const execution = await start({ Say: { ...SPEAK, ...WAITS } }, { items: [summary] });
		const { run } = await receive(execution, ended());
		expect(nextItems(run)).toMatchObject([{ json: summary }]);
	});

	it("leaves the item's files as they are", async () => {
		const execution = await start(
			{ Say: { ...SPEAK, ...WAITS } },
			{ files: { photo: { data: 'cGhvdG8=', mimeType: 'image/png' } } },
		);
		const { run } = await receive(execution, ended());
		expect(nextItems(run)![0].binary).toMatchObject({ photo: { mimeType: 'image/png' } });
	});

	it('of an interrupted announcement is a failure', async () => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS } });
		const { run } = await receive(execution, ended({ status: 'cancelled' }));
		expect(run!.data.resultData.error?.message).toContain("'cancelled'");
		expect(nextItems(run)).toBeUndefined();
	});

	it('of a failure goes to the error output with the leg, the details and the input', async () => {
		const execution = await start(
			{ Say: { ...SPEAK, ...WAITS } },
			{
				settings: { onError: 'continueErrorOutput' },
				items: [{ patient: 'Jane', outcome: 'success' }],
			},
		);
		const { run } = await receive(execution, ended({ status: 'failed' }));
		const [, [failed]] = outputsOf(run, 'Say');
		expect(failed.pairedItem).toEqual({ item: 0 });
		expect(failed.json).toMatchObject({
			patient: 'Jane',
			error: expect.stringContaining("'failed'"),
			details: { outcome: 'failure', call_control_id: LEG, event_type: 'call.speak.ended' },
		});
	});

	it('of a caller who hangs up ends the branch, and is no error', async () => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS } });
		const hangup = signedEvent(keys, 'call.hangup', { call_control_id: LEG });
		const { run } = await receive(execution, hangup);
		expect(run!.status).toBe('success');
		expect(nextItems(run)).toBeUndefined();
	});

	it.each(['continue', 'error'])('of a caller who hangs up: %s', async (on_call_end) => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS, on_call_end } });
		const hangup = signedEvent(keys, 'call.hangup', { call_control_id: LEG });
		const { run } = await receive(execution, hangup);
		if (on_call_end === 'error') expect(run!.data.resultData.error?.message).toMatch(/ended/);
		else expect(nextItems(run)![0].json).toMatchObject({ outcome: 'ended', call_control_id: LEG });
	});

	it('of another call, or from anybody else, leaves it waiting', async () => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS } });
		const another = await receive(execution, ended({ call_control_id: 'v3:another' }));
		expect([another.text, another.run]).toEqual(['Ignored', undefined]);
		const forged = signedEvent(makeKeyPair(), 'call.speak.ended', { call_control_id: LEG });
		expect((await receive(execution, forged)).status).toBe(401);
		expect((await receive(execution, ended())).run).toBeDefined();
	});

	it.each([['a text'], [5], [undefined]])('is used once, with %j as its ID', async (id) => {
		const same = signedEvent(keys, 'call.speak.ended', { call_control_id: LEG }, { id });
		const { execution, first } = await goneOn(same);
		expect((await receive(execution, first)).text).toBe('Taken before');
	});

	it('is used once, also if Telnyx repeats it after the execution went on', async () => {
		const { execution, first } = await goneOn();
		expect((await receive(execution, first)).text).toBe('Taken before');
		expect(nextItems((await receive(execution, ended())).run)).toHaveLength(1);
	});

	it('is used once, also if another process gets the repetition', async () => {
		const { execution, first } = await goneOn();
		// Where what this process remembers is not known.
		jest.spyOn(SeenEvents.prototype, 'isNew').mockResolvedValueOnce(true);
		expect((await receive(execution, first)).text).toBe('Taken before');
	});
});

describe('two events at once', () => {
	it('end the wait once', async () => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS, on_call_end: 'continue' } });
		const leg = { call_control_id: LEG };
		const ends = [
			signedEvent(keys, 'call.speak.ended', { ...leg, status: 'call_hangup' }),
			signedEvent(keys, 'call.hangup', leg),
		];
		const received = await Promise.all(
			ends.map(async ({ body, headers }) => await execution.receive(body, headers)),
		);
		expect(received.filter(({ run }) => run)).toHaveLength(1);
	});

	it.each(['the event', 'the time limit'])(
		'of which one is the time limit end the wait once, when %s is first',
		async (first) => {
			const execution = await start({ Say: { ...SPEAK, ...WAITS, on_failure: 'continue' } });
			const { telnyxWait } = execution.saved()!.executionData!.nodeExecutionStack[0]
				.metadata as unknown as { telnyxWait: { id: string } };
			const own = { [SECRET_HEADER]: ownSecret(credential(), telnyxWait.id) };
			const payload = { call_control_id: LEG, status: 'completed' };
			const event = signedEvent(keys, 'call.speak.ended', payload);
			const both = [
				async () => await execution.receive(event.body, event.headers),
				async () => await execution.receive('{"kind":"timeout","answer":{}}', own),
			];
			if (first === 'the time limit') both.reverse();
			const received = await Promise.all(both.map(async (receive) => await receive()));
			const went = received.filter(({ run }) => run);
			expect(went).toHaveLength(1);
			expect(nextItems(went[0].run)).toHaveLength(1);
		},
	);

	it('of a key that stops the announcement: the key counts, not the end that it causes', async () => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS, stop_on_key: true } });
		await sent('speak');
		const leg = { call_control_id: LEG };
		const key = signedEvent(keys, 'call.dtmf.received', { ...leg, digit: '7' });
		const ended = signedEvent(keys, 'call.speak.ended', { ...leg, status: 'cancelled' });
		let end: ReturnType<typeof execution.receive> | undefined;
		telnyx.answer = ({ url }) => {
			if (url.endsWith('/playback_stop')) end = execution.receive(ended.body, ended.headers);
			return { body: { data: { result: 'ok' } } };
		};
		const { run } = await execution.receive(key.body, key.headers);
		expect(nextItems(run)![0].json).toMatchObject({ outcome: 'key', digit: '7' });
		expect(commands('playback_stop')).toHaveLength(1);
		expect((await end)!.run).toBeUndefined();
	});

	it('of which the earlier one comes last does not free a key that was used', async () => {
		const execution = await start({
			Say: { ...SPEAK, ...WAITS, stop_on_key: true },
			Ask: { ...SPEAK, ...WAITS, resource: 'input', operation: 'gatherUsingSpeak' },
			Key: WAIT_FOR_EVENT,
		});
		const at = (second: number) => ({ occurred_at: `2026-11-28T12:00:0${second}Z` });
		const leg = { call_control_id: LEG };
		const tell = async (type: string, payload: object, second: number) => {
			const { body, headers } = signedEvent(keys, type, { ...leg, ...payload }, at(second));
			return await execution.receive(body, headers);
		};
		const press = async (second: number) =>
			await tell('call.dtmf.received', { digit: `${second}` }, second);
		await sent('speak');
		await press(5);
		await sent('gather_using_speak');
		await tell('call.gather.ended', { status: 'valid', digits: '1' }, 4);
		expect((await press(5)).text).toBe('Ignored');
		const { run } = await press(6);
		expect(nextItems(run)![0].json).toMatchObject({ payload: { digit: '6' } });
	});
});

describe('a command', () => {
	it('that Telnyx refuses ends the wait at once, with its error', async () => {
		telnyx.answer = ({ url }) =>
			url.endsWith('/speak')
				? { status: 422, body: { errors: [{ code: '90034', title: 'Call not answered' }] } }
				: { body: { data: { result: 'ok' } } };
		const told: Array<{ body: string; headers: Record<string, string> }> = [];
		const n8n = await startRecorder();
		try {
			n8n.answer = ({ body, headers }) => {
				told.push({ body, headers: headers as Record<string, string> });
				return { body: 'Taken' };
			};
			const execution = await start({ Say: { ...SPEAK, ...WAITS } }, { origin: n8n.baseUrl });
			const [{ body, headers }] = await eventually('the execution to be told', () =>
				told.length > 0 ? told : undefined,
			);
			const other = { ...headers, 'x-telnyx-wait-secret': 'x'.repeat(36) };
			expect((await execution.receive(body, other)).status).toBe(401);
			const { run } = await execution.receive(body, headers);
			expect(run!.data.resultData.error).toMatchObject({
				message: 'The call has not been answered yet',
			});
		} finally {
			await n8n.close();
		}
	});

	describe('that has to be tried again', () => {
		const triesIf = async (status: number, body: object | string) => {
			telnyx.answer = ({ url }) =>
				url.endsWith('/speak') ? { status: 503, body: {} } : { body: { data: {} } };
			const n8n = await startRecorder();
			try {
				n8n.answer = () => ({ status, body });
				await start({ Say: { ...SPEAK, ...WAITS } }, { origin: n8n.baseUrl });
				await eventually('n8n to hear how it ended', () =>
					n8n.requests.some(({ body }) => body.includes('refused')),
				);
				return commands('speak').length;
			} finally {
				await n8n.close();
			}
		};

		it.each([
			['was cancelled', 409, { message: 'The execution "1" has finished with error.' }],
			['was deleted', 404, { message: 'The execution "1" does not exist.' }],
			['has gone on', 409, { message: 'The execution "1" is running already.' }],
			['waits for something else', 401, 'Unauthorized'],
		])('is not sent any more if the execution %s', async (_, status, body) => {
			expect(await triesIf(status, body)).toBe(1);
		});

		it.each([
			['the execution waits', 200, 'Ignored'],
			['n8n cannot say', 503, 'Busy'],
		])('is sent again if %s', async (_, status, body) => {
			expect(await triesIf(status, body)).toBeGreaterThan(2);
		});
	});

	it("carries the owner of the leg, and the user's own client state inside it", async () => {
		const state = { options: { client_state: '{"step":"menu"}' } };
		const execution = await start({ Say: { ...SPEAK, ...WAITS, ...state } });
		const [{ body }] = await sent('speak');
		const { client_state: wire } = JSON.parse(body) as { client_state: string };
		const travels = JSON.parse(Buffer.from(wire, 'base64').toString()) as Record<string, string>;
		expect(Buffer.from(travels.client_state, 'base64').toString()).toBe('{"step":"menu"}');
		const event = signedEvent(keys, 'call.speak.ended', {
			call_control_id: LEG,
			status: 'completed',
			client_state: wire,
		});
		const { run } = await execution.receive(event.body, event.headers);
		const { json } = nextItems(run)![0];
		expect(json.client_state).toEqual({ step: 'menu' });
		expect(json.payload).toMatchObject({ client_state: travels.client_state });
	});

	it('takes over a leg of another execution, with the client state that the leg has', async () => {
		const theirs = Buffer.from('"theirs"').toString('base64');
		telnyx.answer = ({ method }) => ({
			body: {
				data: method === 'GET' ? { is_alive: true, client_state: theirs } : { result: 'ok' },
			},
		});
		await start({ Say: { ...SPEAK, ...WAITS } });
		const [request] = await sent('speak');
		const travels = JSON.parse(
			Buffer.from(String(bodyOf(request).client_state), 'base64').toString(),
		);
		expect(travels.client_state).toBe(theirs);
	});

	it('keeps the client state of a leg that an earlier node could not read', async () => {
		const theirs = Buffer.from('"theirs"').toString('base64');
		let reads = 0;
		telnyx.answer = ({ method }) => {
			if (method !== 'GET') return { body: { data: {} } };
			reads += 1;
			return reads > 3
				? { body: { data: { is_alive: true, client_state: theirs } } }
				: { status: 500, body: {} };
		};
		await start(
			{ First: { ...SPEAK, ...WAITS }, Second: { ...SPEAK, ...WAITS } },
			{ settings: { onError: 'continueRegularOutput' } },
		);
		const [request] = await sent('speak');
		expect(decodeOwned(bodyOf(request).client_state).clientState).toBe(theirs);
	});

	it.each([
		[3, 0],
		[4, 1],
	])(
		'gives the leg back after %i sub-workflows that had it, taking it over %i times',
		async (count, times) => {
			const parent = await start({ Say: { ...SPEAK, ...WAITS }, Wait: WAIT_FOR_EVENT });
			const latest = async (sub: number) =>
				bodyOf((await sent('speak', sub + 1)).at(-1)!).client_state;
			const ofParent = await latest(0);
			let client_state = ofParent;
			telnyx.answer = ({ method }) => ({
				body: { data: method === 'GET' ? { is_alive: true, client_state } : {} },
			});
			for (let sub = 1; sub <= count; sub += 1) {
				await start({ Say: { ...SPEAK, ...WAITS } });
				client_state = await latest(sub);
			}
			const { body, headers } = signedEvent(keys, 'call.speak.ended', {
				call_control_id: LEG,
				status: 'completed',
				client_state: ofParent,
			});
			const { run } = await parent.receive(body, headers);
			expect(run?.status).toBe('waiting');
			expect(commands('client_state_update')).toHaveLength(times);
		},
	);

	it.each([
		['waits', { ...TRANSFER, ...WAITS }],
		['does not wait', TRANSFER],
	])(
		'that transfers a leg and %s keeps the client state that the user gave it',
		async (_what, node) => {
			const theirs = Buffer.from('"theirs"').toString('base64');
			telnyx.answer = () => ({ body: { data: { is_alive: true, client_state: theirs } } });
			await start({ Transfer: node, Second: { ...SPEAK, ...WAITS } });
			const [request] = await sent('transfer');
			expect(decodeOwned(bodyOf(request).client_state).clientState).toBe(theirs);
		},
	);

	it('takes a leg over at the second try, if Telnyx is too busy for the first', async () => {
		telnyx.answer = ({ url }) =>
			url.endsWith('/client_state_update') && commands('client_state_update').length === 1
				? { status: 503, body: {} }
				: { body: { data: { is_alive: true } } };
		const { run } = await start({ Wait: WAIT_FOR_EVENT });
		expect(run.data.resultData.error).toBeUndefined();
		expect(run.status).toBe('waiting');
		const [first, second] = commands('client_state_update');
		expect(bodyOf(second)).toEqual(bodyOf(first));
	});

	it('takes its legs over if the user retries a failed execution', async () => {
		const first = await start({ Say: { ...SPEAK, ...WAITS } });
		const [{ body }] = await sent('speak');
		const { client_state: before } = JSON.parse(body) as { client_state: string };
		telnyx.answer = () => ({ body: { data: { is_alive: true, client_state: before } } });
		await start({ Wait: WAIT_FOR_EVENT }, { retryOf: first.run });
		const [update] = await sent('client_state_update');
		const [{ owner: earlier = '' }, { owner = '' }] = [before, bodyOf(update).client_state].map(
			decodeOwned,
		);
		// Both of them.
		expect(owner.length).toBeGreaterThan(earlier.length);
	});

	it('shares the leg with the execution that owned it before, and so does the next command', async () => {
		await start({ Say: { ...SPEAK, ...WAITS } });
		const [before] = await sent('speak');
		const { client_state: theirs } = bodyOf(before);
		telnyx.answer = ({ method }) => ({
			body: {
				data: method === 'GET' ? { is_alive: true, client_state: theirs } : { result: 'ok' },
			},
		});
		const execution = await start({
			First: { ...SPEAK, ...WAITS },
			Second: { ...SPEAK, ...WAITS },
		});
		const [, first] = await sent('speak', 2);
		const { client_state: ours } = bodyOf(first);
		const event = signedEvent(keys, 'call.speak.ended', {
			call_control_id: LEG,
			status: 'completed',
			client_state: ours,
		});
		await execution.receive(event.body, event.headers);
		const [, , second] = await sent('speak', 3);
		const owners = [theirs, ours, bodyOf(second).client_state].map(
			(state) => decodeOwned(state).owner,
		);
		// The same owners give the same text.
		expect(owners[1]).toBe(owners[2]);
		expect(owners[1]).not.toBe(owners[0]);
		expect(String(owners[1]).length).toBeGreaterThan(String(owners[0]).length);
	});

	it('is not sent to a call that is over', async () => {
		telnyx.answer = () => ({ body: { data: { is_alive: false } } });
		const { run } = await start({ Say: { ...SPEAK, ...WAITS } });
		expect(run.waitTill).toBeUndefined();
		expect(run.status).toBe('success');
		expect(commands('speak')).toHaveLength(0);
	});
});

describe('when the time is over', () => {
	it('n8n itself ends the wait if the node cannot', async () => {
		const execution = await start({ Say: { ...SPEAK, ...WAITS, wait_timeout_secs: 1 } });
		const run = await execution.timeOut();
		expect(run.data.resultData.error?.message).toBe(
			'Telnyx did not report call.speak.ended within 1 second',
		);
	});

	it('the item keeps its input if the node is to continue on errors', async () => {
		const execution = await start(
			{ Say: { ...SPEAK, ...WAITS } },
			{ items: [{ patient: 'Jane' }], settings: { onError: 'continueRegularOutput' } },
		);
		const { json } = nextItems(await execution.timeOut())![0];
		expect(json).toMatchObject({
			patient: 'Jane',
			outcome: 'timeout',
			call_control_id: LEG,
			error: expect.stringContaining('did not report'),
			details: { outcome: 'timeout' },
		});
	});

	it('the workflow goes on with the input and the outcome if the user wants that', async () => {
		const execution = await start(
			{ Say: { ...SPEAK, ...WAITS, on_failure: 'continue' } },
			{ items: [{ patient: 'Jane', outcome: 'success' }] },
		);
		const { json } = nextItems(await execution.timeOut())![0];
		expect(json).toMatchObject({ patient: 'Jane', outcome: 'timeout', call_control_id: LEG });
	});
});
