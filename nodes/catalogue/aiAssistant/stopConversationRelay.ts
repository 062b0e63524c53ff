import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopConversationRelay = operation({
	name: 'Stop Conversation Relay',
	action: 'Stop conversation relay',
	description: 'End the connection to your own application. The call goes on.',
	request: 'POST /calls/{call_control_id}/actions/conversation_relay_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/stop-conversation-relay',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
	},
	answer: commandResult,
	events: { success: ['call.conversation.ended'], failure: [] },
	endedIsFine: true,
});
