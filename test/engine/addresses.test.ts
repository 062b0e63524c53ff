import { runAction } from '../support/engine';
import { credentialFor } from '../support/credential';
import { byId } from '../support/n8nNodes';
import { useRecorder } from '../support/recorder';

/** Addresses that Telnyx has to reach. */
const telnyx = useRecorder();
const ofTelnyx = { apiKey: 'KEY', baseUrl: 'https://api.telnyx.com/v2' };
const LEG = { call_control_id: 'v3:ours' };
const webhooks = (options: object) => ({ more_options: { webhook_options: options } });
const DIAL = {
	resource: 'call',
	operation: 'dial',
	connection_id: byId('129'),
	from: byId('+13125550100'),
	to: '+13125550101',
};

it.each([
	[
		'a webhook URL',
		{ ...DIAL, ...webhooks({ webhook_url: 'http://127.0.0.1:5678/webhook/1' }) },
		"'Webhook URL' has 127.0.0.1:5678, which Telnyx cannot reach: it is an address of this machine or of a private network",
	],
	[
		'one of several for an event',
		{
			...DIAL,
			...webhooks({
				webhook_urls: {
					items: [{ name: 'call.answered', value: 'https://example.com/1, http://n8n.local/2' }],
				},
			}),
		},
		"URLs' has n8n.local, which Telnyx cannot reach: names like this are not known on the internet",
	],
	[
		'the webhook URL of an application',
		{
			resource: 'application',
			operation: 'create',
			application_name: 'Shop',
			webhook_event_url: 'http://n8n:5678/webhook/1',
		},
		"'Webhook URL' has n8n:5678, which Telnyx cannot reach: a name without a dot",
	],
	[
		'an audio file',
		{
			resource: 'audio',
			operation: 'startPlayback',
			...LEG,
			audio_url: 'http://192.168.1.20/a.mp3',
		},
		"'Audio URL' has 192.168.1.20, which Telnyx cannot reach: it is an address of this machine",
	],
	[
		'a media stream',
		{
			resource: 'streaming',
			operation: 'startStreaming',
			...LEG,
			stream_url: 'ws://127.0.0.1:8080',
		},
		"'Stream URL' has 127.0.0.1:8080, which Telnyx cannot reach",
	],
])(
	'%s in a private network is refused before anything is sent',
	async (_what, parameters, says) => {
		const { error } = await runAction({ credential: ofTelnyx, parameters: parameters as never });
		expect(error?.message).toContain(says);
	},
);

it('is sent where the base URL is not that of Telnyx: nobody knows what that reaches', async () => {
	const { error } = await runAction({
		credential: credentialFor(telnyx),
		parameters: {
			resource: 'audio',
			operation: 'startPlayback',
			...LEG,
			audio_url: 'http://localhost/a.mp3',
		},
	});
	expect(error).toBeUndefined();
	expect(telnyx.requests).toHaveLength(1);
});

it('may lead nowhere on purpose, as that of an application without a webhook URL', async () => {
	const webhook_event_url = 'https://no-webhook-url.invalid/';
	const { error } = await runAction({
		credential: ofTelnyx,
		parameters: {
			resource: 'application',
			operation: 'update',
			id: byId('7'),
			application_name: '={{ "" }}',
			webhook_event_url,
		},
	});
	expect(error?.message).not.toContain('cannot reach');
	expect(error?.message).toContain("'Name' is empty");
});
