import { events as voiceEvents } from '../../telnyx/events';
import { choice, group, inSection, map, numbers, text, texts } from '../schema/field';
import { WEB_ADDRESS } from './addresses';

const eventType = choice({
	label: 'Event',
	description: 'Which event it is for',
	choices: Object.fromEntries(
		voiceEvents
			.filter(({ type }) => !type.startsWith('conference.'))
			.map(({ type, name }) => [type, name]),
	),
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
					most: 5,
					maxSum: 60_000,
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
});
