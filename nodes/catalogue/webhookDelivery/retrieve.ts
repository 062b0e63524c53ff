import { text } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { deliveryAnswer } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get webhook delivery',
	description: 'Look up how a webhook was delivered: every attempt, and the answer it got',
	request: 'GET /webhook_deliveries/{id}',
	docs: 'https://developers.telnyx.com/api-reference/webhooks/find-webhook_delivery-details-by-id',
	fields: {
		id: text({
			label: 'Delivery ID',
			description: 'The ID of the delivery, from the list of deliveries',
			required: true,
			placeholder: 'e.g. c9c0797e-901d-4349-a33c-c2c8f31a92c2',
		}),
	},
	answer: deliveryAnswer,
	events: noEvents,
});
