import { makeKeyPair } from '../simulator/keys';
import { runAction, runAsTool, type RunOptions } from '../support/engine';
import { startRecorder, type Recorder } from '../support/recorder';

/** The node's side of waiting. What n8n makes of it: test/e2e/waiting.test.ts. */
let telnyx: Recorder;
beforeAll(async () => void (telnyx = await startRecorder()));
afterAll(async () => await telnyx.close());
beforeEach(() => telnyx.reset());

const { publicKey } = makeKeyPair();
const DIAL = {
	resource: 'call',
	operation: 'dial',
	connection_id: '1293384261075731461',
	from: '+13125550100',
	to: '+13125550101',
};
const SPEAK = {
	resource: 'audio',
	operation: 'speak',
	call_control_id: 'v3:ours',
	payload: 'Hello',
	voice: 'AWS.Polly.Joanna',
};

const WAIT_FOR_EVENT = {
	resource: 'call',
	operation: 'waitForEvent',
	call_control_id: 'v3:ours',
	events: ['call.dtmf.received'],
};

const options = (parameters: object, more: Partial<RunOptions> = {}): RunOptions => ({
	credential: { apiKey: 'KEY', publicKey, baseUrl: 'custom', customBaseUrl: telnyx.baseUrl },
	parameters: parameters as never,
	...more,
});
const bodyOf = (index: number) => JSON.parse(telnyx.requests[index].body) as Record<string, never>;

it('pauses the execution for as long as the limit says', async () => {
	const before = Date.now();
	const { waitTill } = await runAction(
		options({ ...SPEAK, wait_for_outcome: true, wait_at_most_secs: 90 }),
	);
	expect(telnyx.requests).toHaveLength(1);
	expect(waitTill!.getTime() - before).toBeGreaterThanOrEqual(90_000);
	expect(waitTill!.getTime() - before).toBeLessThan(120_000);
});

it('gives a conversation an hour unless the user says otherwise', async () => {
	const { waitTill } = await runAction(
		options({
			resource: 'aiAssistant',
			operation: 'startAIAssistant',
			call_control_id: 'v3:ours',
			wait_for_outcome: true,
		}),
	);
	const seconds = (waitTill!.getTime() - Date.now()) / 1000;
	expect(seconds).toBeGreaterThan(3_500);
	expect(seconds).toBeLessThan(3_601);
});

it('does not pause unless it is told to', async () => {
	const { waitTill, output } = await runAction(options(SPEAK));
	expect(waitTill).toBeUndefined();
	expect(output[0].json).toMatchObject({ result: 'ok' });
});

it('gives Telnyx the address of the execution for what the node waits for, and for no more', async () => {
	await runAction(options({ ...DIAL, wait_for_outcome: true }));
	const { webhook_urls: urls, webhook_retries_policies: retries } = bodyOf(0);
	expect(Object.keys(urls).sort()).toEqual(['call.answered', 'call.hangup']);
	expect(urls['call.answered']).toEqual([
		expect.stringMatching(/^http:\/\/127\.0\.0\.1\/webhook-waiting\/231\/telnyx\?/),
	]);
	expect(Object.keys(retries).sort()).toEqual(['call.answered', 'call.hangup']);
});

it('gives it for all that later nodes can wait for, beside the rows of the form', async () => {
	await runAction(
		options({
			...DIAL,
			events_to_this_execution: true,
			webhook_options: {
				webhook_urls: { items: [{ name: 'call.initiated', value: 'https://example.com/mine' }] },
			},
		}),
	);
	const { webhook_urls: urls } = bodyOf(0);
	expect(urls).toMatchObject({
		'call.initiated': ['https://example.com/mine'],
		'call.speak.ended': [expect.stringContaining('/webhook-waiting/231/telnyx?')],
	});
});

it.each([
	[
		'a row that sends the awaited event elsewhere',
		{
			...DIAL,
			wait_for_outcome: true,
			webhook_options: {
				webhook_urls: { items: [{ name: 'call.answered', value: 'https://example.com/mine' }] },
			},
		},
		{},
		'call.answered elsewhere',
	],
	[
		'several items',
		{ ...SPEAK, wait_for_outcome: true },
		{ items: [{}, {}] },
		'one item at a time',
	],
	[
		'no time limit',
		{ ...SPEAK, wait_for_outcome: true, wait_at_most_secs: 0 },
		{},
		"'Wait at Most (Seconds)'",
	],
	['no event to wait for', { ...WAIT_FOR_EVENT, events: '={{ [] }}' }, {}, "'Events' is empty"],
	[
		'several numbers to dial at once',
		{ ...DIAL, to: '+13125550101, +13125550102', wait_for_outcome: true },
		{},
		'one call',
	],
])('%s: says so, and sends nothing', async (_what, parameters, more, message) => {
	const { error } = await runAction(options(parameters, more));
	expect(error?.message).toContain(message);
	expect(telnyx.requests).toHaveLength(0);
});

it('says before the command that events could not be verified', async () => {
	telnyx.answer = () => ({ status: 404, body: { errors: [] } });
	const { error } = await runAction(
		options(
			{ ...SPEAK, wait_for_outcome: true },
			{ credential: { apiKey: 'OTHER', baseUrl: 'custom', customBaseUrl: telnyx.baseUrl } },
		),
	);
	expect(error?.message).toContain('public key');
	expect(telnyx.requests.map(({ url }) => url)).toEqual([expect.stringContaining('/public_key')]);
});

it('says before the command that Telnyx cannot reach an n8n on the user’s own machine', async () => {
	const credential = { apiKey: 'KEY', publicKey, baseUrl: 'https://api.telnyx.com/v2' };
	const { error } = await runAction(options({ ...SPEAK, wait_for_outcome: true }, { credential }));
	expect(error?.message).toContain('Telnyx cannot reach this n8n at http://127.0.0.1');
});

it('does not pause as the tool of an agent', async () => {
	const { output, waitTill } = await runAsTool(options({ ...SPEAK, wait_for_outcome: true }));
	expect(output[0].json.answer).toContain('"result":"ok"');
	expect(waitTill).toBeUndefined();
});

it('says as the tool of an agent that it cannot wait for an event', async () => {
	const { output, waitTill } = await runAsTool(options(WAIT_FOR_EVENT));
	expect(output[0].json.answer).toContain('cannot wait');
	expect(waitTill).toBeUndefined();
});

it('does not wait for a hangup', async () => {
	const { waitTill } = await runAction(
		options({
			resource: 'call',
			operation: 'hangup',
			call_control_id: 'v3:ours',
			wait_for_outcome: true,
		}),
	);
	expect(waitTill).toBeUndefined();
});
