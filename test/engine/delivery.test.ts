import { sleep } from 'n8n-workflow';

import { runActionAt, type NodeRun, type RunOptions } from '../support/engine';
import { credentialFor } from '../support/credential';
import { loggerPrototype } from '../support/n8nLogger';
import { useRecorder, type Answer, type Recorder } from '../support/recorder';
import { passes, skipWaits } from '../support/skipWaits';

const KEY = 'KEY-must-not-show';
const CALL = 'v3:abc';

const telnyx = useRecorder();
skipWaits();

const numbered = (count: number) => Array.from({ length: count }, (_, digit) => ({ digit }));

/** Sends DTMF, the digits of each item, unless the fields say otherwise. */
const run = async (
	fields: Record<string, unknown> = {},
	more: Partial<RunOptions> = {},
): Promise<NodeRun> =>
	await runActionAt(
		telnyx,
		{
			resource: 'input',
			operation: 'sendDtmf',
			call_control_id: CALL,
			digits: '={{ $json.digit ?? 5 }}',
			...fields,
		},
		{ credential: credentialFor(telnyx, { apiKey: KEY }), ...more },
	);

const sent = () => telnyx.requests.map(({ body }) => JSON.parse(body) as Record<string, string>);
const digitsSent = () => sent().map(({ digits }) => digits);
const commandIds = () => new Set(sent().map(({ command_id }) => command_id));

const OK: Answer = { body: { data: { result: 'ok' } } };
const refused = (status: number, code: string, headers = {}): Answer => ({
	status,
	body: { errors: [{ code, title: 'Telnyx says no' }] },
	headers,
});
const tooMany = (headers = {}) => refused(429, '10011', headers);
const ended = refused(422, '90018');
/** Longer than anything that does not wait for it takes. */
const ASKED_SECS = 30;
const asksToWait = { 'retry-after': String(ASKED_SECS) };
const NOT_FOUND = 'Telnyx does not know what this refers to';

/** These answers one after the other, then successes. */
const answers = (...planned: Answer[]) => {
	telnyx.answer = (_request, index) => planned[index] ?? OK;
};

const siprec = { resource: 'siprec', operation: 'startSiprec' };

describe('a failure that may not happen again', () => {
	it.each<[string, Answer]>([
		['a broken connection', { drop: true }],
		['408', refused(408, '1')],
		['429', tooMany({ 'retry-after': '0.1' })],
		['500', refused(500, '10007')],
		['503', refused(503, '10007', { 'retry-after': '0' })],
		[
			'500 long before the allowance is renewed',
			refused(500, '10007', { 'x-ratelimit-reset': '45' }),
		],
	])('%s: the command is sent again, with the same command ID', async (_what, failure) => {
		answers(failure);
		const { output, error } = await run();
		expect(error).toBeUndefined();
		expect(output).toHaveLength(1);
		expect(sent()).toHaveLength(2);
		expect(commandIds().size).toBe(1);
	});

	it.each<[string, Answer, number]>([
		['a broken connection', { drop: true }, 1],
		['500', refused(500, '10007'), 1],
		['429, after which Telnyx did nothing', tooMany({ 'retry-after': '0.1' }), 2],
	])('%s, to a command without a command ID: %s', async (_what, failure, requests) => {
		answers(failure);
		await run(siprec);
		expect(telnyx.requests).toHaveLength(requests);
	});

	it('setting a client state twice has the same effect, so the request is repeated', async () => {
		answers({ drop: true });
		const fields = { resource: 'call', operation: 'updateClientState', client_state: 'a' };
		const { error } = await run(fields);
		expect(error).toBeUndefined();
		expect(telnyx.requests).toHaveLength(2);
	});

	it('ends with the last reply of Telnyx and the number of tries', async () => {
		answers(refused(500, '10007'), refused(500, '10007'), OK);
		const { error } = await run({ request_options: { attempts: 2 } });
		expect(error?.message).toBe('Telnyx has a fault or is overloaded');
		expect(error?.description).toContain('Tried 2 times within 1 second.');
		expect(telnyx.requests).toHaveLength(2);
	});

	it.each([
		['429', 429, { 'retry-after': '0' }],
		['503', 503, { 'retry-after': '0' }],
		['503 as the allowance is renewed', 503, { 'x-ratelimit-reset': '0' }],
	])('%s: not all tries are over at once', async (_what, status, headers) => {
		telnyx.answer = () => refused(status, '10007', headers);
		const startedAt = Date.now();
		await run();
		expect(telnyx.requests).toHaveLength(8);
		expect(Date.now() - startedAt).toBeGreaterThan(20_000);
	});

	it('does not wait longer than the user allows', async () => {
		answers(tooMany({ 'retry-after': '41' }));
		const { error } = await run();
		expect(error?.message).toBe('Telnyx received too many requests');
		expect(telnyx.requests).toHaveLength(1);
	});
});

describe('a 429', () => {
	it('stops all commands for as long as it asks', async () => {
		const at: number[] = [];
		telnyx.answer = (_request, index) => {
			at.push(Date.now());
			return index === 2 ? tooMany({ 'retry-after': '0.6' }) : OK;
		};
		const { output } = await run({ request_options: { most_at_once: 3 } }, { items: numbered(30) });
		expect(output).toHaveLength(30);
		expect(at).toHaveLength(31);
		const pauses = at.slice(1).map((time, index) => time - at[index]);
		expect(Math.max(...pauses)).toBeGreaterThan(500);
		// The two that were on their way at the time, and nothing else.
		expect(at.filter((time) => time > at[2] && time < at[2] + 500).length).toBeLessThanOrEqual(2);
	});
});

describe('a 429 that asks for a longer wait than the user allows', () => {
	const settings = { onError: 'continueRegularOutput' } as const;
	const request_options = { most_at_once: 2 };
	const inTenYears = String(Math.floor(Date.now() / 1000) + 10 * 365 * 86_400);

	it.each([
		['an hour', { 'retry-after': '3600' }],
		['a date far away', { 'retry-after': 'Fri, 02 Jan 2126 03:04:05 GMT' }],
		['a time since 1970', { 'x-ratelimit-reset': inTenYears }],
	])(
		'%s: everything fails at once with the reason, and nothing more is sent',
		async (_what, headers) => {
			answers(tooMany(headers));
			const { output } = await run(
				{ request_options: { most_at_once: 1 } },
				{ items: numbered(30), settings },
			);
			expect(output).toHaveLength(30);
			expect(telnyx.requests).toHaveLength(1);
			expect(output[0].json.error).toBe('Telnyx received too many requests');
			for (const { json } of output.slice(1)) {
				expect(json.error).toMatch(/^Telnyx asks to wait \d+ seconds$/);
				expect((json.details as { description: string }).description).toMatch(
					/^This was not sent, so it is safe to run it again after that\..*'Longest Wait \(Seconds\)' in 'Request Options'/,
				);
			}
		},
	);

	it('counts queued commands as not sent', async () => {
		telnyx.answer = (_request, index) => (index < 4 ? OK : tooMany({ 'retry-after': '3600' }));
		const { error } = await run({ request_options }, { items: numbered(20) });
		expect(error?.message).toBe('Telnyx received too many requests');
		expect(error?.description).toMatch(
			/Carried out: 4 of 20 commands \(items 0-3\)\. Failed: [12] .* Not sent: 1[45]\./,
		);
	});

	it('is recognized as well if it comes in several short waits', async () => {
		telnyx.answer = () => {
			passes(15_000);
			return tooMany({ 'retry-after': '0.1' });
		};
		const { output } = await run({ request_options }, { items: numbered(30), settings });
		expect(output).toHaveLength(30);
		expect(telnyx.requests.length).toBeLessThan(6);
		expect(output[29].json.error).toMatch(/^Telnyx asks to wait \d+ seconds$/);
	});

	it('ignores a time that has passed', async () => {
		answers(tooMany({ 'x-ratelimit-reset': '1700000000' }));
		const { error } = await run();
		expect(error).toBeUndefined();
		expect(telnyx.requests).toHaveLength(2);
	});
});

describe('Request Options', () => {
	it.each([
		[{}, 25],
		[{ most_at_once: 4 }, 4],
	])('%j: at most %i on their way at once', async (request_options, most) => {
		let now = 0;
		let peak = 0;
		telnyx.answer = async () => {
			peak = Math.max(peak, ++now);
			await sleep(30);
			now -= 1;
			return OK;
		};
		const { output } = await run({ request_options }, { items: numbered(120) });
		expect(output).toHaveLength(120);
		expect(peak).toBe(most);
	});

	it('a limit per second spreads the commands evenly', async () => {
		const startedAt = Date.now();
		await run({ request_options: { commands_per_second: 40 } }, { items: numbered(41) });
		expect(Date.now() - startedAt).toBeGreaterThanOrEqual(999);
	});

	it.each([
		[{ most_at_once: 0 }, "'Commands at Once' is '0', but has to be a whole number from 1 to 200"],
		[
			{ most_at_once: 2.5 },
			"'Commands at Once' is '2.5', but has to be a whole number from 1 to 200",
		],
		[
			{ attempts: '={{ "often" }}' },
			"'Attempts per Command' is 'often', but has to be a whole number from 1 to 20",
		],
		[
			{ longest_wait_seconds: 60 },
			"'Longest Wait (Seconds)' is '60', but has to be a number from 0 to 55",
		],
		[
			{ commands_per_second: 0 },
			"'Commands per Second' is '0', but has to be a number from 0.1 to 1000",
		],
	])('%j is named, and nothing is sent', async (request_options, message) => {
		const { error } = await run({ request_options });
		expect(error?.message).toBe(message);
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe('a call that has already ended', () => {
	const stop = { resource: 'siprec', operation: 'stopSiprec' };
	const setting = { already_ended_is_success: true };

	it.each(['90018', '90019'])(
		'is a success for a stop command, if the user wants that (%s)',
		async (code) => {
			telnyx.answer = () => refused(422, code);
			const { output } = await run({ ...stop, ...setting });
			expect(output).toEqual([
				{
					json: {
						call_control_id: CALL,
						command_id: expect.any(String),
						already_ended: true,
					},
					pairedItem: { item: 0 },
				},
			]);
		},
	);

	it('is a failure otherwise, for another command, and for another reason', async () => {
		telnyx.answer = () => ended;
		const { error } = await run(stop);
		expect(error?.message).toBe('The call has already ended');
		expect(error?.description).toContain("switch on 'Treat Already Ended as Success'");
		const other = await run(setting);
		expect(other.error?.message).toBe('The call has already ended');
		expect(other.error?.description).not.toContain('Treat Already Ended');
		telnyx.answer = () => refused(422, '90034');
		expect((await run({ ...stop, ...setting })).error).toBeDefined();
	});
});

describe('a repeated command that meets its own effect', () => {
	const hangup = { resource: 'call', operation: 'hangup' };
	const removal = {
		resource: 'media',
		operation: 'delete',
		media_name: { __rl: true, mode: 'id', value: 'hello' },
	};
	const gone = refused(404, '10005');
	const fault = refused(500, '10007');
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	it.each<[string, Answer]>([
		['an answer that was lost', { drop: true }],
		['an answer that was wrong', fault],
	])('is a success, after %s', async (_what, first) => {
		answers(first, gone);
		const deleted = await run(removal);
		expect(deleted.error).toBeUndefined();
		expect(deleted.output[0].json).toEqual({ media_name: 'hello', deleted: true });

		telnyx.reset();
		answers(first, ended);
		const hungUp = await run(hangup);
		expect(hungUp.error).toBeUndefined();
		expect(hungUp.output[0].json).toMatchObject({ call_control_id: CALL, already_ended: true });
	});

	it('is a success if Retry On Fail sent it', async () => {
		answers({ drop: true }, gone);
		const { error, output } = await run(
			{ ...removal, request_options: { attempts: 1 } },
			{ settings },
		);
		expect(error).toBeUndefined();
		expect(output[0].json).toMatchObject({ deleted: true });
	});

	it('is a failure if no earlier try can have taken effect', async () => {
		answers(tooMany({ 'retry-after': '0' }), gone);
		expect((await run(removal)).error?.message).toBe(NOT_FOUND);
		telnyx.reset();
		answers(gone);
		expect((await run(removal)).error?.message).toBe(NOT_FOUND);
		telnyx.reset();
		answers(tooMany({ 'retry-after': '0' }), ended);
		expect((await run(hangup)).error?.message).toBe('The call has already ended');
	});

	it('is a failure if the reply is not from Telnyx, or if the command was to start something', async () => {
		answers(fault, { status: 404, body: '<h1>Not Found</h1>' });
		expect((await run(removal)).error).toBeDefined();
		telnyx.reset();
		answers(fault, ended);
		expect((await run()).error?.message).toBe('The call has already ended');
	});
});

describe('Retry On Fail', () => {
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

	it('sends only the commands that were not carried out, and outputs all items in order', async () => {
		let isDown = true;
		telnyx.answer = ({ body }) => {
			if (!body.includes('"digits":"3"') || !isDown) return OK;
			isDown = false;
			return ended;
		};
		const { output, error } = await run({}, { items: numbered(6), settings });
		expect(error).toBeUndefined();
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			numbered(6).map((_, item) => ({ item })),
		);
		expect(digitsSent().filter((digits) => digits !== '3')).toHaveLength(5);
		expect(digitsSent().filter((digits) => digits === '3')).toHaveLength(2);
	});

	it('does so with continue as well, when n8n repeats because the first item failed', async () => {
		let isDown = true;
		telnyx.answer = ({ body }) => {
			if (!body.includes('"digits":"0"') || !isDown) return OK;
			isDown = false;
			return ended;
		};
		const { output } = await run(
			{},
			{ items: numbered(4), settings: { ...settings, onError: 'continueRegularOutput' } },
		);
		expect(output.map(({ json }) => json.result)).toEqual(['ok', 'ok', 'ok', 'ok']);
		expect(digitsSent().sort()).toEqual(['0', '0', '1', '2', '3']);
	});

	it('repeats a command with the same command ID as long as Telnyx knows it', async () => {
		answers({ drop: true });
		const { error } = await run({ request_options: { attempts: 1 } }, { settings });
		expect(error).toBeUndefined();
		expect(sent()).toHaveLength(2);
		expect(commandIds().size).toBe(1);
	});

	it('does not repeat it when Telnyx may have forgotten it', async () => {
		telnyx.answer = () => {
			passes(56_000);
			return refused(500, '10007');
		};
		const { error } = await run({}, { settings });
		expect(error?.message).toBe('It is not known whether Telnyx carried the command out');
		expect(telnyx.requests).toHaveLength(1);
	});

	it.each<[string, Answer]>([
		['is told to wait', tooMany()],
		['is told that its key is not accepted', refused(401, '10009')],
	])('nor forgets that it may be there when the next run %s', async (_what, second) => {
		telnyx.answer = (_request, index) => {
			if (index === 0) return { drop: true };
			passes(61_000);
			return second;
		};
		const thrice = { ...settings, maxTries: 3 };
		const { error } = await run({ request_options: { attempts: 1 } }, { settings: thrice });
		expect(error?.message).toBe('It is not known whether Telnyx carried the command out');
		expect(telnyx.requests).toHaveLength(2);
	});

	it('does not start a second SIPREC session when the first may exist', async () => {
		answers({ drop: true });
		const { error } = await run(siprec, { settings });
		expect(error?.message).toBe('It is not known whether Telnyx carried the command out');
		expect(telnyx.requests).toHaveLength(1);
	});

	it('starts one after a refusal', async () => {
		answers(ended);
		const { error } = await run(siprec, { settings });
		expect(error).toBeUndefined();
		expect(telnyx.requests).toHaveLength(2);
	});
});

describe('an execution that the user retries', () => {
	const request_options = { attempts: 1 };

	it('sends the commands that were not carried out, with their original command IDs', async () => {
		telnyx.answer = ({ body }) => (body.includes('"digits":"2"') ? { drop: true } : OK);
		const first = await run(
			{ request_options: { attempts: 1, most_at_once: 1 } },
			{ items: numbered(4) },
		);
		expect(first.error).toBeDefined();
		const idOfFailed = sent().at(-1)?.command_id;

		telnyx.reset();
		const { output, error } = await run(
			{ request_options },
			{ retryOf: first.run, executionId: '232' },
		);
		expect(error).toBeUndefined();
		expect(output).toHaveLength(4);
		expect(digitsSent().sort()).toEqual(['2', '3']);
		expect(sent().find(({ digits }) => digits === '2')?.command_id).toBe(idOfFailed);
	});

	it('has the same command IDs with other settings of the node, but not for another call', async () => {
		telnyx.answer = () => ({ drop: true });
		const first = await run({ request_options });
		const again = async (fields: object) =>
			await run(
				{ request_options, ...fields },
				{ retryOf: structuredClone(first.run), executionId: '232' },
			);
		await again({ digits: '9', options: { client_state: 'other' } });
		expect(commandIds().size).toBe(1);
		await again({ call_control_id: 'v3:another' });
		expect(commandIds().size).toBe(2);
	});

	it('is not the same as another execution', async () => {
		await run();
		// The node tells executions apart by when they began.
		jest.advanceTimersByTime(1);
		await run();
		expect(commandIds().size).toBe(2);
	});
});

describe('a run that stops', () => {
	it('says what was carried out, what failed, and what was not sent', async () => {
		telnyx.answer = ({ body }) => (body.includes('"digits":"7"') ? ended : OK);
		const { error } = await run({ request_options: { most_at_once: 1 } }, { items: numbered(20) });
		expect(error?.message).toBe('The call has already ended');
		expect(error?.description).toContain(
			'Carried out: 7 of 20 commands (items 0-6). Failed: 1 (item 7). Not sent: 12.',
		);
	});
});

describe('a run that stops while commands are queued', () => {
	const notAnswered = refused(422, '90034');
	/** The first waits for its next try when the second fails. */
	const stopsWhileWaiting = async (first: Answer) => {
		telnyx.answer = async ({ body }) => {
			if (body.includes('"digits":"0"')) return first;
			await sleep(50);
			return notAnswered;
		};
		const startedAt = Date.now();
		const stopped = await run({ request_options: { most_at_once: 6 } }, { items: numbered(6) });
		return { ...stopped, tookMs: Date.now() - startedAt };
	};

	it('does not wait for the end of a 429, and shows why it stopped', async () => {
		const { error, tookMs } = await stopsWhileWaiting(tooMany(asksToWait));
		expect(tookMs).toBeLessThan(ASKED_SECS * 500);
		expect(error?.message).toBe('The call has not been answered yet');
		expect(error?.description).toContain(
			'Carried out: 0 of 6 commands. Failed: 5 (items 1-5). Not sent: 1.',
		);
		expect(telnyx.requests).toHaveLength(6);
	});

	it('sends nothing that is held back by the limit per second', async () => {
		telnyx.answer = () => notAnswered;
		await run({ request_options: { commands_per_second: 4 } }, { items: numbered(20) });
		expect(telnyx.requests.length).toBeLessThan(3);
	});

	it('still finds out whether a command was carried out', async () => {
		let tries = 0;
		telnyx.answer = async ({ body }) => {
			if (!body.includes('"digits":"0"')) return notAnswered;
			tries += 1;
			return tries === 1 ? { drop: true } : OK;
		};
		const { error } = await run({ request_options: { most_at_once: 2 } }, { items: numbered(2) });
		expect(tries).toBe(2);
		expect(error?.description).toContain('Carried out: 1 of 2 commands (item 0). Failed: 1');
	});
});

describe('a cancellation', () => {
	const canceledWhile = async (answer: Recorder['answer'], fields = {}) => {
		let canceledAt = 0;
		const cancelWhen = new Promise<void>((resolve) => {
			telnyx.answer = async (request, index) => {
				if (index === 29) {
					canceledAt = Date.now();
					resolve();
				}
				return await answer(request, index);
			};
		});
		const info = jest.spyOn(loggerPrototype(), 'info').mockImplementation();
		const canceled = await run(fields, { items: numbered(200), cancelWhen });
		const said = info.mock.calls.map(([message]) => message).join();
		info.mockRestore();
		return { ...canceled, tookMs: Date.now() - canceledAt, said };
	};

	it.each<[string, Recorder['answer'], object]>([
		[
			'while Telnyx takes its time',
			async (_request, index) => (index < 25 ? OK : await new Promise<Answer>(() => {})),
			{},
		],
		[
			'while all wait because of a 429',
			(_request, index) => (index < 25 ? OK : tooMany(asksToWait)),
			{},
		],
		[
			'while single commands wait for their next try',
			(_request, index) => (index < 25 ? OK : refused(503, '10007', asksToWait)),
			{},
		],
		[
			'while commands wait for their second',
			() => OK,
			{ request_options: { commands_per_second: 200 } },
		],
	])(
		'%s ends the run long before that time is over, and says how far it came',
		async (_what, answer, fields) => {
			const { error, status, tookMs, said } = await canceledWhile(answer, fields);
			expect(tookMs).toBeLessThan(ASKED_SECS * 500);
			expect(status).toBe('canceled');
			expect(error?.message).toMatch(
				/^The execution was canceled after \d+ of 200 commands were sent$/,
			);
			expect(error?.description).toMatch(/^Carried out: \d+ of 200 commands \(items 0/);
			expect(said).toContain(error?.message);
			expect(telnyx.requests.length).toBeLessThan(80);
		},
	);
});

describe('the log', () => {
	it('has one line for each try, without secrets', async () => {
		const debug = jest.spyOn(loggerPrototype(), 'debug').mockImplementation();
		answers({ drop: true }, { ...OK, headers: { 'x-request-id': 'request-7' } });
		await run({ digits: '987654' });
		const lines = debug.mock.calls
			.map(([message]) => message)
			.filter((message) => message.startsWith('Telnyx '));
		debug.mockRestore();
		expect(lines).toEqual([
			expect.stringMatching(
				/^Telnyx sendDtmf, item 0: no answer \(ECONNRESET\), \d+ ms, try 1, request none$/,
			),
			expect.stringMatching(
				/^Telnyx sendDtmf, item 0: HTTP 200, \d+ ms, try 2, request request-7$/,
			),
		]);
		expect(lines.join()).not.toMatch(/987654|KEY|v3:/);
	});
});
