import { randomUUID } from 'node:crypto';

import { hooks } from '../support/trigger';
import { credential, eventOf, post } from '../support/triggerEvents';

describe('choosing events', () => {
	it.each([
		['call.*', 'call.answered', true],
		['call.*', 'conference.created', false],
		['conference.*', 'conference.floor.changed', true],
		['call.answered', 'call.answered.twice', false],
	])('%s and %s: %s', async (chosen, type, isWanted) => {
		const { started } = await post(eventOf(type), { events: [chosen] });
		expect(started !== undefined).toBe(isWanted);
	});

	it('distinguishes incoming calls from outgoing ones', async () => {
		const incoming = { events: ['call.initiated:incoming'] };
		const outgoing = { events: ['call.initiated:outgoing'] };
		const comesIn = () => eventOf('call.initiated', { direction: 'incoming' });
		const goesOut = () => eventOf('call.initiated', { direction: 'outgoing' });
		expect((await post(comesIn(), incoming)).started).toBeDefined();
		expect((await post(goesOut(), incoming)).started).toBeUndefined();
		expect((await post(goesOut(), outgoing)).started).toBeDefined();
		expect((await post(comesIn(), outgoing)).started).toBeUndefined();
		for (const sent of [comesIn(), goesOut()]) {
			expect((await post(sent, { events: ['call.initiated'] })).started).toBeDefined();
		}
	});

	it('works by hand for types that are newer than the package', async () => {
		const options = { event_types: 'calls.voicemail.completed,\n call.teleported' };
		const chosen = { events: [], parameters: { options } };
		expect((await post(eventOf('call.teleported'), chosen)).started).toBeDefined();
		expect((await post(eventOf('calls.voicemail.completed'), chosen)).started).toBeDefined();
		expect((await post(eventOf('call.answered'), chosen)).started).toBeUndefined();
	});

	it.each([
		{ options: { event_types: 'call.answered\u200b, \u2060call.teleported' } },
		{ events: ['call.answered\u200b', 'call.teleported\ufeff'] },
	])('works with characters that nobody sees: %j', async ({ events = [], ...parameters }) => {
		const chosen = { events, parameters };
		expect((await post(eventOf('call.answered'), chosen)).started).toBeDefined();
		expect((await post(eventOf('call.teleported'), chosen)).started).toBeDefined();
		expect((await post(eventOf('call.hangup'), chosen)).started).toBeUndefined();
	});

	it.each([
		['call_answered', "Telnyx calls it 'call.answered'"],
		['Call.Answered', "Telnyx calls it 'call.answered'"],
		['"call.answered"', "Telnyx calls it 'call.answered'"],
		['\u200b', "'Events' is empty"],
	])('by hand is refused for a type that no event has: %j', async (event_types, says) => {
		const parameters = { events: [], options: { event_types } };
		await expect(hooks({ credential, parameters }).create()).rejects.toThrow(says);
	});

	it.each(['call.teleported', 'call.*', '*', 'call.initiated:incoming', 'conference.created'])(
		'by hand is taken for %s',
		async (event_types) => {
			const parameters = { events: [], options: { event_types } };
			await expect(hooks({ credential, parameters }).create()).resolves.toBe(true);
		},
	);

	it('knows both shapes of conference.floor.changed', async () => {
		const { data, meta } = eventOf('conference.floor.changed');
		const chosen = { events: ['conference.floor.changed'] };
		const expected = { ...data, meta, client_state: { step: 'menu' } };

		expect((await post({ data, meta }, chosen)).started).toEqual(expected);
		const again = { ...data, id: randomUUID() };
		expect((await post({ ...again, meta }, chosen)).started).toEqual({ ...expected, id: again.id });
	});
});

describe('filters', () => {
	const call = {
		connection_id: '7267000000000000001',
		direction: 'incoming',
		from: '+13125550101',
		to: 'sip:Support@example.com',
		client_state: Buffer.from('{"order":{"step":"menu","tries":2},"tags":["a"]}').toString(
			'base64',
		),
	};
	const state = (path: unknown, value: unknown) => ({
		client_state: { conditions: [{ path, value }] },
	});
	const isMet = async (filters: object, payload: object = call, isTest = false) => {
		const parameters = { filters } as never;
		const { started } = await post(eventOf('call.initiated', payload), { parameters, isTest });
		return started !== undefined;
	};

	it.each<[string, object, object?]>([
		['no filter', {}],
		['the direction', { direction: 'incoming' }],
		['the application', { connection_id: '1, 7267000000000000001' }],
		['the number', { from: '+13125550101' }],
		['a number as people write it', { from: '+1 (312) 555-0101' }],
		['a number without plus', { from: '1 312 555 0101' }],
		['a number with dots in the middle', { from: '+1·312•555∙0101' }],
		['a number with minus signs and brackets', { from: '+1 [312] 555\u22120101' }],
		['a number with two zeros for the plus', { from: '001 312-555-0101' }],
		['a pattern as people write it', { from: '+1 (312) *' }],
		['the end of a number', { from: '*555-0101' }],
		['the country code without plus', { from: '1*' }],
		['the beginning of a number without plus', { from: '1312555*' }],
		['the beginning of an extension', { from: '10*' }, { ...call, from: '1001' }],
		['the name of a SIP user', { from: 'desk1234567' }, { ...call, from: 'desk1234567' }],
		['an extension with a name', { from: '1001-desk' }, { ...call, from: '1001-desk' }],
		['a number with characters that nobody sees', { from: '\u202a+13125550101\u202c' }],
		['a number with a filler and a selector', { from: '+1312\u3164555\ufe0f0101\u034f' }],
		['a SIP address with a blank without width', { to: 'sip:Support\u200b@example.com' }],
		['one of several with what came along', { from: '+44*,\u2060+1312*\u00ad' }],
		['a name with digits', { from: 'Agent 007' }, { ...call, from: 'Agent 007' }],
		['an extension', { from: '1001' }, { ...call, from: '1001' }],
		['a pattern', { from: '+44*, +1312*' }],
		['a pattern in the middle', { to: 'sip:*@example.com' }],
		['any text', { to: '*' }],
		['a value in the client state', state('order.step', 'menu')],
		['a number in the client state', state('order.tries', '1,2')],
		['a list in the client state', state('tags.0', 'a')],
		['the whole client state', state('', '*menu*')],
		[
			'a number instead of a text',
			{ connection_id: 7267, from: '' },
			{ ...call, connection_id: '7267' },
		],
		['a list', { from: ['+44*', '+1312*'] }],
		['what is not there, from an expression', { from: null, to: null, direction: null }],
		['a row that nothing was entered in', state('', '')],
		['a number for a number in the client state', state('order.tries', 2)],
		['a scheme in capitals', { to: 'Sip:Support@example.com' }],
		['a host in capitals', { to: 'sip:Support@Example.COM' }],
		['a host in capitals in the event', { to: 'sip:a@b.com' }, { ...call, to: 'SIP:a@B.com' }],
		['a pattern for a host in capitals', { to: '*@Example.com' }],
		[
			'the end of a host in capitals as well',
			{ to: 'sip:*Example.COM' },
			{ ...call, to: 'sip:a@Example.COM' },
		],
		['the beginning of a SIP address', { to: 'SIP:Supp*' }],
		['a SIP address without its scheme', { to: 'Support@example.com' }],
		['one that has none in the event', { to: 'sip:a@b.com' }, { ...call, to: 'a@B.com' }],
		['a pattern for one that has none', { to: 'sip:*@b.com' }, { ...call, to: 'a@b.com' }],
		['a beginning for one that has none', { to: 'sip:alice*' }, { ...call, to: 'alice@b.com' }],
		['a secure SIP address', { to: 'SIPS:a@b.com' }, { ...call, to: 'sips:a@b.com' }],
		['the beginning of a number', { from: '+1312*' }],
		['a number that keeps its zero', { from: '+39 06 12345' }, { ...call, from: '+390612345' }],
		['an application with a blank without width', { connection_id: '7267000000000000001\u200b' }],
		['a direction with a blank without width', { direction: 'incoming\u200b' }],
		['a value with a blank without width', state('order.step', 'menu\u200b')],
		['a path with a blank without width', state(' order.step\u200b ', 'menu')],
		[
			'a value without the characters that nobody sees',
			state('', 'menu'),
			{ ...call, client_state: Buffer.from('menu\u200b').toString('base64') },
		],
		[
			'a value whose blank is another one',
			state('', 'gold customer'),
			{ ...call, client_state: Buffer.from('gold\u00a0customer').toString('base64') },
		],
		['a field that only seems to be empty', { connection_id: '\u200b', from: '\ufeff\u2060' }],
		['a row that only seems to be empty', state('\u200b', '\u200b')],
		['all of them', { direction: 'incoming', from: '+1*', ...state('order.step', '*') }],
	])('%s lets the event through', async (_what, filters, payload: object = call) => {
		expect(await isMet(filters, payload)).toBe(true);
		expect(await isMet(filters, payload, true)).toBe(true);
	});

	it.each([
		['another direction', { direction: 'outgoing' }],
		['another application', { connection_id: '7267' }],
		['another number', { from: '+13125550102' }],
		['another case of the user of a SIP address', { to: 'sip:support@example.com' }],
		['another pattern', { from: '+13125550101*1' }],
		['an extension for a SIP user', { to: '44*' }, { ...call, to: 'sip:4412@b.com' }],
		['a number for a SIP user', { to: '+1312*' }, { ...call, to: 'sip:+13125550100@b.com' }],
		[
			'a secure address for one that is not',
			{ to: 'sips:a@b.com' },
			{ ...call, to: 'sip:a@b.com' },
		],
		['any SIP address for a number', { from: 'sip:*' }],
		['a pattern whose ends overlap', { from: '+13125550101*01' }],
		['another value in the client state', state('order.step', 'men')],
		['a path that is not there', state('order.steps', '*')],
		['a path of the prototype', state('constructor.name', '*')],
		['one of several', { direction: 'incoming', from: '+44*' }],
	])('%s keeps it out, also while testing', async (_what, filters, payload: object = call) => {
		expect(await isMet(filters, payload)).toBe(false);
		expect(await isMet(filters, payload, true)).toBe(false);
	});

	it.each([
		'(312) 555-0101',
		'3125550101',
		'0312 5550101',
		'+1 312 555 0101 ext. 5',
		'tel:+13125550101;ext=5',
		'+1 312 555 0101 / +1 312 555 0102',
		'++13125550101',
		'+00 1 312 555 0101',
		'+1312555010112345678',
		'٠٠١٣١٢٥٥٥٠١٠١',
		'"+13125550101"',
		'1 312 555 0101 + 5',
		'1-800-FLOWERS',
		'1 (800) FLOWERS',
		'1 312 555 01xx',
		'1-312-FLOWERS',
		'1800-FLOWERS',
		'312-555-01xx',
		'13125550101x5',
		'1 312 555 0101 (mobile)',
		'Mobile: +13125550101',
		'"Bob" <+13125550101>',
		'+1312',
		'+1',
		'+44',
		'+44 20',
		'+1312555010',
		'1 312 555 01012',
		'+1 0312 555 010',
		'+44 020 7946 0000',
		'+44 020*',
		'0044 020*',
		'+13125550101 0*',
		'+39 (0)6 1234 5678',
		'+39 (0)6*',
		'+13125550101/0102',
		'+',
		'＋',
		'++',
		'()',
		'+ ()',
		'-',
		'.',
		'/',
		'#',
		'""',
		'@',
		'+*+',
		'()*',
		'* *',
		'sip:',
		'sip:@',
		'tel:',
	])('are refused if a number is none with its country code: %s', async (number) => {
		const { create } = hooks({
			credential,
			parameters: { events: ['*'], filters: { to: `+13125550100, ${number}` } },
		});
		await expect(create()).rejects.toThrow(
			`The filter 'To' has '${number}', which is not a whole number with its country code.`,
		);
		await expect(create()).rejects.toThrow(
			`Write it with plus sign and country code, such as +13125550001, with a * in front, such as *5550001, or with a * after it, such as +1312*.`,
		);
	});

	it.each([
		[{ connection_id: '7267, Support' }, "'Application IDs' has 'Support', which is not an ID"],
		[{ connection_id: '7267 7268' }, "'Application IDs' has '7267 7268', which is not an ID"],
		[{ connection_id: '7267\n7268' }, "'Application IDs' has '7267 7268', which is not an ID"],
		[{ connection_id: 2 ** 60 }, "'Application IDs' has a number whose last digits are lost"],
		[{ connection_id: ',' }, "'Application IDs' has nothing but commas"],
		[{ from: ' , ' }, "'From' has nothing but commas"],
		[{ from: '+13125550101', to: ',\u200b,' }, "'To' has nothing but commas"],
		[{ direction: 'inbound' }, "'Direction' has 'inbound', but it is 'incoming' or 'outgoing'"],
	])('are refused if no event can match them: %j', async (filters, says) => {
		const parameters = { events: ['*'], filters } as never;
		await expect(hooks({ credential, parameters }).create()).rejects.toThrow(says);
	});

	it.each([
		{ connection_id: ' 7267*,*\u200b, 7268, ' },
		{ connection_id: 7267 },
		{ from: '*', to: '+*' },
		{ from: '**', to: '*@*' },
		{ from: 'sip:*', to: 'sip:*@*' },
		{ from: '+13125550101,,' },
		{ connection_id: '\u200b', direction: '' },
		{ direction: 'outgoing\u200b' },
	])('are taken if events can match them: %j', async (filters) => {
		const parameters = { events: ['*'], filters } as never;
		await expect(hooks({ credential, parameters }).create()).resolves.toBe(true);
	});

	it.each([
		['+1312', 'After +1 come exactly 10 digits, the first from 2 to 9. Write'],
		['+44 020 7946 0000', 'Leave out the 0 after the country code. Write'],
		['+39 (0)6 1234 5678', 'write it without the brackets, or leave it out. Write'],
		['(312) 555-0101', 'with its country code. Write'],
	])('are refused with what is wrong, if that is known: %s', async (from, says) => {
		const { create } = hooks({ credential, parameters: { events: ['*'], filters: { from } } });
		await expect(create()).rejects.toThrow(says);
	});

	it('keep out an event that lacks the field', async () => {
		expect(await isMet({ direction: 'incoming' }, { direction: undefined })).toBe(false);
		expect(await isMet({ from: '*' }, {})).toBe(false);
		expect(await isMet(state('step', '*'), { client_state: null })).toBe(false);
	});

	it.each([
		['objects', '{"a":', '1', '}'],
		['lists', '[', '1', ']'],
	])(
		'keep out an event whose client state is nested 20,000 deep: %s',
		async (_w, open, in_, close) => {
			const text = open.repeat(20_000) + in_ + close.repeat(20_000);
			const client_state = Buffer.from(text).toString('base64');
			for (const path of ['', 'a', '0']) {
				expect(await isMet(state(path, 'menu'), { client_state })).toBe(false);
			}
		},
	);

	it('compare a client state that is text as a whole', async () => {
		const client_state = Buffer.from('gold customer').toString('base64');
		expect(await isMet(state('', 'gold*'), { client_state })).toBe(true);
		expect(await isMet(state('step', 'gold*'), { client_state })).toBe(false);
	});

	it('with many stars take time in proportion to the length of the text', async () => {
		const from = 'a'.repeat(100_000);
		expect(await isMet({ from: `${'*a'.repeat(50)}b` }, { from })).toBe(false);
	});
});
