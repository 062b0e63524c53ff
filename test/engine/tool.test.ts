import { runAsTool, type RunOptions } from '../support/engine';
import { credentialFor } from '../support/credential';
import { useRecorder } from '../support/recorder';
import { passes, skipWaits } from '../support/skipWaits';

const telnyx = useRecorder();
skipWaits();

const press = async (...digits: string[]) => await pressWith({}, ...digits);

const pressWith = async (more: Partial<RunOptions>, ...digits: string[]) =>
	await runAsTool({
		credential: credentialFor(telnyx),
		parameters: {
			resource: 'input',
			operation: 'sendDtmf',
			call_control_id: 'v3:abc',
			digits: "={{ $fromAI('digits', 'The keys to press', 'string') }}",
			request_options: { attempts: 1 },
		},
		items: digits.map((digit) => ({ digits: digit })),
		...more,
	});

const commandIds = () =>
	telnyx.requests.map(({ body }) => (JSON.parse(body) as { command_id: string }).command_id);

describe('as the tool of an AI agent', () => {
	it('is described by what it does', async () => {
		const { output } = await press('1');
		expect(output[0].json.description).toContain('Send DTMF tones');
	});

	it('sends what the model asks for, and answers in JSON', async () => {
		const { output } = await press('42#');
		expect(JSON.parse(telnyx.requests[0].body)).toMatchObject({ digits: '42#' });
		expect(JSON.parse(output[0].json.answer as string)).toEqual([
			expect.objectContaining({ result: 'ok', call_control_id: 'v3:abc' }),
		]);
	});

	it('presses the same key twice if the model does: every use has its own command ID', async () => {
		await press('1', '1');
		expect(new Set(commandIds()).size).toBe(2);
	});

	it('tells the model what is wrong with its arguments, and sends nothing', async () => {
		const { output } = await press('one');
		expect(output[0].json.answer).toContain("'Digits' may only hold the tones 0-9");
		expect(telnyx.requests).toHaveLength(0);
	});

	it('tells the model what Telnyx refused, and what to do', async () => {
		telnyx.answer = () => ({
			status: 422,
			body: { errors: [{ code: '90034', title: 'Not answered' }] },
		});
		const { output } = await press('1');
		expect(output[0].json.answer).toContain('The call has not been answered yet');
		expect(output[0].json.answer).toContain(
			"Answer the call first: with 'Answer' of Telnyx Phone Call",
		);
	});
});

describe('as a tool with Retry On Fail', () => {
	const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	/** Breaks the connection off this many times, then answers. */
	const breaksOff = (times: number) => {
		telnyx.answer = (_request, index) =>
			index < times ? { drop: true } : { body: { data: { result: 'ok' } } };
	};

	it('repeats a command with the same command ID', async () => {
		breaksOff(1);
		const { output } = await pressWith({ settings }, '1');
		expect(output[0].json.answer).toContain('"result":"ok"');
		expect(commandIds()).toHaveLength(2);
		expect(new Set(commandIds()).size).toBe(1);
	});

	it('does not repeat it when Telnyx may have forgotten it', async () => {
		telnyx.answer = () => {
			passes(56_000);
			return { drop: true };
		};
		const { output } = await pressWith({ settings }, '1');
		expect(output[0].json.answer).toContain('It is not known whether');
		expect(commandIds()).toHaveLength(1);
	});

	it('presses the same key twice if the model does', async () => {
		await pressWith({ settings }, '1', '1');
		expect(new Set(commandIds()).size).toBe(2);
	});

	it('treats another use as another command, even after one that failed for good', async () => {
		breaksOff(2);
		await pressWith({ settings }, '1', '1', '1');
		const [first, repeated, second, third] = commandIds();
		expect(repeated).toBe(first);
		expect(new Set([first, second, third]).size).toBe(3);
	});

	it('treats other arguments as another command', async () => {
		breaksOff(1);
		await pressWith({ settings: { ...settings, maxTries: 5 } }, '1', '2');
		const [first, repeated, other] = commandIds();
		expect(repeated).toBe(first);
		expect(other).not.toBe(first);
	});
});
