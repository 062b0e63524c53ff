import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

/** Everything that is wrong with an item comes in one message: settings of the node and fields alike. */
const telnyx = useRecorder();

const CALL = { call_control_id: 'v3:abc' };

it.each([
	[
		'a request option and a field',
		{
			resource: 'input',
			operation: 'sendDtmf',
			...CALL,
			digits: 'one',
			request_options: { tries: 0, most_at_once: 1.5 },
		},
		["'Digits'", "'Tries' has to be", "'Commands at Once' has to be a whole number from 1 to 200"],
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
		["'Timeout (Seconds)' has to be a whole number from 1 to 86400", "'Audio URL'"],
	],
	[
		'the limit of a list and a filter',
		{
			resource: 'recording',
			operation: 'list',
			limit: 0.5,
			filter: { conference_id: '={{ [1] }}' },
		},
		["'Limit' has to be a whole number of at least 1", "'Filters > Conference ID' has to be text"],
	],
])('%s', async (_what, parameters, complaints) => {
	const { error } = await runActionAt(telnyx, parameters);
	for (const complaint of complaints) expect(error?.message).toContain(complaint);
	expect(telnyx.requests).toHaveLength(0);
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
		['an own number', (c) => ({ ...dial, to: '+13125550123', from: `+1${c}3125550100` }), 'From'],
		['an ID', (c) => ({ ...play, call_control_id: `v3:${c}a`, audio_url: 'https://a.b' }), 'Call'],
		[
			'a web address',
			(c) => ({ ...play, audio_url: `https://example.com/${c}a.mp3` }),
			'Audio URL',
		],
	])('in %s are refused, with the one that it is', async (_what, parameters, field) => {
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
