import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

/**
 * Nested parameters exactly as n8n's editor stores them: without what equals a default, and with empty
 * objects for collections that were opened.
 */

const telnyx = useRecorder();

const call = 'v3:1';

interface Stored {
	what: string;
	parameters: object;
	sends: object;
}

const run = async (parameters: object) =>
	await runActionAt(telnyx, { call_control_id: call, ...parameters });

const sent = () => JSON.parse(telnyx.requests[0].body) as object;

it.each<Stored>([
	{
		what: 'settings of a voice, of which none was added',
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
			sip_options: { custom_headers: { items: [{ name: 'X-Department', value: 'sales' }] } },
			webhook_options: {},
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
		what: 'no part of a group that is always there and was left as it is',
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
])('sends $what as it is meant', async ({ parameters, sends }) => {
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

it('a group in which only a part is set names what is missing', async () => {
	const { error } = await run({
		resource: 'aiAssistant',
		assistant: { id: { __rl: true, mode: 'list', value: '' }, instructions: 'Be brief' },
	});
	expect(error?.message).toContain("'AI Assistant > Assistant' is empty");
});

it('settings of another engine than the chosen one are named, and nothing is sent', async () => {
	const { error } = await run({
		resource: 'transcription',
		options: { transcription_engine_config: { 'deepgram/nova-3': { options: {} } } },
	});
	expect(error?.message).toContain("'Engine Settings' is meant for Deepgram Nova 3");
	expect(telnyx.requests).toHaveLength(0);
});
