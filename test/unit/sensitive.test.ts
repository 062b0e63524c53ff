import { events } from '../../nodes/telnyx/events';
import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node';
import { TelnyxPhoneCall } from '../../nodes/TelnyxPhoneCall/TelnyxPhoneCall.node';

/** What identifies a card or an account, or allows to use it. */
const TELLING = /number|code$|expiration|token/;
/** Of the same words, what does not. */
const HARMLESS = ['pay_error_code', 'payment_confirmation_code'];

const paid = events
	.filter(({ type }) => type.startsWith('call.payment.'))
	.flatMap(({ payload }) => Object.keys(payload))
	.filter((name) => TELLING.test(name) && !HARMLESS.includes(name));

const PLACES = [
	// A simplified event, a whole one, and one that a node adds.
	...['', 'payload.', 'event.payload.'],
	// In lists: the deliveries of webhooks, and the events of a call.
	...['webhook.payload.', 'metadata.', 'metadata.payload.'],
	...['metadata.data.payload.', 'metadata.event.payload.', 'metadata.event.data.payload.'],
];

it.each([TelnyxAdvanced, TelnyxAdvancedTrigger, TelnyxPhoneCall])(
	'what payments report of cards and accounts is declared as sensitive by %p',
	(Node) => {
		const { sensitiveOutputFields = [] } = new Node().description;
		expect(paid.length).toBeGreaterThan(5);
		for (const name of paid) {
			expect(sensitiveOutputFields).toEqual(
				expect.arrayContaining(PLACES.map((place) => place + name)),
			);
		}
	},
);
