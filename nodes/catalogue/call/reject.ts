import { choice } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const reject = operation({
	name: 'Reject',
	action: 'Reject call',
	description: 'Turn down an incoming call that has not been answered',
	request: 'POST /calls/{call_control_id}/actions/reject',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/reject-a-call',
	fields: {
		call_control_id: callControlId,
		cause: choice({
			open: true,
			label: 'Cause',
			description: 'What the caller is told',
			required: true,
			choices: {
				CALL_REJECTED: { name: 'Call Rejected', description: 'The call was turned down' },
				USER_BUSY: { name: 'User Busy', description: 'The caller hears the busy tone' },
				NOT_FOUND: { name: 'Not Found', description: 'The number is not in use' },
				TEMPORARILY_UNAVAILABLE: {
					name: 'Temporarily Unavailable',
					description: 'Nobody can take the call right now',
				},
			},
			start: 'CALL_REJECTED',
		}),
		...onEveryCommand,
	},
	answer: commandResult,
	events: { success: ['call.hangup'], failure: [] },
	endedIsFine: true,
});
