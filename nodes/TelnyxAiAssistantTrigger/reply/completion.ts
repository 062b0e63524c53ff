import { randomUUID } from 'node:crypto';

/** The headers of an answer that is sent word by word. Nothing on the way may collect or compress it. */
export const EVENT_STREAM = {
	'Content-Type': 'text/event-stream; charset=utf-8',
	'Cache-Control': 'no-cache, no-transform',
	'X-Accel-Buffering': 'no',
};

/** An error as OpenAI's API writes it. */
export const errorBody = (message: string, status: number) => ({
	error: {
		message,
		type: status < 500 ? 'invalid_request_error' : 'server_error',
		param: null,
		code: null,
	},
});

/** One answer in the format of OpenAI's chat completions. */
export class Completion {
	private readonly common: { id: string; created: number; model: string };

	constructor(model: string, now = Date.now()) {
		this.common = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(now / 1000), model };
	}

	/** The whole answer. */
	whole(content: string): object {
		return {
			...this.common,
			object: 'chat.completion',
			choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
			usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
		};
	}

	/** A piece of an answer as a server-sent event. */
	piece(content: string, isFirst: boolean): string {
		return this.event({ ...(isFirst && { role: 'assistant' }), content }, null);
	}

	/** The end of such an answer. */
	end(): string {
		return `${this.event({}, 'stop')}data: [DONE]\n\n`;
	}

	/** The end of an answer that is not complete: OpenAI's clients raise it as an error. */
	brokenOff(reason: string): string {
		return sent(errorBody(reason, 500));
	}

	private event(delta: object, finish_reason: string | null): string {
		const choices = [{ index: 0, delta, finish_reason }];
		return sent({ ...this.common, object: 'chat.completion.chunk', choices });
	}
}

/** As a server-sent event. */
const sent = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
