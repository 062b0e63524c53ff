import { loadValidator } from './validator';
import { deriveRules } from './rules';

const validator = loadValidator();

/** Bodies as the SDK's own examples have them, with every kind of value somewhere. */
const VALID: Array<[request: string, body: object]> = [
	['POST /calls', { connection_id: '1', from: '+13125550100', to: '+13125550101' }],
	[
		'POST /calls',
		{
			connection_id: '1',
			from: '+13125550100',
			to: ['+13125550101', 'sip:somebody@example.com'],
			answering_machine_detection: 'premium',
			answering_machine_detection_config: { total_analysis_time_millis: 5000 },
			custom_headers: [{ name: 'head_1', value: 'val_1' }],
			sip_headers: [{ name: 'User-to-User', value: 'value' }],
			record: 'record-from-answer',
			supervisor_role: 'whisper',
			stream_bidirectional_sampling_rate: 16_000,
			transcription: true,
			webhook_urls: { 'call.hangup': ['https://example.com'] },
			webhook_retries_policies: { 'call.hangup': { retries_ms: [1000, 2000] } },
		},
	],
	['POST /calls/{}/actions/answer', {}],
	['POST /calls/{}/actions/bridge', { call_control_id: 'v3:x' }],
	['PUT /calls/{}/actions/client_state_update', { client_state: 'aGk=' }],
	['POST /calls/{}/actions/speak', { payload: 'Hi', voice: 'female', loop: 2 }],
	['POST /calls/{}/actions/speak', { payload: 'Hi', voice: 'female', loop: 'infinity' }],
	['POST /calls/{}/actions/speak', { payload: 'Hi', voice: 'x', voice_settings: { type: 'aws' } }],
	['POST /calls/{}/actions/gather', { maximum_digits: 4, valid_digits: '0123' }],
	['POST /calls/{}/actions/gather_using_ai', { parameters: { type: 'object' } }],
	['POST /calls/{}/actions/send_dtmf', { digits: '1', duration_millis: 100 }],
	['POST /calls/{}/actions/reject', { cause: 'USER_BUSY' }],
	['POST /calls/{}/actions/record_start', { channels: 'single', format: 'wav' }],
	['POST /calls/{}/actions/siprec_start', { siprec_track: 'both_tracks', secure: true }],
	['POST /calls/{}/actions/switch_supervisor_role', { role: 'monitor' }],
	['POST /calls/{}/actions/transcription_start', { transcription_engine: 'Telnyx' }],
	[
		'PATCH /call_control_applications/{}',
		{ application_name: 'Menu', webhook_event_url: 'https://example.com' },
	],
	['POST /siprec_connectors', { host: 'example.com', name: 'recorder', port: 5060 }],
];

describe('the validator', () => {
	it.each(VALID)('finds nothing wrong with %s %j', (request, body) => {
		expect(validator.knows(request)).toBe('known');
		expect(validator.request(request, body)).toEqual({ problems: [], unknown: [] });
	});

	it.each<[request: string, body: unknown, problems: Array<[kind: string, pointer: string]>]>([
		[
			'POST /calls',
			{},
			[
				['missing', '/connection_id'],
				['missing', '/from'],
				['missing', '/to'],
			],
		],
		[
			'POST /calls/{}/actions/bridge',
			{ call_control_id_to_bridge_with: 'x' },
			[['missing', '/call_control_id']],
		],
		['POST /calls/{}/actions/send_dtmf', { digits: 1 }, [['type', '/digits']]],
		['POST /calls/{}/actions/send_dtmf', { digits: null }, [['type', '/digits']]],
		['POST /calls/{}/actions/reject', { cause: 'LATER' }, [['enum', '/cause']]],
		['POST /calls/{}/actions/reject', { cause: 1 }, [['type', '/cause']]],
		['POST /calls/{}/actions/siprec_start', { secure: 'true' }, [['type', '/secure']]],
		['POST /calls/{}/actions/answer', { custom_headers: {} }, [['type', '/custom_headers']]],
		[
			'POST /calls/{}/actions/answer',
			{ custom_headers: [{ name: 'a' }] },
			[['missing', '/custom_headers/0/value']],
		],
		[
			'POST /calls/{}/actions/answer',
			{ webhook_urls: { 'call.hangup': 7 } },
			[['type', '/webhook_urls/call.hangup']],
		],
		['POST /calls/{}/actions/answer', [], [['type', '']]],
	])('finds the fault in %s %j', (request, body, problems) => {
		const found = validator.request(request, body).problems;
		expect(found.map(({ kind, pointer }) => [kind, pointer])).toEqual(problems);
	});

	it('names undeclared fields, nested ones included', () => {
		const body = { colour: 1, noise_suppression_engine_config: { volume: 1 } };
		expect(validator.request('POST /calls/{}/actions/suppression_start', body).unknown).toEqual([
			'/colour',
			'/noise_suppression_engine_config/volume',
		]);
	});

	it('knows a path with another method', () => {
		expect(validator.knows('GET /calls')).toBe('method');
		expect(validator.knows('GET /nothing')).toBe('unknown');
	});

	it('knows every action of calls and conferences, and the events of voice', () => {
		const actionsOf = (thing: string) =>
			validator.requests.filter((request) => request.includes(`/${thing}/{}/actions/`));
		expect(actionsOf('calls')).toHaveLength(41);
		expect(actionsOf('conferences')).toHaveLength(17);
		expect(validator.eventTypes).toEqual(
			expect.arrayContaining(['call.initiated', 'siprec.failed', 'streaming.started']),
		);
	});

	it('knows only what the SDK declares', () => {
		const { events, requests } = deriveRules();
		expect(Object.keys(requests)).toEqual(validator.requests);
		expect(Object.keys(events).sort()).toEqual(validator.eventTypes);
	});
});
