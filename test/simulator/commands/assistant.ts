import { randomUUID } from 'node:crypto';

import { endActivities, startActivity } from '../activities';
import type { Command } from '../types';

const CONVERSATION = 'conversation';

/** The assistant does not speak; only its events are sent. */
export const ai_assistant_start: Command = {
	needs: 'answered',
	run(leg, { assistant = {} }, exchange) {
		const conversation_id = randomUUID();
		const startedAt = exchange.clock.now();
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
				exchange.clock.after(exchange.timings.insightsMs, () =>
					exchange.emit(leg, 'call.conversation_insights.generated', {
						insight_group_id: randomUUID(),
						results: [{ insight_id: randomUUID(), result: 'The caller tried the simulator.' }],
					}),
				);
			},
		});
		return { conversation_id };
	},
};

export const ai_assistant_stop: Command = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === CONVERSATION, 'stopped'),
};
