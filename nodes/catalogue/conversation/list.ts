import { integer, text } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { conversationAnswer } from './shared';

const condition = (label: string, description: string, placeholder: string) =>
	text({
		label,
		description: `${description}, as a condition: eq. for what is equal, gte. or lte. for a lower or upper limit, like. for a pattern`,
		placeholder,
	});

export const list = operation({
	name: 'Get Many',
	action: 'Get many AI conversations',
	description: 'List the conversations that AI assistants had, all or some',
	request: 'GET /ai/conversations',
	docs: 'https://developers.telnyx.com/api-reference/conversations/list-conversations',
	fields: {
		id: condition('Conversation ID', 'The ID of the conversation', 'e.g. eq.66b541ed-269e-4af8'),
		created_at: condition('Created At', 'When it began', 'e.g. gte.2026-11-01'),
		last_message_at: condition(
			'Last Message At',
			'When something was last said',
			'e.g. lte.2026-11-30',
		),
		limit: integer({
			label: 'Limit',
			description: 'Max number of results to return',
			min: 1,
			start: 50,
		}),
		'metadata->assistant_id': condition(
			'Assistant ID',
			'The assistant that spoke',
			'e.g. eq.assistant-123',
		),
		'metadata->call_control_id': condition(
			'Call Control ID',
			'The leg that it was held on',
			'e.g. eq.v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0',
		),
		'metadata->telnyx_agent_target': condition(
			'Assistant Address',
			"The assistant's phone number or SIP URI",
			'e.g. eq.+13125550100',
		),
		'metadata->telnyx_conversation_channel': condition(
			'Channel',
			'How it was held',
			'e.g. eq.phone_call',
		),
		'metadata->telnyx_end_user_target': condition(
			'User Address',
			'The phone number or SIP URI of the other side',
			'e.g. eq.+13125550123',
		),
		name: condition('Name', 'What the conversation is called', 'e.g. like.Voice%'),
		or: text({
			label: 'Any Of',
			description: 'Several conditions of which one is enough, in brackets',
			placeholder: 'e.g. (created_at.gte.2026-11-01,last_message_at.gte.2026-11-01)',
		}),
		order: text({
			label: 'Sort By',
			description: 'What the list is sorted by, followed by .asc or .desc',
			placeholder: 'e.g. created_at.desc',
		}),
	},
	answer: conversationAnswer,
	returns: 'list',
	events: noEvents,
});
