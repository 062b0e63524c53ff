import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { TELNYX } from './credential';
import type { RealN8n } from './realN8n';

/** Assistants of Telnyx that ask a real n8n. */
type Server = Pick<RealN8n, 'url'>;

/** Of the credential. */
export const SECRET = 'x'.repeat(40);

/** The header of a request to a language model. */
export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
/** Where a workflow is reached as a language model. */
export const modelUrl = ({ url }: Server, workflow: string, path = 'chat/completions') =>
	`${url}/webhook/${workflow}/v1/${path}`;
/** A conversation so far. */
export const CHAT = {
	model: 'n8n',
	messages: [
		{ role: 'system', content: 'You take orders.' },
		{ role: 'assistant', content: 'Hello?' },
		{ role: 'user', content: 'A table for four.' },
	],
};

/** The pieces of an answer, and when they came, in milliseconds after the request. */
export async function streamed(n8n: Server, workflow: string) {
	const asked = Date.now();
	const response = await fetch(modelUrl(n8n, workflow), {
		method: 'POST',
		headers: {
			...bearer(SECRET),
			'content-type': 'application/json',
			'x-telnyx-call-control-id': 'v3:call',
		},
		body: JSON.stringify({ ...CHAT, stream: true }),
	});
	const events: Array<{ text: string; ms: number }> = [];
	const decoder = new TextDecoder();
	for await (const bytes of response.body!) {
		for (const text of decoder.decode(bytes as Uint8Array).split('\n\n')) {
			if (text) events.push({ text: text.replace(/^data: /, ''), ms: Date.now() - asked });
		}
	}
	const last = events.pop();
	const chunks = events.map(({ text, ms }) => {
		const [{ delta, finish_reason }] = (JSON.parse(text) as Chunk).choices;
		return { words: delta.content, finish_reason, ms };
	});
	return { type: response.headers.get('content-type'), last: last?.text, chunks };
}

interface Chunk {
	choices: [{ delta: { content?: string }; finish_reason: string | null }];
}

/** A connection of n8n. */
export const to = (node: string, type = 'main') => ({ [type]: [[{ node, type, index: 0 }]] });

/** A workflow of the trigger and nodes behind it in a line. Its ID is also that of the webhook. */
export function assistantWorkflow(
	id: string,
	parameters: object,
	behind: Record<string, object>,
	more: { nodes?: Record<string, object>; connections?: object } = {},
) {
	const trigger = {
		type: 'n8n-nodes-telnyx-advanced.telnyxAiAssistantTrigger',
		typeVersion: NODE_VERSION,
		webhookId: id,
		credentials: TELNYX,
		parameters,
	};
	const names = ['Assistant', ...Object.keys(behind)];
	return {
		id,
		name: id,
		nodes: Object.entries({ Assistant: trigger, ...behind, ...more.nodes }).map(
			([name, node], index) => ({
				id: `${id}-${index}`,
				name,
				position: [index * 200, 0],
				...node,
			}),
		),
		connections: {
			...Object.fromEntries(names.slice(0, -1).map((name, at) => [name, to(names[at + 1])])),
			...more.connections,
		},
		settings: { executionOrder: 'v1' },
	};
}

/** A workflow whose agent is the language model of an assistant. */
export function agentWorkflow(id: string) {
	const agent = {
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		parameters: { options: { systemMessage: '={{ $json.instructions }}' } },
	};
	const chatModel = {
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'a-model' } },
		credentials: { openAiApi: { id: 'model', name: 'model' } },
	};
	const memory = {
		type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
		typeVersion: 1.3,
		parameters: {},
	};
	return assistantWorkflow(
		id,
		{ request: 'languageModel' },
		{ Agent: agent },
		{
			nodes: { Model: chatModel, Memory: memory },
			connections: {
				Model: to('Agent', 'ai_languageModel'),
				Memory: to('Agent', 'ai_memory'),
			},
		},
	);
}
