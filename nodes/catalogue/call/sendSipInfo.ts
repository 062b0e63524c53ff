import { text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const sendSipInfo = operation({
	name: 'Send SIP INFO',
	action: 'Send SIP INFO message',
	description: 'Send data of your own to the SIP system on the other side, during the call',
	request: 'POST /calls/{call_control_id}/actions/send_sip_info',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/send-sip-info',
	fields: {
		call_control_id: callControlId,
		body: text({
			label: 'Body',
			description: 'What the message says, in 1,400 bytes at most',
			required: true,
			rows: 3,
			maxBytes: 1400,
			placeholder: 'e.g. {"order":1042}',
		}),
		content_type: text({
			label: 'Content Type',
			description: 'What kind of data the body is, as a MIME type',
			required: true,
			placeholder: 'e.g. application/json',
			maxBytes: 1400,
		}),
		...onEveryCommand,
	},
	answer: commandResult,
	events: { success: [], failure: [] },
});
