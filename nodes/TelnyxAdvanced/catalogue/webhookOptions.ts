import { choice, group, inSection, map, numbers, text, texts } from './fields';

/** An address that Telnyx can call or fetch from. */
export const WEB_ADDRESS = {
	matches: /^https?:\/\/\S+$/,
	says: 'has to be a web address that starts with https:// or http://',
} as const;

const method = (label: string, description: string) =>
	choice({ label, description, choices: { POST: 'POST', GET: 'GET' }, start: 'POST' });

const eventType = choice({
	label: 'Event',
	description: 'Which event it is for',
	choices: {
		'call.ai_gather.ended': 'AI Gather Ended',
		'call.ai_gather.message_history_updated': 'AI Gather Message History Updated',
		'call.ai_gather.partial_results': 'AI Gather Partial Results',
		'call.answered': 'Answered',
		'call.bridged': 'Bridged',
		'call.conversation.ended': 'Conversation Ended',
		'call.conversation_insights.generated': 'Conversation Insights Generated',
		'call.cost': 'Cost',
		'call.deepfake_detection.error': 'Deepfake Detection Error',
		'call.deepfake_detection.result': 'Deepfake Detection Result',
		'call.dequeued': 'Dequeued',
		'call.dtmf.received': 'DTMF Received',
		'call.enqueued': 'Enqueued',
		'call.fork.started': 'Fork Started',
		'call.fork.stopped': 'Fork Stopped',
		'call.gather.ended': 'Gather Ended',
		'call.hangup': 'Hangup',
		'call.hold': 'Hold',
		'call.initiated': 'Initiated',
		'call.machine.detection.ended': 'Machine Detection Ended',
		'call.machine.greeting.ended': 'Machine Greeting Ended',
		'call.machine.premium.detection.ended': 'Machine Premium Detection Ended',
		'call.machine.premium.greeting.ended': 'Machine Premium Greeting Ended',
		'call.payment.completed': 'Payment Completed',
		'call.payment.progress': 'Payment Progress',
		'call.playback.ended': 'Playback Ended',
		'call.playback.started': 'Playback Started',
		'call.recording.error': 'Recording Error',
		'call.recording.saved': 'Recording Saved',
		'call.recording.transcription.saved': 'Recording Transcription Saved',
		'call.refer.completed': 'Refer Completed',
		'call.refer.failed': 'Refer Failed',
		'call.refer.started': 'Refer Started',
		'siprec.failed': 'SIPREC Failed',
		'siprec.started': 'SIPREC Started',
		'siprec.stopped': 'SIPREC Stopped',
		'call.speak.ended': 'Speak Ended',
		'call.speak.started': 'Speak Started',
		'streaming.failed': 'Streaming Failed',
		'streaming.started': 'Streaming Started',
		'streaming.stopped': 'Streaming Stopped',
		'call.transcription': 'Transcription',
		'call.unhold': 'Unhold',
	},
	start: 'call.answered',
	open: true,
});

/** Where Telnyx sends the events of a call, instead of to its application's address. */
export const webhookOptions = inSection('webhooks', {
	webhook_retries_policies: map({
		label: 'Retries by Event',
		description: 'When Telnyx tries again to deliver an event that was not taken',
		item: 'Event',
		key: eventType,
		value: group({
			label: 'Retries',
			description: 'When to try again',
			fields: {
				retries_ms: numbers({
					label: 'Delays (Milliseconds)',
					description:
						'How long to wait before each retry, separated by commas: up to 5 retries, 60,000 milliseconds in total',
					onTop: true,
					placeholder: 'e.g. 1000, 2000, 5000',
					min: 0,
					max: 60_000,
				}),
			},
		}),
	}),
	webhook_url: text({
		label: 'Webhook URL',
		description:
			"Where all later events of this call go, instead of to the application's webhook URL. The Telnyx trigger gets them only if this is its URL.",
		placeholder: 'e.g. https://example.com/telnyx',
		pattern: WEB_ADDRESS,
	}),
	webhook_url_method: method('Webhook URL Method', 'How Telnyx calls the webhook URL'),
	webhook_urls: map({
		label: 'Webhook URLs by Event',
		description: 'Where single kinds of events go. All others go to the webhook URL.',
		item: 'Event',
		key: eventType,
		value: texts({
			label: 'URLs',
			description: 'One or more addresses, separated by commas',
			placeholder: 'e.g. https://example.com/answered',
			pattern: WEB_ADDRESS,
		}),
	}),
	webhook_urls_method: method(
		'Webhook URLs by Event Method',
		'How Telnyx calls the webhook URLs by event',
	),
});
