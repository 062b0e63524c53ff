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

it.each([TelnyxAdvanced, TelnyxAdvancedTrigger, TelnyxPhoneCall])(
	'what payments report of cards and accounts is declared as sensitive by %p',
	(Node) => {
		const { sensitiveOutputFields = [] } = new Node().description;
		expect(paid.length).toBeGreaterThan(5);
		for (const name of paid) {
			expect(sensitiveOutputFields).toEqual(
				// A simplified event, a whole one, one that a node adds, and one in a list of deliveries.
				expect.arrayContaining(
					['', 'payload.', 'event.payload.', 'webhook.payload.'].map((place) => place + name),
				),
			);
		}
	},
);
