import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
} from 'n8n-workflow';

import { expectSpeech } from '../../nodes/TelnyxAiAssistantTrigger/reply/speech';
import { node, nodeTypes, PACKAGE, surroundings } from '../support/engine';

/** What the trigger uses of n8n that n8n does not document: how an agent says its answer word by word. */
const SAYS = ['Hello, ', 'how ', 'are you?'];

/** Stands in for n8n's AI Agent, which asks the same before it streams. */
const speaker: INodeType = {
	description: { ...nodeTypes.getByNameAndVersion('passOn').description, name: 'speaker' } as never,
	async execute(this: IExecuteFunctions) {
		if (this.isStreaming()) {
			this.sendChunk('begin', 0);
			for (const text of SAYS) this.sendChunk('item', 0, text);
			this.sendChunk('end', 0);
		}
		return [[{ json: { output: SAYS.join(''), isStreaming: this.isStreaming() } }]];
	},
};

const TYPES = {
	...nodeTypes,
	getByNameAndVersion: (type: string, version?: number) =>
		type === 'speaker' ? speaker : nodeTypes.getByNameAndVersion(type, version),
};

/** Runs the trigger and an agent behind it, as n8n does after the trigger's webhook has returned an item. */
async function run(json: IDataObject, hooks = lifecycle()) {
	const trigger = node({
		name: 'Assistant',
		type: `${PACKAGE}.telnyxAiAssistantTrigger`,
		parameters: { request: 'languageModel' },
		credentials: { telnyxAdvancedApi: { id: 'telnyx', name: 'Telnyx' } },
	});
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes: [trigger, node({ id: 'agent', name: 'Agent', type: 'speaker' })],
		connections: { Assistant: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] } },
		active: true,
		nodeTypes: TYPES,
		settings: { executionOrder: 'v1' },
	});
	const { data } = await new WorkflowExecute(
		surroundings(undefined, { executionId: '231', hooks }),
		'webhook',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: trigger, data: { main: [[{ json }]] }, source: null }],
			},
		}),
	).processRunExecutionData(workflow);
	if (data.resultData.error) throw data.resultData.error;
	return data.resultData.runData.Agent[0].data?.main[0]?.[0].json;
}

const lifecycle = () => new ExecutionLifecycleHooks('webhook', '231', {} as never);

describe('an agent behind the trigger', () => {
	it('is heard word by word, which needs what n8n does not document', async () => {
		const heard: string[] = [];
		const json = { chatInput: 'Hello?' };
		expectSpeech(json, (text) => heard.push(text));
		expect(await run(json)).toMatchObject({ isStreaming: true });
		expect(heard).toEqual(SAYS);
	});

	it('says nothing word by word to those who did not ask for it', async () => {
		expect(await run({ chatInput: 'Hello?' })).toMatchObject({ isStreaming: false });
	});

	it('answers in one piece where n8n lacks that', async () => {
		const json = { chatInput: 'Hello?' };
		expectSpeech(json, () => {
			throw new Error('there is nothing to hear');
		});
		const without = Object.assign(lifecycle(), { addHandler: undefined });
		expect(await run(json, without)).toMatchObject({ output: SAYS.join(''), isStreaming: false });
	});
});
