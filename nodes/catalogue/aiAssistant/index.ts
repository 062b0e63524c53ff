import type { Resource } from '../schema/operation';
import { addAIAssistantMessages } from './addAIAssistantMessages';
import { joinAIAssistant } from './joinAIAssistant';
import { startAIAssistant } from './startAIAssistant';
import { startConversationRelay } from './startConversationRelay';
import { stopAIAssistant } from './stopAIAssistant';
import { stopConversationRelay } from './stopConversationRelay';

export const aiAssistant = {
	value: 'aiAssistant',
	name: 'AI Assistant',
	operations: {
		startAIAssistant,
		stopAIAssistant,
		joinAIAssistant,
		addAIAssistantMessages,
		startConversationRelay,
		stopConversationRelay,
	},
} as const satisfies Resource;
