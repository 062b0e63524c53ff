import { choice, decimal, integer, json, text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { voice } from '../shared/voice';
import { interDigitTimeout } from '../shared/digits';
import { paymentPrompts, validCardTypes } from './paymentPrompts';

export const pay = operation({
	name: 'Collect Payment',
	action: 'Collect payment',
	description:
		'Ask the caller for the details of a card or a bank account, and charge it or keep it for later. You never see the details.',
	request: 'POST /calls/{call_control_id}/actions/pay',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/collect-payment-details',
	fields: {
		call_control_id: callControlId,
		amount: decimal({
			label: 'Amount',
			description: 'How much to charge. Needed for a charge.',
			min: 0,
			start: 1,
		}),
		...onEveryCommand,
		connector_name: text({
			label: 'Connector Name',
			description:
				'The payment connector that takes the payment, by the name it was created with at Telnyx',
			onTop: true,
			placeholder: 'e.g. my-payment-connector',
		}),
		currency: choice({
			open: true,
			label: 'Currency',
			description: 'The currency of the amount',
			choices: { USD: 'US Dollar' },
			start: 'USD',
		}),
		description: text({
			label: 'Description',
			description: 'What the payment is for. Goes to the connector.',
			placeholder: 'e.g. Order 1042',
		}),
		inter_digit_timeout_millis: {
			...interDigitTimeout,
			description: 'How long to wait between two digits',
		},
		language: text({
			label: 'Language',
			description: 'The code of the language that the prompts are in',
			placeholder: 'e.g. en-US',
			section: 'prompt',
		}),
		max_attempts: integer({
			label: 'Maximum Attempts',
			description: 'How often the caller can try each step',
			min: 1,
			start: 3,
		}),
		metadata: json({
			label: 'Metadata',
			description: 'Notes of your own, as a JSON object. They go to the connector.',
			shape: 'object',
			placeholder: 'e.g. {"order":"1042"}',
		}),
		parameters: json({
			label: 'Parameters',
			description: 'What else the connector is to know, as a JSON object',
			shape: 'object',
			placeholder: 'e.g. {"customer":"5001"}',
		}),
		payment_method: choice({
			label: 'Payment Method',
			description: 'What the caller pays with',
			choices: {
				'credit-card': 'Credit Card',
				'ach-debit': { name: 'ACH Debit', description: 'From a bank account in the US' },
			},
			start: 'credit-card',
		}),
		payment_token: text({
			label: 'Payment Token',
			secret: true,
			description: 'A token that an earlier payment gave. The caller is asked for nothing.',
			placeholder: 'e.g. the token of an earlier payment',
		}),
		prompts: { ...paymentPrompts, section: 'prompt' },
		service_level: choice({
			label: 'Service Level',
			description: 'The quality of the speech',
			open: true,
			choices: { basic: 'Basic', premium: 'Premium' },
			start: 'premium',
			section: 'prompt',
		}),
		timeout_millis: integer({
			label: 'Timeout (Milliseconds)',
			description: 'How long to wait for digits at each step',
			min: 1,
			start: 10000,
		}),
		transaction_type: choice({
			label: 'Transaction',
			description:
				'What to do with the details. Left out, they are charged if there is an amount, and kept if not.',
			choices: {
				charge: { name: 'Charge', description: 'Take the amount' },
				tokenize: { name: 'Tokenize', description: 'Get a token for payments later' },
			},
			start: 'charge',
		}),
		valid_card_types: validCardTypes,
		voice: { ...voice, section: 'prompt' },
	},
	answer: commandResult,
	events: {
		success: ['call.payment.completed'],
		failure: [],
		goodStatuses: ['success'],
		others: ['call.payment.progress'],
		withinSecs: 600,
	},
});
