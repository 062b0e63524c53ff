import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopAIAssistant = operation({
	name: 'Stop',
	action: 'Stop AI assistant',
	description: 'End the conversation with the AI assistant. The call goes on.',
	request: 'POST /calls/{call_control_id}/actions/ai_assistant_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/stop-ai-assistant',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
	},
	answer: commandResult,
	events: { success: ['call.conversation.ended'], failure: [] },
	endedIsFine: true,
});
