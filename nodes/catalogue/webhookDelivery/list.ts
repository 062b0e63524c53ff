import { choice, group, text } from '../schema/field';
import { containing, filter, timeRange } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { deliveryAnswer } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many webhook deliveries',
	description: 'List the webhooks that Telnyx sent, with every attempt and the answer it got',
	request: 'GET /webhook_deliveries',
	docs: 'https://developers.telnyx.com/api-reference/webhooks/list-webhook-deliveries',
	fields: {
		filter: filter({
			attempts: containing(
				'Attempts',
				'A text somewhere in the attempts, such as the address they went to',
				'e.g. https://example.com/webhook',
			),
			event_type: text({
				label: 'Event Type',
				description: 'The type of the event. Several are separated by commas.',
				placeholder: 'e.g. call.initiated,call.hangup',
			}),
			finished_at: timeRange('Finished At', 'When the last answer came'),
			started_at: timeRange('Started At', 'When the first attempt began'),
			status: group({
				label: 'Status',
				description: 'Whether the webhook arrived',
				add: 'Add status',
				fields: {
					eq: choice({
						label: 'Is',
						description: 'How the delivery ended',
						choices: {
							delivered: { name: 'Delivered', description: 'An attempt was accepted' },
							failed: { name: 'Failed', description: 'No attempt was accepted' },
						},
						start: 'failed',
					}),
				},
			}),
			webhook: containing(
				'Webhook',
				'A text somewhere in the webhook, such as a call control ID',
				'e.g. call.initiated',
			),
		}),
	},
	answer: deliveryAnswer,
	returns: 'pages',
	events: noEvents,
});
