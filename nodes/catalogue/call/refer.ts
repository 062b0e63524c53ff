import { visible } from '../../shared/invisible';
import { text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { customHeaders, sipAuthentication, sipHeaders } from '../shared/sipOptions';

export const refer = operation({
	name: 'Refer',
	action: 'Refer call',
	description: 'Ask the SIP system on the other side to take the call elsewhere itself (SIP REFER)',
	request: 'POST /calls/{call_control_id}/actions/refer',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/sip-refer-a-call',
	fields: {
		call_control_id: callControlId,
		sip_address: text({
			label: 'SIP Address',
			description: 'The SIP URI that the call goes to',
			required: true,
			placeholder: 'e.g. sip:jane@example.com',
			pattern: {
				matches: new RegExp(`^sips?:${visible()}+$`, 'u'),
				says: 'has to be a SIP URI, such as sip:jane@example.com',
			},
		}),
		...onEveryCommand,
		...customHeaders,
		...sipAuthentication,
		...sipHeaders,
	},
	answer: commandResult,
	events: {
		success: ['call.refer.completed'],
		failure: ['call.refer.failed'],
		others: ['call.refer.started'],
	},
});
