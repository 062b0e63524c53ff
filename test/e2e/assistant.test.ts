import axios, { type AxiosResponse } from 'axios';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { startSimulator } from '../simulator';
import {
	agentWorkflow,
	assistantWorkflow as workflow,
	bearer,
	CHAT,
	modelUrl,
	SECRET,
	streamed,
	to,
} from '../support/assistant';
import { startChatModel, type ChatModel } from '../support/chatModel';
import { storedCredential, TELNYX } from '../support/credential';
import { set, waitSecs } from '../support/n8nNodes';
import { startN8n, type RealN8n } from '../support/realN8n';
import { signer } from '../support/signing';

/** Assistants of Telnyx ask a real n8n. */
const APPLICATION = '2345678901234567890';

const telnyx = signer();
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let model: ChatModel;
let n8n: RealN8n;

const TOOL = 'tool';
const RESPOND = 'respond';
const SLOW = 'slow';
const ONCE = 'once';
const VARIABLES = 'variables';
const WRONG_VARIABLES = 'wrong-variables';
const AGENT = 'agent';
const PLAIN = 'plain';

beforeAll(async () => {
	model = await startChatModel();
	simulator = await startSimulator({
		applications: [{ id: APPLICATION, name: 'calls', webhookUrl: 'http://127.0.0.1:9/none' }],
	});
	const { credential } = model;
	const ours = storedCredential({ ...simulator, publicKey: telnyx.publicKey });
	n8n = await startN8n({
		credentials: [
			{ ...ours, data: { ...ours.data, languageModelSecret: SECRET } },
			{ id: 'model', name: 'model', type: 'openAiApi', data: { ...credential } },
		],
		workflows: [
			workflow(TOOL, { ...FIELDS, respond: 'lastNode' }, { Speak: SPEAK, Answer: BOOKED }),
			respondWorkflow(),
			workflow(ONCE, {}, { Once: DROP_SEEN, Answer: BOOKED }),
			workflow(SLOW, { options: { within_ms: 300 } }, { Wait: WAIT }),
			workflow(VARIABLES, { request: 'variables' }, { Variables: set({ customer_name: 'Jane' }) }),
			workflow(
				WRONG_VARIABLES,
				{ request: 'variables' },
				{ Variables: set({ memory: 'yesterday' }) },
			),
			agentWorkflow(AGENT),
			workflow(PLAIN, { request: 'languageModel' }, { Words: set({ output: 'In one piece.' }) }),
		],
		published: [TOOL, RESPOND, SLOW, ONCE, VARIABLES, WRONG_VARIABLES, AGENT, PLAIN],
	});
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
	await model?.close();
});

async function post(url: string, body: object | string, headers: object): Promise<AxiosResponse> {
	const data = typeof body === 'string' ? body : JSON.stringify(body);
	return await axios.post(url, data, {
		headers: { 'content-type': 'application/json', ...headers },
		validateStatus: () => true,
	});
}

/** As Telnyx sends it: signed, with the call in a header. */
async function asks(workflow: string, body: object, call = 'v3:call') {
	const text = JSON.stringify(body);
	const headers = { ...telnyx.headers(text), 'x-telnyx-call-control-id': call };
	return await post(n8n.webhookUrl(workflow), text, headers);
}

const runs: Record<string, number> = {};
/** The next execution of a workflow, once it has ended. */
async function ended(workflow: string) {
	runs[workflow] = (runs[workflow] ?? 0) + 1;
	return (await n8n.executions(workflow, runs[workflow])).at(-1)!;
}

async function answeredCall() {
	const { call_control_id } = simulator.placeCall({ applicationId: APPLICATION });
	await axios.post(
		`${simulator.baseUrl}/calls/${encodeURIComponent(call_control_id)}/actions/answer`,
		{},
		{ headers: { authorization: `Bearer ${simulator.apiKey}` } },
	);
	return simulator.calls.get(call_control_id)!;
}

describe('a tool call', () => {
	it('runs the workflow, which acts on the call and answers the assistant', async () => {
		const call = await answeredCall();
		const { status, data } = await asks(TOOL, { guests: '4' }, call.call_control_id);
		expect([status, data]).toEqual([200, { booked: true }]);
		const execution = await ended(TOOL);
		expect(execution.items('Assistant')).toEqual([
			{
				request_id: expect.any(String),
				guests: 4,
				call_control_id: call.call_control_id,
			},
		]);
		expect(call.heard).toMatchObject([{ text: 'One moment.' }]);
	});

	it('with something wrong in it is explained to the assistant, and starts nothing', async () => {
		const { status, data } = await asks(TOOL, { guests: 'four' });
		expect([status, data]).toEqual([
			200,
			{ error: `The field 'guests' has to be a number, not "four".` },
		]);
	});

	it('is answered by Respond to Webhook, and the workflow goes on with the call', async () => {
		const call = await answeredCall();
		const { data } = await asks(RESPOND, { city: 'Chicago' }, call.call_control_id);
		expect(data).toEqual({ weather: 'sunny', city: 'Chicago' });
		expect((await ended(RESPOND)).status).toBe('success');
		expect(call.state).toBe('ended');
	});

	it('is told in time that the workflow is too slow', async () => {
		const before = Date.now();
		const { status, data } = await asks(SLOW, {});
		expect([status, data]).toEqual([200, { error: 'This cannot be done at the moment.' }]);
		// Before the workflow is done.
		expect(Date.now() - before).toBeLessThan(WAIT.parameters.amount * 1_000);
		expect((await ended(SLOW)).status).toBe('success');
	});

	it('that is sent again starts nothing, and ends where a workflow drops what it has seen', async () => {
		const now = Math.floor(Date.now() / 1_000);
		const send = async (body: object, seconds = now) => {
			const text = JSON.stringify(body);
			const { data } = await post(n8n.webhookUrl(ONCE), text, telnyx.headers(text, seconds));
			return data as object;
		};
		expect(await send({})).toEqual({ booked: true });
		expect(await send({})).toEqual({ error: expect.stringContaining('received before') });

		// As at another process, which has not received the first one.
		expect(await send({ order: 1 })).toEqual({ booked: true });
		expect(await send({ order: 1 }, now - 1)).toEqual({
			error: 'This cannot be done at the moment.',
		});
	});

	it('that Telnyx has not signed is refused, and starts nothing', async () => {
		const body = JSON.stringify({ guests: 1 });
		const forged = await post(n8n.webhookUrl(TOOL), body, signer(2).headers(body));
		const unsigned = await post(n8n.webhookUrl(TOOL), body, {});
		expect([forged.status, unsigned.status]).toEqual([401, 401]);
		expect(await n8n.executions(TOOL, 1)).toHaveLength(1);
	});
});

const INITIALIZATION = {
	data: {
		record_type: 'event',
		id: '9a2c3d7e-0000-4000-8000-000000000000',
		event_type: 'assistant.initialization',
		occurred_at: '2026-11-27T10:00:00Z',
		payload: {
			telnyx_conversation_channel: 'phone_call',
			telnyx_agent_target: '+13125550100',
			telnyx_end_user_target: '+13125550123',
			call_control_id: 'v3:call',
			assistant_id: 'assistant-1',
		},
	},
};

describe('a question for variables', () => {
	it('is answered with the fields of the last node', async () => {
		const { status, data } = await asks(VARIABLES, INITIALIZATION);
		expect([status, data]).toEqual([200, { dynamic_variables: { customer_name: 'Jane' } }]);
		expect((await ended(VARIABLES)).items('Assistant')).toEqual([
			expect.objectContaining({
				telnyx_end_user_target: '+13125550123',
				call_control_id: 'v3:call',
			}),
		]);
	});

	it('gets an answer that Telnyx can use where the workflow has a wrong one, and the log says why', async () => {
		const { status, data } = await asks(WRONG_VARIABLES, INITIALIZATION);
		expect([status, data]).toEqual([200, { dynamic_variables: {} }]);
		expect(n8n.log.map(({ message }) => message)).toContainEqual(
			expect.stringContaining("gave the assistant no variables: 'memory' has to be an object."),
		);
	});
});

describe('a workflow as language model', () => {
	it('says what its agent says, word by word', async () => {
		model.answer = 'With pleasure, for when?';
		model.wordPauseMs = 200;
		await streamed(n8n, AGENT);
		const { type, last, chunks } = await streamed(n8n, AGENT);
		expect(type).toContain('text/event-stream');
		expect(last).toBe('[DONE]');
		expect(chunks.map(({ words }) => words)).toEqual([
			'With ',
			'pleasure, ',
			'for ',
			'when?',
			undefined,
		]);
		expect(chunks.at(-1)?.finish_reason).toBe('stop');
		expect(chunks[3].ms - chunks[0].ms).toBeGreaterThan(400);
		expect(model.heard('user')).toContain('A table for four.');
		expect(model.heard('system').join()).toContain('You take orders.');
	});

	it('answers in one piece where nothing is said word by word', async () => {
		const { chunks, last } = await streamed(n8n, PLAIN);
		expect(chunks.map(({ words }) => words)).toEqual(['In one piece.', undefined]);
		expect(last).toBe('[DONE]');
		const { data } = await post(modelUrl(n8n, PLAIN), CHAT, bearer(SECRET));
		expect(data).toMatchObject({
			object: 'chat.completion',
			choices: [{ message: { role: 'assistant', content: 'In one piece.' } }],
		});
	});

	it('is for nobody without the secret', async () => {
		for (const headers of [bearer('y'.repeat(40)), {}]) {
			const { status, data } = await post(modelUrl(n8n, PLAIN), CHAT, headers);
			expect([status, data]).toMatchObject([401, { error: { message: 'Unauthorized' } }]);
		}
		expect(await n8n.executions(PLAIN, 2)).toHaveLength(2);
	});

	it('refuses what is no conversation, and says why', async () => {
		const refusal = async (body: object) => {
			const { status, data } = await post(modelUrl(n8n, PLAIN), body, bearer(SECRET));
			return [status, (data as { error: { message: string } }).error.message];
		};
		expect(await refusal({})).toEqual([
			400,
			"'messages' has to be a list with at least one message.",
		]);
		expect(await refusal({ messages: ['Hello'] })).toEqual([
			400,
			"'messages[0]' has to be an object with a 'role'.",
		]);
		expect(await refusal({ messages: 'x'.repeat(1_100_000) })).toEqual([
			413,
			expect.stringContaining('larger than 1 MB'),
		]);
		expect(await n8n.executions(PLAIN, 2)).toHaveLength(2);
	});

	it('names itself to the portal', async () => {
		const { data } = await axios.get(modelUrl(n8n, PLAIN, 'models'), { headers: bearer(SECRET) });
		expect(data).toMatchObject({ data: [{ id: 'n8n' }] });
	});
});

const FIELDS = {
	input: 'fields',
	fields: { values: [{ name: 'guests', type: 'number', required: true }] },
};
const VOICE = {
	language: 'en-US',
	voice: { __rl: true, mode: 'id', value: 'Telnyx.KokoroTTS.af' },
};
const SPEAK = {
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
	typeVersion: NODE_VERSION,
	credentials: TELNYX,
	parameters: { resource: 'audio', operation: 'speak', payload: 'One moment.', ...VOICE },
};
const BOOKED = set({ booked: true });
const DROP_SEEN = {
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.order ?? $json.request_id }}',
	},
};
const WAIT = { ...waitSecs(8), webhookId: 'a-wait' };

function respondWorkflow() {
	const respond = {
		type: 'n8n-nodes-base.respondToWebhook',
		typeVersion: 1.5,
		parameters: {
			respondWith: 'json',
			responseBody: '={{ { weather: "sunny", city: $json.city } }}',
		},
	};
	const hangUp = {
		type: 'n8n-nodes-telnyx-advanced.telnyxPhoneCall',
		typeVersion: NODE_VERSION,
		credentials: TELNYX,
		parameters: { operation: 'hangUp' },
	};
	const unused = {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: 'unused',
		disabled: true,
		parameters: { httpMethod: 'POST', path: 'unused', responseMode: 'responseNode' },
	};
	return workflow(
		RESPOND,
		{ respond: 'responseNode' },
		{ Respond: respond, 'Hang Up': hangUp },
		{ nodes: { Unused: unused }, connections: { Unused: to('Respond') } },
	);
}
