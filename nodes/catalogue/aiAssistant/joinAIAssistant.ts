import { participantFields } from '../shared/assistantMessages';
import { conversationStarted } from '../shared/assistantOptions';
import { group, text } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const joinAIAssistant = operation({
	name: 'Join Conversation',
	action: 'Join AI assistant',
	description: 'Bring one more leg into a conversation that an AI assistant has on another leg',
	request: 'POST /calls/{call_control_id}/actions/ai_assistant_join',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/join-ai-assistant-conversation',
	fields: {
		call_control_id: callControlId,
		conversation_id: text({
			label: 'Conversation ID',
			description:
				'The conversation to join. The answer of the command that started it has the ID.',
			required: true,
			placeholder: 'e.g. d7e9c1d4-8b2a-4b8f-b3a7-9a671c9e9b0a',
		}),
		participant: group({
			label: 'Participant',
			description: 'Who joins',
			required: true,
			add: 'Add participant setting',
			fields: participantFields,
		}),
		...onEveryCommand,
	},
	answer: conversationStarted,
	events: noEvents,
});
