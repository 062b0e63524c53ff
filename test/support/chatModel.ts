/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { Readable } from 'node:stream';
import fastify from 'fastify';

import { pause } from '../../nodes/shared/pause';

/** One use of a tool that a model asks for. */
export interface ToolUse {
	tool: string;
	args: object;
}

interface ChatMessage {
	role: string;
	content: string;
}

interface OfferedTool {
	type: 'function';
	function: { name: string; description: string; parameters: object };
}

/** A stand-in for a chat model that speaks OpenAI's protocol. */
export interface ChatModel {
	baseUrl: string;
	/** For n8n's credential `openAiApi`. */
	credential: { apiKey: string; url: string };
	/** What it asks for, turn by turn, of those tools that it is offered, before it says its answer. */
	turns: ToolUse[][];
	/** *Done.* unless set. */
	answer: string;
	/** How long it takes for each word if it is to stream, in milliseconds. */
	wordPauseMs: number;
	/** The tools that it was offered. */
	tools: OfferedTool[];
	/** What was said to it in a role, in the last request. */
	heard(role: string): string[];
	close(): Promise<void>;
}

export async function startChatModel(): Promise<ChatModel> {
	const server = fastify({ forceCloseConnections: true });
	let messages: ChatMessage[] = [];
	server.get('/v1/models', () => ({ object: 'list', data: [{ id: 'a-model', object: 'model' }] }));
	server.post<{ Body: { messages: ChatMessage[]; tools?: OfferedTool[]; stream?: boolean } }>(
		'/v1/chat/completions',
		({ body }, response) => {
			({ messages } = body);
			model.tools = body.tools ?? [];
			const offered = model.tools.map(({ function: { name } }) => name);
			const turns = model.turns.filter((turn) => turn.every(({ tool }) => offered.includes(tool)));
			// n8n tells the model of each use of a tool in a message of its own.
			const used = messages.filter(({ role }) => role === 'tool').length;
			const turn = turnAfter(turns, used);
			if (turn) return usesTools(turn, used);
			if (!body.stream) return says(model.answer);
			return response.type('text/event-stream').send(Readable.from(pieces(model)));
		},
	);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	const baseUrl = `${address}/v1`;
	const model: ChatModel = {
		baseUrl,
		credential: { apiKey: 'another-key', url: baseUrl },
		turns: [],
		answer: 'Done.',
		wordPauseMs: 0,
		tools: [],
		heard: (role) => messages.filter((one) => one.role === role).map(({ content }) => content),
		close: async () => await server.close(),
	};
	return model;
}

function turnAfter(turns: ToolUse[][], used: number): ToolUse[] | undefined {
	let before = 0;
	return turns.find((turn) => {
		const isNext = before === used;
		before += turn.length;
		return isNext;
	});
}

const says = (content: string) => completion('stop', { content });

/** The answer word by word, as server-sent events. */
async function* pieces({ answer, wordPauseMs }: ChatModel) {
	for (const content of answer.split(/(?<= )/)) {
		if (wordPauseMs > 0) await pause(wordPauseMs);
		yield chunk(null, { role: 'assistant', content });
	}
	yield chunk('stop', {});
	yield 'data: [DONE]\n\n';
}

const chunk = (finish_reason: string | null, delta: object) =>
	`data: ${JSON.stringify({
		id: 'a-completion',
		object: 'chat.completion.chunk',
		created: 0,
		model: 'a-model',
		choices: [{ index: 0, finish_reason, delta }],
	})}\n\n`;

const usesTools = (uses: ToolUse[], used: number) =>
	completion('tool_calls', {
		content: null,
		tool_calls: uses.map(({ tool, args }, index) => ({
			id: `use-${used + index}`,
			type: 'function',
			function: { name: tool, arguments: JSON.stringify(args) },
		})),
	});

const completion = (finish_reason: string, message: object) => ({
	id: 'a-completion',
	object: 'chat.completion',
	created: 0,
	model: 'a-model',
	choices: [{ index: 0, finish_reason, message: { role: 'assistant', ...message } }],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
