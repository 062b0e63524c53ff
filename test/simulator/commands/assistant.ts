import { randomUUID } from 'node:crypto';

import { endActivities, startActivity } from '../activities';
import type { Command, Json, Leg } from '../types';
import { timestamp } from '../webhooks';

const CONVERSATION = 'conversation';

/** The assistant does not speak; only its events are sent. */
export const ai_assistant_start: Command = {
	needs: 'answered',
	run(leg, { assistant = {} }, exchange) {
		const conversation_id = randomUUID();
		const startedAt = exchange.clock.now();
		const conversation = newConversation(leg, assistant.id, conversation_id, startedAt);
		exchange.conversations.set(conversation_id, conversation);
		exchange.emit(leg, 'call.conversation.created', { conversation_id });
		startActivity(exchange, leg, CONVERSATION, {
			details: { conversation_id },
			onEnd() {
				exchange.emit(leg, 'call.conversation.ended', {
					assistant_id: assistant.id ?? 'assistant-of-the-simulator',
					conversation_id,
					duration_sec: Math.round((exchange.clock.now() - startedAt) / 1000),
					llm_model: assistant.model ?? 'a-language-model',
					stt_model: 'a-speech-model',
					tts_provider: 'telnyx',
					tts_model_id: 'Natural',
					tts_voice_id: 'a-voice',
				});
				conversation.data.last_message_at = timestamp(exchange.clock.now());
				exchange.clock.after(exchange.timings.insightsMs, () => {
					const results = [{ insight_id: randomUUID(), result: 'The caller tried the simulator.' }];
					conversation.insights.push({
						id: randomUUID(),
						status: 'completed',
						conversation_insights: results,
						created_at: timestamp(exchange.clock.now()),
					});
					exchange.emit(leg, 'call.conversation_insights.generated', {
						insight_group_id: randomUUID(),
						results,
					});
				});
			},
		});
		return { conversation_id };
	},
};

function newConversation(leg: Leg, assistant_id: unknown, id: string, at: number) {
	const data: Json = {
		id,
		name: 'Voice',
		created_at: timestamp(at),
		last_message_at: timestamp(at),
		metadata: {
			assistant_id: assistant_id ?? 'assistant-of-the-simulator',
			call_control_id: leg.call_control_id,
			telnyx_agent_target: leg.to,
			telnyx_conversation_channel: 'phone_call',
			telnyx_end_user_target: leg.from,
		},
	};
	return { data, insights: [] as Json[] };
}

export const ai_assistant_stop: Command = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === CONVERSATION, 'stopped'),
};
