import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const leaveQueue = operation({
	name: 'Take Call Out',
	action: 'Take call out of queue',
	description: 'Remove a call from the queue it waits in. The call goes on.',
	request: 'POST /calls/{call_control_id}/actions/leave_queue',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/remove-call-from-a-queue',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
	},
	answer: commandResult,
	events: { success: ['call.dequeued'], failure: [] },
	endedIsFine: true,
});
