import { noEvents, operation } from '../schema/operation';

export const retrieveBalance = operation({
	name: 'Get Balance',
	action: 'Get account balance',
	description: 'See how much credit the account has left',
	request: 'GET /balance',
	docs: 'https://developers.telnyx.com/api-reference/billing/get-user-balance-details',
	sdk: 'retrieve',
	fields: {},
	answer: {
		balance: 'string',
		available_credit: 'string',
		credit_limit: 'string',
		pending: 'string',
		currency: 'string',
		record_type: 'string',
	},
	events: noEvents,
});
