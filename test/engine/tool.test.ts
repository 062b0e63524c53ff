import { runAsTool } from '../support/engine';
import { startRecorder, type Recorder } from '../support/recorder';

let telnyx: Recorder;
beforeAll(async () => void (telnyx = await startRecorder()));
afterAll(async () => await telnyx.close());
beforeEach(() => telnyx.reset());

const press = async (...digits: string[]) =>
	await runAsTool({
		credential: { apiKey: 'KEY', baseUrl: 'custom', customBaseUrl: telnyx.baseUrl },
		parameters: {
			resource: 'input',
			operation: 'sendDtmf',
			call_control_id: 'v3:abc',
			digits: "={{ $fromAI('digits', 'The keys to press', 'string') }}",
		},
		items: digits.map((digit) => ({ digits: digit })),
	});

describe('as the tool of an AI agent', () => {
	it('is described by what it does', async () => {
		const { output } = await press('1');
		expect(output[0].json.description).toContain('Send DTMF tones on a call');
	});

	it('sends what the model asks for, and answers in JSON', async () => {
		const { output } = await press('42#');
		expect(JSON.parse(telnyx.requests[0].body)).toMatchObject({ digits: '42#' });
		expect(JSON.parse(output[0].json.answer as string)).toEqual([
			expect.objectContaining({ result: 'ok', call_control_id: 'v3:abc' }),
		]);
	});

	it('presses the same key twice if the model does: every use has a command ID of its own', async () => {
		await press('1', '1');
		const ids = telnyx.requests.map(
			({ body }) => (JSON.parse(body) as { command_id: string }).command_id,
		);
		expect(new Set(ids).size).toBe(2);
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
		expect(output[0].json.answer).toContain('Send this command after the event call.answered');
	});
});
