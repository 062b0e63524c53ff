import { noEvents, operation } from '../schema/operation';
import { conversationAnswer, conversationId } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get AI conversation',
	description: 'Look up when a conversation with an AI assistant was held, and its metadata',
	request: 'GET /ai/conversations/{conversation_id}',
	docs: 'https://developers.telnyx.com/api-reference/conversations/get-a-conversation',
	fields: { conversation_id: conversationId },
	answer: conversationAnswer,
	events: noEvents,
});
