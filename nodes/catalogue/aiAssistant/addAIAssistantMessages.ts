import { messages } from '../shared/assistantMessages';
import { toggle } from '../schema/field';
import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const addAIAssistantMessages = operation({
	name: 'Add Messages',
	action: 'Add messages to AI assistant',
	description: 'Tell the AI assistant something during the call, without the caller hearing it',
	request: 'POST /calls/{call_control_id}/actions/ai_assistant_add_messages',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/add-messages-to-ai-assistant',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		messages: {
			...messages('Messages', 'What to add to the conversation, in this order'),
			onTop: true,
		},
		trigger_response: toggle({
			label: 'Answer at Once',
			description:
				'Whether the assistant answers the messages at once, even if the caller is still speaking. Otherwise it takes them into account the next time.',
			start: false,
		}),
	},
	answer: commandResult,
	events: noEvents,
});
