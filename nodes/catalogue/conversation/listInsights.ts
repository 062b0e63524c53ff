import { noEvents, operation } from '../schema/operation';
import { conversationId } from './shared';

export const listInsights = operation({
	name: 'Get Insights',
	action: 'Get insights of an AI conversation',
	description: 'Get what the analysis of a conversation with an AI assistant has found out',
	request: 'GET /ai/conversations/{conversation_id}/conversations-insights',
	docs: 'https://developers.telnyx.com/api-reference/conversations/get-insights-for-a-conversation',
	fields: { conversation_id: conversationId },
	answer: {
		id: 'string',
		status: 'string',
		conversation_insights: 'array',
		created_at: 'string',
	},
	returns: 'list',
	events: noEvents,
	sdk: 'retrieveConversationsInsights',
});
