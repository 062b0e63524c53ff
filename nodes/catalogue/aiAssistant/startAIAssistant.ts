import { messages, participantFields } from '../shared/assistantMessages';
import {
	assistant,
	assistantTranscription,
	conversationStarted,
	interruptionSettings,
	messageHistoryUpdates,
} from '../shared/assistantOptions';
import { list, text } from '../schema/field';
import { operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { SPEAKABLE } from '../shared/voice';

export const startAIAssistant = operation({
	name: 'Start',
	action: 'Start AI assistant',
	description: 'Let an AI assistant talk with the caller',
	request: 'POST /calls/{call_control_id}/actions/ai_assistant_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/start-ai-assistant',
	fields: {
		call_control_id: callControlId,
		assistant: { ...assistant, onTop: true },
		...onEveryCommand,
		greeting: text({
			label: 'Greeting',
			description:
				'What is said when the assistant starts, up to 3,000 characters. SSML works with AWS Polly voices.',
			onTop: true,
			rows: 2,
			placeholder: 'e.g. Hello, how can I help you?',
			pattern: SPEAKABLE,
		}),
		interruption_settings: interruptionSettings,
		message_history: messages('Message History', 'What was said before, for the assistant to know'),
		participants: list({
			label: 'Participants',
			description: 'Other legs that take part in the conversation from the start',
			item: 'Participant',
			fields: participantFields,
		}),
		send_message_history_updates: messageHistoryUpdates,
		transcription: assistantTranscription,
	},
	answer: conversationStarted,
	events: {
		// Most conversations end with the call.
		success: ['call.conversation.ended', 'call.hangup'],
		failure: [],
		withinSecs: 3_600,
		others: [
			'call.conversation.created',
			'call.conversation_insights.generated',
			'call.ai_gather.message_history_updated',
		],
	},
});
