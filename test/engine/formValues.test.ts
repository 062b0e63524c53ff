/** What is sent for the values of a form, and what is said about wrong ones. Single fields: operations.test.ts. */
import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

const telnyx = useRecorder();

const CALL = { call_control_id: 'v3:abc' };

const sent = () => JSON.parse(telnyx.requests[0].body) as Record<string, unknown>;

describe("nested values as n8n's editor stores them, without what equals a default", () => {
	interface Stored {
		what: string;
		parameters: object;
		sends: object;
	}

	const run = async (parameters: object) => await runActionAt(telnyx, { ...CALL, ...parameters });

	it.each<Stored>([
		{
			what: 'settings of a voice, none of which was added',
			parameters: {
				resource: 'audio',
				payload: 'Hello',
				voice: { __rl: true, mode: 'list', value: 'Telnyx.KokoroTTS.af', cachedResultName: 'af' },
				options: { voice_settings: { minimax: { options: {} } } },
				request_options: {},
			},
			sends: {
				payload: 'Hello',
				voice: 'Telnyx.KokoroTTS.af',
				voice_settings: { type: 'minimax' },
			},
		},
		{
			what: 'a row of a map',
			parameters: {
				resource: 'call',
				operation: 'transfer',
				to: '+13125550123',
				from: { __rl: true, mode: 'list', value: '' },
				more_options: {
					sip_options: { custom_headers: { items: [{ name: 'X-Department', value: 'sales' }] } },
					webhook_options: {},
				},
			},
			sends: {
				to: '+13125550123',
				custom_headers: [{ name: 'X-Department', value: 'sales' }],
			},
		},
		{
			what: 'a row whose shape is the first one',
			parameters: {
				resource: 'aiAssistant',
				assistant: {
					id: { __rl: true, mode: 'id', value: 'assistant-1' },
					tools: {
						items: [
							{
								webhook: {
									description: 'Looks up the weather',
									name: 'get_weather',
									url: 'https://example.com/weather',
								},
								options: {},
							},
						],
					},
				},
				options: {},
			},
			sends: {
				assistant: {
					id: 'assistant-1',
					tools: [
						{
							type: 'webhook',
							webhook: {
								description: 'Looks up the weather',
								name: 'get_weather',
								url: 'https://example.com/weather',
							},
						},
					],
				},
			},
		},
		{
			what: 'no part of a group that is always shown and was left as it is',
			parameters: { resource: 'aiAssistant', options: {} },
			sends: {},
		},
		{
			what: 'a group that starts with what it needs',
			parameters: {
				resource: 'call',
				operation: 'answer',
				options: { deepfake_detection: { enabled: true } },
			},
			sends: { deepfake_detection: { enabled: true } },
		},
	])('sends $what as intended', async ({ parameters, sends }) => {
		const { error } = await run(parameters);
		expect(error?.message).toBeUndefined();
		expect(sent()).toEqual({ ...sends, command_id: expect.any(String) });
	});

	it('a filter that was opened and left empty narrows nothing down', async () => {
		telnyx.answer = () => ({ body: { data: [] } });
		await run({ resource: 'recording', operation: 'list', filter: { created_at: { gte: '' } } });
		expect(decodeURIComponent(telnyx.requests[0].url)).not.toContain('filter');
	});

	it('a filter inside of a filter is sent', async () => {
		telnyx.answer = () => ({ body: { data: [] } });
		await run({
			resource: 'recording',
			operation: 'list',
			filter: { created_at: { gte: '2026-01-31T12:00:00Z' } },
		});
		expect(decodeURIComponent(telnyx.requests[0].url)).toContain(
			'filter[created_at][gte]=2026-01-31T12:00:00.000Z',
		);
	});

	it('a group that is only partly set: the missing field is named', async () => {
		const { error } = await run({
			resource: 'aiAssistant',
			assistant: { id: { __rl: true, mode: 'list', value: '' }, instructions: 'Be brief' },
		});
		expect(error?.message).toContain("'AI Assistant > Assistant' is empty");
	});

	it('settings of an engine that is not selected are named, and nothing is sent', async () => {
		const { error } = await run({
			resource: 'transcription',
			options: { transcription_engine_config: { 'deepgram/nova-3': { options: {} } } },
		});
		expect(error?.message).toContain("'Engine Settings' is meant for Deepgram Nova 3");
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe('fields that depend on each other, or mean something by being empty', () => {
	async function run(parameters: Record<string, unknown>) {
		const { error } = await runActionAt(telnyx, { ...CALL, ...parameters });
		return { error, sent: telnyx.requests.map(({ body }) => JSON.parse(body) as object)[0] };
	}

	const play = { resource: 'audio', operation: 'startPlayback' };
	const gather = { resource: 'input', operation: 'gather' };
	const media = (value: string) => ({ __rl: true, mode: 'id', value });
	const transcribe = (transcription_engine: string | undefined, settings: object) => ({
		resource: 'transcription',
		operation: 'startTranscription',
		options: { transcription_engine, transcription_engine_config: settings },
	});

	it('refuses an audio file that is given both ways, before anything is sent', async () => {
		const { error, sent } = await run({
			...play,
			audio_url: 'https://example.com/hello.mp3',
			media_name: media('hello'),
		});
		expect(error?.message).toContain("'Media Name' cannot be set together with 'Audio URL'");
		expect(sent).toBeUndefined();
	});

	it.each([
		[{ queue: media('support'), video_room_id: 'room' }, "'Video Room ID' cannot .* 'Queue'"],
		[
			{ call_control_id_to_bridge_with: media('v3:b'), queue: media('support') },
			"'Queue' cannot .* 'Call Control ID to Bridge With'",
		],
		[
			{ call_control_id_to_bridge_with: media('v3:b'), video_room_id: 'room' },
			"'Video Room ID' cannot .* 'Call Control ID to Bridge With'",
		],
	])('refuses a bridge with more than one other side: %j', async (others, message) => {
		const { call_control_id_to_bridge_with, ...options } = others as Record<string, unknown>;
		const { error, sent } = await run({
			resource: 'call',
			operation: 'bridge',
			call_control_id_to_bridge_with,
			options,
		});
		expect(error?.message).toMatch(new RegExp(message));
		expect(sent).toBeUndefined();
	});

	it.each([
		[
			{ audio_url: 'https://example.com/hello.mp3' },
			{ audio_url: 'https://example.com/hello.mp3' },
		],
		[{ media_name: media('hello'), audio_url: '' }, { media_name: 'hello' }],
	])('plays an audio file that is given as %j', async (fields, body) => {
		expect((await run({ ...play, ...fields })).sent).toMatchObject(body);
	});

	it.each([
		['0', false],
		['1', true],
		['100', true],
		['101', false],
		['infinity', true],
	])('plays a file %s times: %s', async (loop, isSent) => {
		const { sent } = await run({ ...play, media_name: media('hello'), options: { loop } });
		expect(sent !== undefined).toBe(isSent);
	});

	it.each([
		['Google', "'Engine Settings' is meant for Deepgram Nova 3: choose Deepgram"],
		[undefined, "'Engine Settings' is meant for Deepgram Nova 3: choose Deepgram"],
	])('refuses settings of Deepgram with the engine %s', async (engine, message) => {
		const { error } = await run(
			transcribe(engine, { 'deepgram/nova-3': { transcription_model: 'deepgram/nova-3' } }),
		);
		expect(error?.message).toContain(message);
	});

	it('refuses Azure without its settings, since it needs a region, and names the field', async () => {
		for (const settings of [{}, { Azure: { region: '={{ "" }}' } }]) {
			const { error } = await run(transcribe('Azure', settings));
			expect(error?.message).toMatch(
				/'Engine Settings'|'Engine Settings > Azure > Region' is empty/,
			);
		}
		expect(telnyx.requests).toEqual([]);
	});

	it('sends Deepgram without settings, which then takes its newest model', async () => {
		const { sent } = await run(transcribe('Deepgram', {}));
		expect(sent).toMatchObject({ transcription_engine: 'Deepgram' });
	});

	it('sends the engine and its settings', async () => {
		const { sent } = await run(
			transcribe('Deepgram', {
				'deepgram/nova-3': {
					transcription_model: 'deepgram/nova-3',
					options: {
						keyterms: 'Telnyx, SIPREC',
						keywords_boosting: { items: [{ name: 'Miller', value: -2.5 }] },
					},
				},
			}),
		);
		expect(sent).toMatchObject({
			transcription_engine: 'Deepgram',
			transcription_engine_config: {
				transcription_engine: 'deepgram/nova-3',
				transcription_model: 'deepgram/nova-3',
				keyterms: ['Telnyx', 'SIPREC'],
				keywords_boosting: { Miller: -2.5 },
			},
		});
	});

	it('sends an empty terminating digit, which means none', async () => {
		expect((await run({ ...gather, options: { terminating_digit: '' } })).sent).toMatchObject({
			terminating_digit: '',
		});
	});

	it('leaves the terminating digit to Telnyx if it was not added', async () => {
		expect((await run(gather)).sent).not.toHaveProperty('terminating_digit');
	});
});

describe('everything that is wrong is said in one message, settings of the node and fields alike', () => {
	it.each([
		[
			'a request option and a field',
			{
				resource: 'input',
				operation: 'sendDtmf',
				...CALL,
				digits: 'one',
				request_options: { attempts: 0, most_at_once: 1.5 },
			},
			[
				"'Digits'",
				"'Attempts per Command' is '0', but has to be",
				"'Commands at Once' is '1.5', but has to be a whole number from 1 to 200",
			],
		],
		[
			'the time limit of a wait and a field',
			{
				resource: 'audio',
				operation: 'startPlayback',
				...CALL,
				audio_url: 'no address',
				wait_for_outcome: true,
				wait_timeout_secs: 0,
			},
			["'Timeout (Seconds)' is '0', but has to be a whole number from 1 to 86400", "'Audio URL'"],
		],
		[
			'the limit of a list and a filter',
			{
				resource: 'recording',
				operation: 'list',
				limit: 0.5,
				filter: { conference_id: '={{ [1] }}' },
			},
			[
				"'Limit' is '0.5', but has to be a whole number of at least 1",
				"'Filters > Conference ID' has to be text",
			],
		],
	])('%s', async (_what, parameters, complaints) => {
		const { error } = await runActionAt(telnyx, parameters);
		for (const complaint of complaints) expect(error?.message).toContain(complaint);
		expect(telnyx.requests).toHaveLength(0);
	});
});

describe('a phone number', () => {
	const dial = { resource: 'call', operation: 'dial', connection_id: '1', from: '+13125550100' };

	it('is sent in the form that Telnyx takes, however it is written', async () => {
		await runActionAt(telnyx, {
			...dial,
			from: '+1 (312) 555-0100',
			to: '+1.312.555.0123, 0044 (0)20 7946 0123, sip:jane@example.com',
		});
		expect(sent()).toMatchObject({
			from: '+13125550100',
			to: ['+13125550123', '+442079460123', 'sip:jane@example.com'],
		});
	});

	it('may be one of a line each', async () => {
		const to = '+1 312 555 0123\r\n+1 312 555 0124\n';
		await runActionAt(telnyx, { ...dial, to });
		expect(sent()).toMatchObject({ to: ['+13125550123', '+13125550124'] });
	});

	it.each(['(312) 555-0123', '0312 5550123', '13125550123'])(
		'without its country code is refused, and quoted: %s',
		async (to) => {
			const { error } = await runActionAt(telnyx, { ...dial, to });
			expect(error?.message).toContain(
				`'To' is '${to}', but has to be a phone number with + and country code`,
			);
			expect(error?.message).not.toContain('Digits to dial');
			expect(telnyx.requests).toHaveLength(0);
		},
	);

	it.each([
		['+39 (0)6 1234 5678', 'In some countries a 0 in brackets belongs to the number'],
		['+13125550123/0124', 'After +1 come exactly 10 digits'],
		['+1 312 555 01', 'After +1 come exactly 10 digits'],
		['+131255501', 'After +1 come exactly 10 digits'],
		['+44 020 7946 0123', 'Leave out the 0 after the country code'],
		['+4402079460123', 'Leave out the 0 after the country code'],
		['+44 20 7946 0123/4', 'but has to be a phone number'],
	])('that cannot be the one that is meant is refused, and quoted: %s', async (to, says) => {
		const { error } = await runActionAt(telnyx, { ...dial, to });
		expect(error?.message).toContain(
			`'To' is '${to}', but has to be a phone number with + and country code`,
		);
		expect(error?.message).toContain(says);
		expect(telnyx.requests).toHaveLength(0);
	});

	describe('of whoever calls', () => {
		const leg = { call_control_id: 'v3:1', to: '+13125550123' };
		const own = { connection_id: '1', to: '+13125550123' };
		const transferTool = { resource: 'aiAssistant', operation: 'startAIAssistant', ...CALL };
		const tool = (from: string, to = '+13125550123') => ({
			assistant: {
				id: 'assistant-1',
				tools: {
					items: [{ type: 'transfer', transfer: { from, targets: { items: [{ to }] } } }],
				},
			},
		});
		const places: Array<[string, (from: string) => object, string]> = [
			['Dial', (from) => ({ resource: 'call', operation: 'dial', ...own, from }), 'From'],
			['Transfer', (from) => ({ resource: 'call', operation: 'transfer', ...leg, from }), 'From'],
			['an assistant', (from) => ({ ...transferTool, ...tool(from) }), 'From'],
			["an assistant's target", (to) => ({ ...transferTool, ...tool('+13125550100', to) }), 'To'],
		];

		it.each(
			places.flatMap(([where, parameters, label]) =>
				[
					'(312) 555-0100',
					'13125550100',
					'0312 5550100',
					'+1 312 555 01',
					'+44 020 7946 0123',
					'1-800-FLOWERS',
					'1800FLOWERS',
					'3125550100x5',
					'Tel: 0312 5550100',
					'+13125550100 ext. 5',
					'sip:',
					'+',
				].map((number) => [number, where, parameters(number), label] as const),
			),
		)(
			'is refused, and quoted, if it can be none: %s in %s',
			async (number, _where, form, label) => {
				const { error } = await runActionAt(telnyx, form as never);
				expect(error?.message).toContain(
					`${label}' is '${number}', but has to be a phone number with + and country code`,
				);
				expect(telnyx.requests).toHaveLength(0);
			},
		);

		it.each([
			['+1 (312) 555-0100', '+13125550100'],
			['Sip:jane@example.com', 'sip:jane@example.com'],
		])('is taken as people write it: %s', async (written, number) => {
			for (const [, parameters] of places) await runActionAt(telnyx, parameters(written) as never);
			const [dialed, transferred, ...assistants] = telnyx.requests;
			expect([dialed, transferred].map(({ body }) => JSON.parse(body).from)).toEqual([
				number,
				number,
			]);
			const bodies = assistants.map(({ body }) => body);
			expect(bodies).toEqual([expect.stringContaining(`"${number}"`), bodies[1]]);
			expect(bodies[1]).toContain(`"to":"${number}"`);
		});

		it.each([
			...['1001', 'anonymous', 'jane', 'gencred7Xy', '2fa_line', '2600hz', '365office', '888voip'],
			...['1001@pbx.example.com', '+13125550100@sip.telnyx.com'],
		])('may be an extension or a name: %s', async (from) => {
			await runActionAt(telnyx, {
				resource: 'call',
				operation: 'dial',
				...own,
				to: 'sip:jane@example.com',
				from,
			});
			expect(sent()).toMatchObject({ from });
		});

		it.each([
			['+1 (312) 555-0100', '+13125550100'],
			['12345678', '12345678'],
		])('may be whatever was on the line, in a filter: %s', async (written, number) => {
			const filter = { from: written };
			await runActionAt(telnyx, { resource: 'recording', operation: 'list', filter });
			await runActionAt(telnyx, { resource: 'callEvent', operation: 'list', filter });
			const asked = telnyx.requests.map(({ url }) => new URL(url, telnyx.baseUrl).searchParams);
			expect(asked.map((query) => query.get('filter[from]'))).toEqual([number, number]);
		});

		it('may be a variable of an assistant', async () => {
			const number = '{{telnyx_end_user_target}}';
			await runActionAt(telnyx, { ...transferTool, ...tool(number, number) } as never);
			expect(telnyx.requests[0].body).toContain(`"from":"${number}"`);
		});
	});

	it.each(['+13125550123,42#', '+13125550123 w42', '+13125550123;ext=42', '+13125550123x42'])(
		'with digits behind it is refused, and the message says that they do not belong there: %s',
		async (to) => {
			const { error } = await runActionAt(telnyx, {
				resource: 'call',
				operation: 'transfer',
				call_control_id: 'v3:1',
				to,
			});
			expect(error?.message).toContain('Digits to dial after the answer do not belong here');
			expect(telnyx.requests).toHaveLength(0);
		},
	);
});

describe('characters that cannot be seen', () => {
	/** One of each kind: blanks without width, marks of direction, fillers, selectors, controls. */
	const UNSEEN = [
		0x00, 0x07, 0x7f, 0x85, 0xad, 0x34f, 0x61c, 0x115f, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200d,
		0x200e, 0x2028, 0x202c, 0x2060, 0x2064, 0x206f, 0x2800, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xfff9,
		0x1d173, 0xe0020, 0xe0100,
	];
	const dial = { resource: 'call', operation: 'dial', connection_id: '1', from: '+13125550100' };
	const refer = { resource: 'call', operation: 'refer', ...CALL };
	const play = { resource: 'audio', operation: 'startPlayback', ...CALL };
	const speak = { resource: 'audio', operation: 'speak', ...CALL, voice: 'Telnyx.KokoroTTS.af' };

	it.each<[string, (unseen: string) => object, string]>([
		['a number', (c) => ({ ...dial, to: `+1312${c}5550123` }), 'To'],
		['one of several numbers', (c) => ({ ...dial, to: `+13125550123, +1312555${c}0124` }), 'To'],
		['one of a list', (c) => ({ ...dial, to: ['+13125550123', `+1312555${c}0124`] }), 'To'],
		['a SIP URI', (c) => ({ ...dial, to: `sip:jane${c}@example.com` }), 'To'],
		[
			'a SIP address',
			(c) => ({ ...refer, sip_address: `sip:${c}jane@example.com` }),
			'SIP Address',
		],
		[
			"one of the account's own numbers",
			(c) => ({ ...dial, to: '+13125550123', from: `+1${c}3125550100` }),
			'From',
		],
		['an ID', (c) => ({ ...play, call_control_id: `v3:${c}a`, audio_url: 'https://a.b' }), 'Call'],
		[
			'a web address',
			(c) => ({ ...play, audio_url: `https://example.com/${c}a.mp3` }),
			'Audio URL',
		],
	])('in %s are refused, and the character is named', async (_what, parameters, field) => {
		for (const code of UNSEEN) {
			const { error } = await runActionAt(telnyx, {
				...parameters(String.fromCodePoint(code)),
			} as never);
			const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
			expect(error?.message).toMatch(new RegExp(`'${field}.*${name.replace('+', '\\+')}`));
		}
		expect(telnyx.requests).toHaveLength(0);
	});

	it('are sent where people write', async () => {
		const payload = 'Sch\u00adlo\u00df \ud83d\udc68\u200d\ud83d\udc67';
		expect((await runActionAt(telnyx, { ...speak, payload })).error).toBeUndefined();
		expect(telnyx.requests).toHaveLength(1);
	});
});

describe('an AI assistant', () => {
	const run = async (operation: string, fields: object) =>
		await runActionAt(telnyx, {
			resource: 'aiAssistant',
			operation,
			...CALL,
			...fields,
		});

	describe('messages', () => {
		const add = async (...items: object[]) =>
			await run('addAIAssistantMessages', { messages: { items } });

		it('keep their order whatever their roles, each with the fields of its role', async () => {
			await add(
				{ role: 'system', content: 'Be brief' },
				{ role: 'user', content: 'Hello', options: { metadata: '{"mood":"good"}' } },
				{
					role: 'assistant',
					content: '',
					options: {
						tool_calls: {
							items: [{ id: 'call_1', function: { name: 'get_weather' }, type: 'function' }],
						},
					},
				},
				{ role: 'tool', content: 'Sunny', tool_call_id: 'call_1' },
			);
			expect(sent().messages).toEqual([
				{ role: 'system', content: 'Be brief' },
				{ role: 'user', content: 'Hello', metadata: { mood: 'good' } },
				{
					role: 'assistant',
					tool_calls: [{ id: 'call_1', function: { name: 'get_weather' }, type: 'function' }],
				},
				{ role: 'tool', content: 'Sunny', tool_call_id: 'call_1' },
			]);
		});

		it('may have their role from an expression', async () => {
			await add({ role: '={{ "tool" }}', content: 'Sunny', tool_call_id: 'call_1' });
			expect(sent().messages).toEqual([{ role: 'tool', content: 'Sunny', tool_call_id: 'call_1' }]);
		});

		it.each([
			[{ role: 'user', content: '={{ "" }}' }, "'Messages 1 > Caller > Content' is empty"],
			[
				{ role: '={{ "robot" }}', content: 'Hello' },
				"'Messages 1 > Role' is 'robot', but has to be one of: user",
			],
			[
				{ role: 'user', content: 'Hello', options: { metadata: '[1]' } },
				"'Messages 1 > Caller > Metadata' has to be a JSON object",
			],
		])('such as %j are refused in plain words', async (message, says) => {
			const { error } = await add(message);
			expect(error?.message).toContain(says);
			expect(telnyx.requests).toHaveLength(0);
		});
	});

	describe('tools of an assistant', () => {
		const startWith = async (...items: object[]) =>
			await run('startAIAssistant', { assistant: { id: 'assistant-1', tools: { items } } });

		it('go out as Telnyx names them', async () => {
			await startWith(
				{ type: 'hangup', hangup: {} },
				{
					type: 'transfer',
					transfer: { from: '+13125550100', targets: { items: [{ to: '+13125550101' }] } },
				},
				{ type: 'retrieval', retrieval: { bucket_ids: 'manuals, prices' } },
			);
			expect(sent().assistant).toEqual({
				id: 'assistant-1',
				tools: [
					{ type: 'hangup', hangup: {} },
					{
						type: 'transfer',
						transfer: { from: '+13125550100', targets: [{ to: '+13125550101' }] },
					},
					{ type: 'retrieval', retrieval: { bucket_ids: ['manuals', 'prices'] } },
				],
			});
		});

		it('say what is missing in one of them', async () => {
			const { error } = await startWith(
				{ type: 'hangup' },
				{ type: 'webhook', webhook: { name: 'weather' } },
			);
			expect(error?.message).toContain(
				"'AI Assistant > Tools 2 > Call a Webhook > Webhook > Description' is empty",
			);
			expect(error?.message).toContain("Webhook > URL' is empty");
			expect(telnyx.requests).toHaveLength(0);
		});
	});
});
