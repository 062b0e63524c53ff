import {
	assistantTranscription,
	conversationStarted,
	gatheringAssistant,
	interruptionSettings,
	messageHistoryUpdates,
} from '../shared/assistantOptions';
import { choice, integer, json, list, text, toggle } from '../schema/field';
import { languages } from '../shared/languages';
import { operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { gatheringVoiceSettings, SPEAKABLE, voice } from '../shared/voice';

export const gatherUsingAI = operation({
	name: 'Gather Using AI',
	action: 'Ask for information with AI',
	description:
		'Let an AI assistant ask the caller for what you want to know, and get the answers as data',
	request: 'POST /calls/{call_control_id}/actions/gather_using_ai',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/gather-using-ai',
	fields: {
		call_control_id: callControlId,
		parameters: json({
			label: 'Parameters',
			description: 'What to find out, as a JSON schema of an object',
			required: true,
			shape: 'object',
			placeholder:
				'e.g. {"type":"object","properties":{"age":{"type":"integer","description":"The age of the caller"}},"required":["age"]}',
		}),
		assistant: gatheringAssistant,
		...onEveryCommand,
		gather_ended_speech: text({
			label: 'Closing Words',
			description: 'What is said when everything was found out, up to 3,000 characters',
			rows: 2,
			placeholder: 'e.g. Thank you, that was all.',
			pattern: SPEAKABLE,
		}),
		greeting: text({
			label: 'Greeting',
			description:
				'What is said at the start, up to 3,000 characters. SSML works with AWS Polly voices.',
			onTop: true,
			rows: 2,
			placeholder: 'e.g. Hello, may I ask how old you are?',
			pattern: SPEAKABLE,
		}),
		interruption_settings: interruptionSettings,
		language: choice({
			open: true,
			label: 'Language',
			description: 'The language that the caller speaks',
			choices: languages(
				'af am ar az bg bn bs ca cs da de el en es et eu fa fi fil fr gl gu hi hr hu hy id is',
				'it iw ja jv ka kk km kn ko lo lt lv mk ml mn mr ms my ne nl no pa pl pt ro ru rw si sk',
				'sl sq sr ss st su sv sw ta te th tn tr ts uk ur uz ve vi xh yue zh zu',
			),
			start: 'en',
		}),
		message_history: list({
			label: 'Message History',
			description: 'What was said before, for the assistant to know',
			item: 'Message',
			fields: {
				content: text({
					label: 'Content',
					description: 'What was said',
					onTop: true,
					rows: 2,
					placeholder: 'e.g. I am 29 and live in Paris.',
				}),
				role: choice({
					label: 'Role',
					description: 'Who said it',
					required: true,
					choices: { user: 'Caller', assistant: 'Assistant' },
					start: 'user',
				}),
			},
		}),
		send_message_history_updates: messageHistoryUpdates,
		send_partial_results: toggle({
			label: 'Send Partial Results',
			description:
				'Whether Telnyx sends each answer as soon as it is there, as call.ai_gather.partial_results',
			start: false,
		}),
		transcription: assistantTranscription,
		user_response_timeout_ms: integer({
			label: 'Response Timeout (Milliseconds)',
			description: 'How long to wait for the caller to say something',
			min: 0,
			start: 10_000,
		}),
		voice,
		voice_settings: gatheringVoiceSettings,
	},
	answer: conversationStarted,
	events: {
		success: ['call.ai_gather.ended'],
		failure: [],
		goodStatuses: ['valid', 'invalid', 'timeout'],
		others: [
			'call.conversation.created',
			'call.ai_gather.partial_results',
			'call.ai_gather.message_history_updated',
			'call.conversation.ended',
		],
	},
});
