import { conversationRelayFields } from '../shared/conversationRelayOptions';
import { operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const startConversationRelay = operation({
	name: 'Start Conversation Relay',
	action: 'Start conversation relay',
	description:
		'Let your own application talk with the caller: Telnyx turns speech into text and text into speech',
	request: 'POST /calls/{call_control_id}/actions/conversation_relay_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/start-conversation-relay',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		...conversationRelayFields,
	},
	answer: { conversation_relay_id: 'string', result: 'string' },
	// Most conversations end with the call.
	events: {
		success: ['call.conversation.ended', 'call.hangup'],
		failure: [],
		withinSecs: 3_600,
	},
});
