import type { VoiceEvent } from './event';

/** What assistants and agents outside of Call Control report, under types of their own. */
export const assistantEvents = [
	{
		type: 'conversation_insight_result',
		name: 'Conversation Insight Result',
		when: 'the result of an insight group arrives',
		short: 'Insight',
		description: 'The analysis of a conversation, for the webhook of an insight group',
		payload: {
			conversation_id: 'string',
			insight_group_id: 'string',
			metadata: 'object',
			results: 'array',
			status: 'string',
		},
	},
	{
		type: 'dialogflow.detectintent.response',
		name: 'Dialogflow Response',
		when: 'Dialogflow responds',
		short: 'Dialogflow',
		description: 'Dialogflow understood what was said, or guesses while somebody still speaks',
		payload: {
			confidence: 'number',
			fulfillment_messages: 'array',
			is_final: 'boolean',
			transcript: 'string',
		},
	},
] as const satisfies readonly VoiceEvent[];
