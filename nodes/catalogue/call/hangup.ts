import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { customHeaders } from '../shared/sipOptions';

export const hangup = operation({
	name: 'Hang Up',
	action: 'Hang up call',
	description: 'End this leg of the call',
	request: 'POST /calls/{call_control_id}/actions/hangup',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/hangup-call',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		...customHeaders,
	},
	answer: commandResult,
	events: { success: ['call.hangup'], failure: [], others: ['call.recording.saved'] },
	endedIsFine: true,
});
