import { runAction } from '../support/engine';
import { byId } from '../support/steps';
import { DIAL, LEG, SPEAK, useWaits, WAIT_FOR_EVENT, WAITS } from '../support/waits';

/** What keeps a node from waiting: it says so before it sends anything. */
const { telnyx, keys, options, start } = useWaits();

it.each([
	[
		'a row that sends the awaited event elsewhere',
		{
			...DIAL,
			...WAITS,
			more_options: {
				webhook_options: {
					webhook_urls: { items: [{ name: 'call.answered', value: 'https://example.com/mine' }] },
				},
			},
		},
		{},
		'call.answered elsewhere',
	],
	['several items', { ...SPEAK, ...WAITS }, { items: [{}, {}] }, 'one item at a time'],
	['no time', { ...SPEAK, ...WAITS, wait_timeout_secs: 0 }, {}, "'Timeout (Seconds)'"],
	['endless time', { ...SPEAK, ...WAITS, wait_timeout_secs: 1e13 }, {}, "'Timeout (Seconds)'"],
	['no event to wait for', { ...WAIT_FOR_EVENT, events: '={{ [] }}' }, {}, "'Events' is empty"],
	[
		'several numbers to dial at once',
		{ ...DIAL, to: '+13125550101, +13125550102', ...WAITS },
		{},
		'one call',
	],
])('%s: says so, and sends no command', async (_what, parameters, more, message) => {
	const { error } = await runAction(options(parameters, more));
	expect(error?.message).toContain(message);
	expect(telnyx.requests.filter(({ method }) => method !== 'GET')).toHaveLength(0);
});

it('sends no method for webhooks, since GET has no body that could be verified', async () => {
	const webhook_options = {
		webhook_url: 'https://example.com/telnyx',
		webhook_url_method: 'GET',
		webhook_urls_method: 'GET',
	};
	await runAction(options({ ...DIAL, more_options: { webhook_options } }));
	const [{ body }] = telnyx.requests;
	expect(JSON.parse(body)).toMatchObject({ webhook_url: webhook_options.webhook_url });
	expect(body).not.toContain('GET');
});

it('says so before the command if events could not be verified', async () => {
	telnyx.answer = () => ({ status: 404, body: { errors: [] } });
	const { error } = await runAction(
		options(
			{ ...SPEAK, ...WAITS },
			{ credential: { apiKey: 'OTHER', baseUrl: 'custom', customBaseUrl: telnyx.baseUrl } },
		),
	);
	expect(error?.message).toContain('public key');
	expect(telnyx.requests.map(({ url }) => url)).toEqual([expect.stringContaining('/public_key')]);
});

it('says so before the command if Telnyx cannot reach an n8n on the user’s own machine', async () => {
	const local = { apiKey: 'KEY', publicKey: keys.publicKey, baseUrl: 'https://api.telnyx.com/v2' };
	const { error } = await runAction(options({ ...SPEAK, ...WAITS }, { credential: local }));
	expect(error?.message).toContain('Telnyx cannot reach this n8n at http://127.0.0.1');
});

it.each([
	['a command', { ...SPEAK, ...WAITS }],
	[
		'a step of a call',
		{ operation: 'say', text: 'Hello', options: { call_control_id: byId(LEG) } },
	],
])('%s says so before it is sent if Engine 2.0 runs the workflow', async (_what, node) => {
	const executionId = '01998e3a-5f2c-7c41-9d3e-0f6b7a2c4d5e';
	const { run } = await start({ Node: node }, { executionId });
	expect(run.data.resultData.error?.message).toContain('Engine 2.0');
	expect(telnyx.requests).toEqual([]);
});

it('says everything at once that is in the way of waiting', async () => {
	const local = { apiKey: 'KEY', publicKey: 'no key', baseUrl: 'https://api.telnyx.com/v2' };
	const { error } = await runAction(
		options({ ...SPEAK, ...WAITS, payload: '={{ "" }}' }, { credential: local, items: [{}, {}] }),
	);
	expect(error?.message).toContain("'Text' is empty");
	expect(error?.message).toContain('one item at a time');
	expect(error?.message).toContain("'Public Key' of the credential");
	expect(error?.message).toContain('Telnyx cannot reach this n8n');
});
