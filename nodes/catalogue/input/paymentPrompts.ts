import { choice, choices, group, list, text } from '../schema/field';

const CARDS = {
	amex: 'American Express',
	'diners-club': 'Diners Club',
	discover: 'Discover',
	enroute: 'enRoute',
	jcb: 'JCB',
	maestro: 'Maestro',
	mastercard: 'Mastercard',
	optima: 'Optima',
	visa: 'Visa',
} as const;

/** The accepted cards. */
export const validCardTypes = choices({
	label: 'Card Types',
	description: 'The cards that are taken. Others are refused, and the number is asked for again.',
	choices: CARDS,
	notWith: 'payment_token',
});

const prompts = <const Step extends string>(label: Step, description: string) =>
	list({
		label,
		description,
		item: 'Prompt',
		orText: true,
		fields: {
			text: text({
				label: 'Text',
				description: 'What is said',
				required: true,
				placeholder: 'e.g. Please enter the number of your card.',
			}),
			attempt: text({
				label: 'Attempts',
				description: 'The attempts it is said at, counted from 1, separated by spaces',
				placeholder: 'e.g. 2 3',
			}),
			card_type: choice({
				open: true,
				label: 'Card Type',
				description: 'The card it is said for',
				choices: CARDS,
				start: 'visa',
			}),
			error_type: choice({
				open: true,
				label: 'Error',
				description: 'The mistake it is said after',
				choices: {
					'input-matching-failed': 'Input Does Not Match',
					'invalid-bank-account-number': 'Invalid Bank Account Number',
					'invalid-bank-routing-number': 'Invalid Bank Routing Number',
					'invalid-card-number': 'Invalid Card Number',
					'invalid-card-type': 'Invalid Card Type',
					'invalid-date': 'Invalid Date',
					'invalid-postal-code': 'Invalid Postal Code',
					'invalid-security-code': 'Invalid Security Code',
					timeout: 'Timeout',
				},
				start: 'timeout',
			}),
		},
	});

/** The prompts for each step of a payment. */
export const paymentPrompts = group({
	label: 'Prompts',
	description: 'What is said at each step, instead of what Telnyx says by itself',
	add: 'Add step',
	fields: {
		'bank-account-number': prompts('Bank Account Number', 'When the account number is asked for'),
		'bank-routing-number': prompts('Bank Routing Number', 'When the routing number is asked for'),
		'expiration-date': prompts(
			'Expiration Date',
			'When the date is asked for that the card ends on',
		),
		'payment-card-number': prompts('Card Number', 'When the number of the card is asked for'),
		'postal-code': prompts('Postal Code', 'When the postal code is asked for'),
		'security-code': prompts('Security Code', 'When the security code of the card is asked for'),
	},
});
