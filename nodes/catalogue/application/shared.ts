import { choice, group, inSection, integer, locator, text, toggle } from '../schema/field';
import { WEB_ADDRESS } from '../shared/addresses';

/** The application. */
export const applicationId = locator({
	label: 'Application ID',
	description: 'The Call Control application to act on',
	required: true,
	placeholder: 'e.g. 1293384261075731499',
	list: 'applications',
});

/** The required fields of an application. */
export const requiredSettings = {
	application_name: text({
		label: 'Name',
		description: 'What the application is called',
		required: true,
		placeholder: 'e.g. Call router',
	}),
	webhook_event_url: text({
		label: 'Webhook URL',
		description: "Where Telnyx sends the events of the application's calls",
		required: true,
		placeholder: 'e.g. https://example.com/webhook',
		pattern: WEB_ADDRESS,
	}),
} as const;

/** Settings that come before `tags` in Telnyx's order. */
export const generalSettings = {
	active: toggle({
		label: 'Active',
		description: 'Whether calls can use the application',
		start: true,
	}),
	anchorsite_override: choice({
		open: true,
		label: 'Anchor Site',
		description: "Where Telnyx handles the calls' audio",
		choices: {
			Latency: { name: 'Lowest Latency', description: 'The site with the shortest way to you' },
			'Amsterdam, Netherlands': 'Amsterdam, Netherlands',
			'Ashburn, VA': 'Ashburn, VA',
			'Chennai, IN': 'Chennai, India',
			'Chicago, IL': 'Chicago, IL',
			'London, UK': 'London, UK',
			'San Jose, CA': 'San Jose, CA',
			'Sydney, Australia': 'Sydney, Australia',
			'Toronto, Canada': 'Toronto, Canada',
		},
		start: 'Latency',
	}),
	...inSection('webhooks', {
		call_cost_in_webhooks: toggle({
			label: 'Call Cost',
			description: 'Whether Telnyx sends an event with the cost of each call',
			start: false,
		}),
	}),
	dtmf_type: choice({
		open: true,
		label: 'DTMF Type',
		description: 'How Telnyx sends digits to the application. Telnyx accepts them in every form.',
		choices: { 'RFC 2833': 'RFC 2833', Inband: 'Inband', 'SIP INFO': 'SIP INFO' },
		start: 'RFC 2833',
	}),
	first_command_timeout: toggle({
		label: 'First Command Timeout',
		description: 'Whether incoming calls are hung up if no command comes in time',
		start: false,
	}),
	first_command_timeout_secs: integer({
		label: 'First Command Timeout (Seconds)',
		description: "How long to wait for the first command, with 'First Command Timeout' on",
		min: 1,
		start: 30,
	}),
	inbound: group({
		label: 'Inbound',
		description: 'Settings for incoming calls',
		add: 'Add setting',
		fields: {
			channel_limit: integer({
				label: 'Channel Limit',
				description: 'How many incoming calls there may be at once',
				min: 1,
				start: 10,
			}),
			shaken_stir_enabled: toggle({
				label: 'SHAKEN/STIR',
				description:
					"Whether the event of an incoming call says how far the caller's number can be trusted (SHAKEN/STIR)",
				start: false,
			}),
			sip_subdomain: text({
				label: 'SIP Subdomain',
				description:
					'The part before .sip.telnyx.com under which SIP devices can call the application. Calls to it cannot be encrypted with TLS.',
				placeholder: 'e.g. my-company',
			}),
			sip_subdomain_receive_settings: choice({
				label: 'SIP Subdomain Callers',
				description: 'Who can call the SIP subdomain',
				choices: {
					from_anyone: { name: 'Anyone', description: 'Every SIP device on the internet' },
					only_my_connections: {
						name: 'Only My Connections',
						description: 'Connections of your own account at Telnyx',
					},
				},
				start: 'from_anyone',
			}),
		},
	}),
	outbound: group({
		label: 'Outbound',
		description: 'Settings for outgoing calls',
		add: 'Add setting',
		fields: {
			channel_limit: integer({
				label: 'Channel Limit',
				description: 'How many outgoing calls there may be at once',
				min: 1,
				start: 10,
			}),
			outbound_voice_profile_id: locator({
				label: 'Outbound Voice Profile ID',
				list: 'outboundVoiceProfiles',
				description:
					'The outbound voice profile that the calls go out with. Without one there are no outgoing calls.',
				placeholder: 'e.g. 1293384261075731499',
			}),
		},
	}),
	redact_dtmf_debug_logging: toggle({
		label: 'Redact DTMF in Debug Logs',
		description: "Whether digits that callers press are hidden in Telnyx's debug logs",
		start: false,
	}),
} as const;

/** Settings that come after `tags` in Telnyx's order. */
export const webhookSettings = inSection('webhooks', {
	webhook_api_version: choice({
		label: 'Webhook API Version',
		description:
			'The format of the events. The Telnyx trigger of this package understands version 2. By default, Telnyx uses version 1.',
		choices: { '1': 'Version 1', '2': 'Version 2' },
		start: '2',
	}),
	webhook_event_failover_url: text({
		label: 'Webhook Failover URL',
		description: 'Where Telnyx sends events that the webhook URL does not accept',
		placeholder: 'e.g. https://failover.example.com/webhook',
		pattern: WEB_ADDRESS,
	}),
	webhook_timeout_secs: integer({
		label: 'Webhook Timeout (Seconds)',
		description: 'How long Telnyx waits for an answer to an event, from 0 to 30 seconds',
		min: 0,
		max: 30,
		start: 25,
	}),
});

/** The fields that Telnyx returns for an application. */
export const applicationAnswer = {
	id: 'string',
	application_name: 'string',
	active: 'boolean',
	webhook_event_url: 'string',
	webhook_event_failover_url: 'string',
	webhook_api_version: 'string',
	webhook_timeout_secs: 'number',
	anchorsite_override: 'string',
	call_cost_in_webhooks: 'boolean',
	dtmf_type: 'string',
	first_command_timeout: 'boolean',
	first_command_timeout_secs: 'number',
	inbound: 'object',
	outbound: 'object',
	redact_dtmf_debug_logging: 'boolean',
	tags: 'array',
	created_at: 'string',
	updated_at: 'string',
	record_type: 'string',
} as const;

export const applicationInShort = [
	'id',
	'application_name',
	'active',
	'webhook_event_url',
	'webhook_event_failover_url',
	'webhook_api_version',
	'tags',
	'created_at',
	'updated_at',
] as const;
