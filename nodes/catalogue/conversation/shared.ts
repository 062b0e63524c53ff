import { locator } from '../schema/field';

export const conversationId = locator({
	label: 'Conversation ID',
	description:
		'The conversation with an AI assistant. Unless you choose another one, it is the one that the item is about.',
	required: true,
	placeholder: 'e.g. 66b541ed-269e-4af8-a50a-7b4101bc5ff3',
	list: 'conversations',
	fromItem: ['conversation_id'],
	whenEmpty:
		'choose a conversation, or connect the node to the action that started the assistant or to an event of the conversation',
});

/** The fields that Telnyx returns for a conversation. */
export const conversationAnswer = {
	id: 'string',
	name: 'string',
	created_at: 'string',
	last_message_at: 'string',
	metadata: 'object',
} as const;
