// @ts-check
const { randomUUID } = require('node:crypto');

const { endActivities, startActivity } = require('../activities');

/** @typedef {import('../types').Command} Command */

const CONVERSATION = 'conversation';

/** The assistant says nothing of its own, but its events come. @type {Command} */
const ai_assistant_start = {
	needs: 'answered',
	run(leg, { assistant = {} }, exchange) {
		const conversation_id = randomUUID();
		const startedAt = exchange.clock.now();
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

/** @type {Command} */
const ai_assistant_stop = {
	needs: 'answered',
	run: (leg) => endActivities(leg, ({ name }) => name === CONVERSATION, 'stopped'),
};

module.exports = { ai_assistant_start, ai_assistant_stop };
