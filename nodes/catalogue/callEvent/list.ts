import { choice, dateTime, group, locator, text, toggle } from '../schema/field';
import { filter } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';

export const list = operation({
	name: 'Get Many',
	action: 'Get many call events',
	description:
		'List what happened on calls: the commands and the webhooks. Only the last 24 hours, unless you filter by call leg or call session.',
	request: 'GET /call_events',
	docs: 'https://developers.telnyx.com/api-reference/debugging/list-call-events',
	fields: {
		filter: filter({
			application_session_id: text({
				label: 'Call Session ID',
				description: 'The call session, with all its legs',
				placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
			}),
			connection_id: locator({
				label: 'Connection ID',
				description: 'The connection or Call Control application of the calls',
				placeholder: 'e.g. 1293384261075731499',
				list: 'connections',
			}),
			failed: toggle({
				label: 'Failed',
				description: 'Whether to list events whose delivery failed or those that were delivered',
				start: true,
			}),
			from: text({
				label: 'From',
				description: 'The number that called, with the country code',
				placeholder: 'e.g. +13125550100',
				isPhoneNumber: true,
			}),
			leg_id: text({
				label: 'Call Leg ID',
				description: 'The leg of the call',
				placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
			}),
			name: text({
				label: 'Name',
				description: 'The name of the event or of the command',
				placeholder: 'e.g. call.answered',
			}),
			occurred_at: group({
				label: 'Occurred At',
				description: 'When the event happened. Telnyx takes only one of these.',
				add: 'Add limit',
				fields: {
					eq: dateTime({ label: 'Exactly', description: 'This very time' }),
					gt: dateTime({ label: 'After', description: 'Later than this time' }),
					gte: dateTime({ label: 'From', description: 'This time or later' }),
					lt: dateTime({ label: 'Before', description: 'Earlier than this time' }),
					lte: dateTime({ label: 'Until', description: 'This time or earlier' }),
				},
			}),
			product: choice({
				open: true,
				label: 'Product',
				description: 'What the call was made with',
				choices: { call_control: 'Call Control', fax: 'Fax', texml: 'TeXML' },
				start: 'call_control',
			}),
			to: text({
				label: 'To',
				description: 'The number that was called, with the country code, or a SIP address',
				placeholder: 'e.g. +13125550101',
				isPhoneNumber: true,
			}),
			type: choice({
				label: 'Type',
				description: 'Which way it went',
				choices: {
					command: { name: 'Command', description: 'Sent to Telnyx' },
					webhook: { name: 'Webhook', description: 'Sent by Telnyx' },
				},
				start: 'webhook',
			}),
		}),
	},
	answer: {
		name: 'string',
		type: 'string',
		event_timestamp: 'string',
		call_leg_id: 'string',
		call_session_id: 'string',
		metadata: 'object',
		record_type: 'string',
	},
	returns: 'pages',
	events: noEvents,
});
