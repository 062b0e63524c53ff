import axios from 'axios';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { startChatModel, type ChatModel } from '../support/chatModel';
import { startRecorder, type Recorder } from '../support/recorder';
import { storedCredential } from '../support/credential';
import { startN8n } from '../support/realN8n';
import { signer } from '../support/signing';
import { event, toBody } from './events';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORKFLOW = 'agent';

const account = signer(1);

let telnyx: Recorder;
let model: ChatModel;
let n8n: Awaited<ReturnType<typeof startN8n>>;

beforeAll(async () => {
	telnyx = await startRecorder();
	model = await startChatModel();
	n8n = await startN8n({
		credentials: [
			storedCredential(
				{ ...telnyx, apiKey: 'a-key', publicKey: account.publicKey },
				{ name: 'Telnyx account' },
			),
			{
				id: 'model',
				name: 'Chat model account',
				type: 'openAiApi',
				data: { ...model.credential },
			},
		],
		workflows: [workflow()],
		published: [WORKFLOW],
	});
});

afterAll(async () => {
	await n8n?.stop();
	await model?.close();
	await telnyx?.close();
});

describe('as the tool of the AI Agent', () => {
	it('presses the keys that the model chooses, and says why it cannot press others', async () => {
		model.turns = ['1', '1', 'one'].map((digits) => [{ tool: 'Press_keys', args: { digits } }]);
		const sent = event('call.dtmf.received', { step: 'menu' }, { digit: '7' });
		const body = toBody(sent);

		const url = n8n.webhookUrl(WORKFLOW);
		await axios.post(url, Buffer.from(body), { headers: account.headers(body) });

		const [{ status, items }] = await n8n.executions(WORKFLOW, 1);
		expect(status).toBe('success');
		expect(items('AI Agent')).toEqual([{ output: 'Done.' }]);

		// Which call it is, the tool found in the event by itself. The third use sent nothing.
		const { call_control_id } = sent.data.payload;
		const derived = { command_id: expect.stringMatching(UUID) };
		expect(
			telnyx.requests.map(({ url, body }) => [decodeURIComponent(url), JSON.parse(body)]),
		).toEqual([
			[`/v2/calls/${call_control_id}/actions/send_dtmf`, { digits: '1', ...derived }],
			[`/v2/calls/${call_control_id}/actions/send_dtmf`, { digits: '1', ...derived }],
		]);
		const commandIds = telnyx.requests.map(({ body }) => JSON.parse(body).command_id);
		expect(new Set(commandIds).size).toBe(2);

		expect(model.heard('user')).toEqual(['The caller pressed 7.']);
		const [first, second, third, ...more] = model.heard('tool');
		expect(JSON.parse(first)).toEqual([
			{ result: 'ok', call_control_id, command_id: commandIds[0] },
		]);
		expect(JSON.parse(second)).toEqual([
			{ result: 'ok', call_control_id, command_id: commandIds[1] },
		]);
		expect(third).toContain("'Digits' may only hold the tones 0-9, A-D, * and #");
		expect(more).toEqual([]);
	});

	it('is described to the model by what it does and what the model is to decide', () => {
		expect(model.tools).toEqual([
			{
				type: 'function',
				function: expect.objectContaining({
					name: 'Press_keys',
					description: 'Send DTMF tones in Telnyx Advanced',
					parameters: expect.objectContaining({
						properties: { digits: { type: 'string', description: 'The keys to press' } },
						required: ['digits'],
					}),
				}),
			},
		]);
	});
});

/** The Telnyx trigger wakes an agent, which may press keys. */
function workflow() {
	const telnyxAccount = { telnyxAdvancedApi: { id: 'telnyx', name: 'Telnyx account' } };
	const nodes = [
		{
			name: 'Telnyx Advanced Trigger',
			type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
			typeVersion: NODE_VERSION,
			parameters: { setup: 'manual', events: ['call.dtmf.received'] },
			credentials: telnyxAccount,
			webhookId: WORKFLOW,
		},
		{
			name: 'AI Agent',
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3.1,
			parameters: {
				promptType: 'define',
				text: '=The caller pressed {{ $json.payload.digit }}.',
			},
		},
		{
			name: 'Chat Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'a-model' } },
			credentials: { openAiApi: { id: 'model', name: 'Chat model account' } },
		},
		{
			name: 'Press keys',
			type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTool',
			typeVersion: NODE_VERSION,
			parameters: {
				resource: 'input',
				operation: 'sendDtmf',
				digits: "={{ $fromAI('digits', 'The keys to press', 'string') }}",
			},
			credentials: telnyxAccount,
		},
	];
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	return {
		id: WORKFLOW,
		name: WORKFLOW,
		nodes: nodes.map((node, index) => ({ id: node.name, position: [index * 220, 0], ...node })),
		connections: {
			'Telnyx Advanced Trigger': to('AI Agent', 'main'),
			'Chat Model': to('AI Agent', 'ai_languageModel'),
			'Press keys': to('AI Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}
