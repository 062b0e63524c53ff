/** What is sent for the values of a form, and what is said about wrong ones. Single fields: operations.test.ts. */
import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

const telnyx = useRecorder();

const CALL = { call_control_id: 'v3:abc' };

const sent = () => JSON.parse(telnyx.requests[0].body) as Record<string, unknown>;

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
