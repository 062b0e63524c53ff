import { locator } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { connection } from './shared';

export const listActiveCalls = operation({
	name: 'Get Many Active Calls',
	action: 'Get many active calls',
	description: 'List the calls that a connection or Call Control application has right now',
	request: 'GET /connections/{connection_id}/active_calls',
	docs: 'https://developers.telnyx.com/api-reference/call-information/list-all-active-calls-for-given-connection',
	fields: {
		connection_id: locator({
			...connection,
			description:
				'The connection whose calls are listed. The ID of a Call Control application is one as well.',
		}),
	},
	answer: {
		call_control_id: 'string',
		call_leg_id: 'string',
		call_session_id: 'string',
		call_duration: 'number',
		client_state: 'string',
		record_type: 'string',
	},
	returns: 'pages',
	events: noEvents,
});
