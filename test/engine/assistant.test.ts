import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IDataObject,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { expectSpeech } from '../../nodes/TelnyxAiAssistantTrigger/reply/speech';
import { node, nodeTypes, PACKAGE, surroundings } from '../support/engine';
import { makeKeyPair } from '../simulator/keys';
import { signer } from '../support/signing';
import { deliver, hooks } from '../support/trigger';

/** What the trigger uses of n8n that n8n does not document, and requests that are sent twice. How an agent says its answer word by word. */
const SAYS = ['Hello, ', 'how ', 'are you?'];

const FAILURE = 'The model is overloaded';

/** Stands in for n8n's AI Agent, which asks the same before it streams. */
const speaker: INodeType = {
	description: {
		...nodeTypes.getByNameAndVersion('passOn').description,
		name: 'speaker',
		properties: [{ displayName: 'Fails', name: 'fails', type: 'string', default: '' }],
	} as never,
	async execute(this: IExecuteFunctions) {
		if (this.isStreaming()) {
			this.sendChunk('begin', 0);
			for (const text of SAYS) this.sendChunk('item', 0, text);
			this.sendChunk('end', 0);
		}
		const fails = this.getNodeParameter('fails', 0, '');
		// As n8n's agent does where it is to go on after an error.
		if (fails === 'and goes on') return [[{ json: { error: FAILURE } }]];
		if (fails) throw new Error(FAILURE);
		return [[{ json: { output: SAYS.join(''), isStreaming: this.isStreaming() } }]];
	},
};

const TYPES = {
	...nodeTypes,
	getByNameAndVersion: (type: string, version?: number) =>
		type === 'speaker' ? speaker : nodeTypes.getByNameAndVersion(type, version),
};

/** Runs the trigger and an agent behind it, as n8n does after the trigger's webhook has returned an item. */
async function run(json: IDataObject, hooks = lifecycle(), parameters: INodeParameters = {}) {
	const trigger = node({
		name: 'Assistant',
		type: `${PACKAGE}.telnyxAiAssistantTrigger`,
		parameters: { request: 'languageModel' },
		credentials: { telnyxAdvancedApi: { id: 'telnyx', name: 'Telnyx' } },
	});
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes: [trigger, node({ id: 'agent', name: 'Agent', type: 'speaker', parameters })],
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

/** An item that starts an execution, and what is heard of the agents in it. */
function listening() {
	const heard: string[] = [];
	const json = { chatInput: 'Hello?' };
	expectSpeech(json, {
		begin: () => void heard.push('begins'),
		say: (text) => void heard.push(text),
		rest: () => void heard.push('rests'),
		finish: () => void heard.push('has finished'),
	});
	return { json, heard };
}

describe('an agent behind the trigger', () => {
	it('is heard word by word, which needs what n8n does not document', async () => {
		const { json, heard } = listening();
		expect(await run(json)).toMatchObject({ isStreaming: true });
		expect(heard).toEqual(['begins', ...SAYS, 'rests', 'has finished']);
	});

	it('has not finished where it fails', async () => {
		const { json, heard } = listening();
		await expect(run(json, lifecycle(), { fails: 'for good' })).rejects.toMatchObject({
			message: FAILURE,
		});
		expect(heard).toEqual(['begins', ...SAYS, 'rests']);
	});

	it('has not finished where it fails and the workflow goes on', async () => {
		const { json, heard } = listening();
		expect(await run(json, lifecycle(), { fails: 'and goes on' })).toEqual({ error: FAILURE });
		expect(heard).toEqual(['begins', ...SAYS, 'rests']);
	});

	it('says nothing word by word to those who did not ask for it', async () => {
		expect(await run({ chatInput: 'Hello?' })).toMatchObject({ isStreaming: false });
	});

	it('answers in one piece where n8n lacks that', async () => {
		const json = { chatInput: 'Hello?' };
		const nothing = () => {
			throw new Error('there is nothing to hear');
		};
		expectSpeech(json, { begin: nothing, say: nothing, rest: nothing, finish: nothing });
		const without = Object.assign(lifecycle(), { addHandler: undefined });
		expect(await run(json, without)).toMatchObject({ output: SAYS.join(''), isStreaming: false });
	});
});

const telnyx = signer();
const credential = { apiKey: 'KEY', publicKey: telnyx.publicKey };

describe('a recorded tool call', () => {
	let second = Math.floor(Date.now() / 1000);
	/** A request of its own second, as Telnyx signed it, and a way to send it. */
	function recorded(body: object = {}) {
		const rawBody = Buffer.from(JSON.stringify(body));
		const signed = telnyx.headers(rawBody, (second -= 1));
		return async (options: { call?: string; isTest?: boolean; request?: string } = {}) => {
			const { call = 'v3:call', isTest, request = 'toolCall' } = options;
			const { started, returned, warnings } = await deliver({
				type: 'telnyxAiAssistantTrigger',
				credential,
				parameters: { request },
				rawBody,
				headers: { ...signed, 'x-telnyx-call-control-id': call },
				isTest,
			});
			return { started, response: returned.webhookResponse as unknown, warnings };
		};
	}

	it('starts nothing a second time, and the assistant is not told that it failed', async () => {
		const send = recorded({ guests: 4 });
		expect((await send()).started).toEqual({
			request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			guests: 4,
			call_control_id: 'v3:call',
		});
		const { started, response, warnings } = await send();
		expect(started).toBeUndefined();
		expect(response).toEqual({
			error:
				'This request was received before. It is carried out once only, and its result is not known here.',
		});
		expect(warnings).toEqual([expect.stringContaining('started nothing for a tool call: This')]);
	});

	it('starts nothing in the name of another call, whose assistant may try again', async () => {
		const send = recorded();
		await send();
		const { started, response } = await send({ call: 'v3:other' });
		expect(started).toBeUndefined();
		expect(response).toEqual({
			error:
				'Another call sent the same request in the same second, so this one was not carried out. Try again.',
		});
	});

	it('has the same ID each time, so that a workflow can recognize it in another process', async () => {
		const idOf = async (send: ReturnType<typeof recorded>) =>
			(await send({ isTest: true })).started?.request_id;
		const send = recorded();
		expect(await idOf(send)).toBe(await idOf(send));
		expect(await idOf(send)).not.toBe(await idOf(recorded()));
	});

	it('starts nothing while the first is under way', async () => {
		const send = recorded();
		const [first, second] = await Promise.all([send(), send()]);
		expect([first.started, second.started].filter(Boolean)).toHaveLength(1);
	});

	it('is another one in the next second: the assistant asks the same again', async () => {
		expect((await recorded({ city: 'Chicago' })()).started).toBeDefined();
		expect((await recorded({ city: 'Chicago' })()).started).toBeDefined();
	});

	it('is taken each time while somebody listens for a test', async () => {
		const send = recorded();
		await send({ isTest: true });
		expect((await send({ isTest: true })).started).toBeDefined();
	});

	it('for variables starts nothing a second time, and the conversation starts with its defaults', async () => {
		const send = recorded({
			data: { id: 'e1', event_type: 'assistant.initialization', payload: { assistant_id: 'a' } },
		});
		expect((await send({ request: 'variables' })).started).toMatchObject({ assistant_id: 'a' });
		const { started, response } = await send({ request: 'variables' });
		expect(started).toBeUndefined();
		expect(response).toEqual({ dynamic_variables: {} });
	});
});

/** What an expression under 'Fields' can yield. */
const ODD = { name: 'note', type: 'date', required: true };

/** A tool call with such a body. */
async function toolCall(rawBody: string, parameters: INodeParameters = {}, call = 'v3:call') {
	const { started, returned, warnings } = await deliver({
		type: 'telnyxAiAssistantTrigger',
		credential,
		parameters: { request: 'toolCall', ...parameters },
		rawBody: Buffer.from(rawBody),
		headers: { ...telnyx.headers(rawBody), 'x-telnyx-call-control-id': call },
		isTest: true,
	});
	return { started, response: returned.webhookResponse as unknown, warnings };
}

describe('a tool call', () => {
	it.each([
		['no JSON', { input: 'example', example: '{"note":' }],
		['empty', { input: 'example', example: '' }],
		['a list', { input: 'example', example: '["note"]' }],
		['a text', { input: 'example', example: '"note"' }],
		['null', { input: 'example', example: 'null' }],
		['of a kind that there is not', { input: 'fields', fields: { values: [ODD] } }],
	])('is told that it failed where what is wanted turns out to be %s', async (_what, wanted) => {
		const options = { failure_text: 'The calendar cannot be reached.' };
		const { started, response, warnings } = await toolCall('{"note":"hi"}', { ...wanted, options });
		expect([started, response]).toEqual([undefined, { error: options.failure_text }]);
		expect(warnings).toEqual([
			expect.stringContaining("started nothing for a tool call: 'Fields' or 'JSON Example'"),
		]);
	});

	it.each(['', 'null', '{}'])('may come without parameters, as %j', async (body) => {
		expect((await toolCall(body)).started).toEqual({
			request_id: expect.any(String),
			call_control_id: 'v3:call',
		});
		const fields = { input: 'fields', fields: { values: [{ ...ODD, type: 'string' }] } };
		expect((await toolCall(body, fields)).response).toEqual({
			error: "The field 'note' is missing.",
		});
	});

	it.each(['[]', '"text"', '4', 'note=hi'])(
		'has to have an object as its body, not %j',
		async (body) => {
			const { started, response } = await toolCall(body);
			expect([started, response]).toEqual([
				undefined,
				{ error: expect.stringContaining('has no JSON object as its body') },
			]);
		},
	);

	it('has the ID of the request and those of the call, and loses nothing that is called the same', async () => {
		const body = { request_id: 'R-1', call_control_id: 'v3:other', guests: 4, arguments: 'none' };
		const { started } = await toolCall(JSON.stringify(body));
		expect(started).toEqual({
			request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			call_control_id: 'v3:call',
			guests: 4,
			arguments: body,
		});
	});

	it('is as it was sent where nothing is replaced', async () => {
		const body = { call_control_id: 'v3:call', call_leg_id: 'l', arguments: 'none' };
		const { started } = await toolCall(JSON.stringify(body));
		expect(started).toEqual({ request_id: expect.any(String), ...body });
	});

	it('may have any kind of value where the example has null', async () => {
		const example = { input: 'example', example: '{"note":null,"guests":4}' };
		const { started } = await toolCall('{"note":"hi","guests":"4"}', example);
		expect(started).toMatchObject({ note: 'hi', guests: 4 });
	});
});

describe('a request to a language model', () => {
	const languageModelSecret = 'a-secret-of-thirty-characters';
	/** What starts the execution. */
	const asked = async (body: object, headers: Record<string, string> = {}) => {
		const { started } = await deliver({
			type: 'telnyxAiAssistantTrigger',
			credential: { apiKey: 'KEY', languageModelSecret },
			parameters: { request: 'languageModel' },
			rawBody: Buffer.from(JSON.stringify(body)),
			headers: { authorization: `Bearer ${languageModelSecret}`, ...headers },
		});
		return started!;
	};
	const message = (role: string) => (content: unknown) => ({ role, content });
	const [system, user, assistant] = ['system', 'user', 'assistant'].map(message);
	const LOOKED_UP = [
		{ ...assistant(null), tool_calls: [{ id: '1', type: 'function' }] },
		{ role: 'tool', tool_call_id: '1', content: '10:00' },
	];

	it.each<[string, object[], string]>([
		['what the caller said last', [user('I want'), assistant('Yes?'), user('a table')], 'a table'],
		['the text in parts', [user([{ type: 'text', text: 'Hello ' }, 'there'])], 'Hello there'],
		[
			'the text in parts, as words of their own',
			[user([{ type: 'text', text: 'A table.' }, { type: 'image_url' }, 'For four.', '\nAt 8.'])],
			'A table. For four.\nAt 8.',
		],
		['the text in one part', [user({ type: 'text', text: 'Hello' })], 'Hello'],
		['what a tool was used for', [user('What time?'), ...LOOKED_UP], 'What time?'],
		['what the caller said before a note', [user('Hello'), system('A regular.')], 'Hello'],
		['the instructions at the start', [], 'Be kind.'],
		['the instructions after the greeting', [assistant('Hello?')], 'Be kind.'],
		['the instructions while nothing was said', [assistant('Hello?'), user('')], 'Be kind.'],
		[
			'what was added since the last answer',
			[user('Cancel my booking'), assistant('Done.'), system('Ask whether they are there.')],
			'Ask whether they are there.',
		],
	])('is about %s', async (_what, messages, text) => {
		expect(await asked({ messages: [system('Be kind.'), ...messages] })).toMatchObject({
			chatInput: text,
			messages: [system('Be kind.'), ...messages],
		});
	});

	it.each<[string, object[]]>([
		['the caller said nothing', [user('')]],
		['the caller said blanks', [user(' ')]],
		['the caller said nothing that is text', [user([{ type: 'input_audio', input_audio: {} }])]],
		['the text is none', [user({ text: { value: 'Hello' } }), user([{ text: { value: 'a' } }])]],
		['the assistant spoke last', []],
	])('carries out no earlier request again where %s', async (_what, messages) => {
		const before = [system('Be kind.'), user('Cancel my booking'), assistant('Done.')];
		const { chatInput } = await asked({ messages: [...before, ...messages] });
		expect(chatInput).toBe('(No words from the caller.)');
	});

	it('has some text also where there are no instructions', async () => {
		const { chatInput } = await asked({ messages: [assistant('Hello?')] });
		expect(chatInput).toBe('(No words from the caller.)');
	});

	it('has instructions that are text', async () => {
		const messages = [system(['Be ', { text: 'kind.' }]), system({ text: {} }), user('Hello')];
		expect(await asked({ messages })).toMatchObject({ instructions: 'Be kind.' });
	});

	it.each<[string, object, Record<string, string>, object]>([
		[
			'the call in the header',
			{ call_control_id: 'v3:other' },
			{ 'x-telnyx-call-control-id': 'v3:call' },
			{ sessionId: 'v3:call', call_control_id: 'v3:call' },
		],
		[
			'the call among the variables',
			{ call_control_id: 'v3:call', conversation_id: 'c' },
			{},
			{ sessionId: 'v3:call', call_control_id: 'v3:call', conversation_id: 'c' },
		],
		[
			'the conversation without a call',
			{ call_control_id: '', conversation_id: 'c' },
			{},
			{ sessionId: 'c', conversation_id: 'c' },
		],
		[
			'the conversation if the call is none',
			{ call_control_id: { id: 'v3:call' }, conversation_id: 'c' },
			{},
			{ sessionId: 'c', conversation_id: 'c' },
		],
	])('belongs to %s', async (_what, extra_metadata, headers, ids) => {
		const started = await asked({ messages: [user('Hello')], extra_metadata }, headers);
		const { sessionId, call_control_id, conversation_id } = started;
		expect({ sessionId, call_control_id, conversation_id }).toEqual({
			sessionId: undefined,
			call_control_id: undefined,
			conversation_id: undefined,
			...ids,
		});
		expect(started.variables).toEqual(extra_metadata);
	});

	it.each([
		[{}],
		[{ call_control_id: '', conversation_id: '' }],
		[{ call_control_id: ['v3:call'], conversation_id: null }],
	])('is a conversation of its own with %j', async (extra_metadata) => {
		const started = await asked({ messages: [user('Hello')], extra_metadata });
		expect(started.sessionId).toMatch(/^[0-9a-f-]{36}$/);
		expect(started).not.toHaveProperty('call_control_id');
		expect(started).not.toHaveProperty('conversation_id');
	});
});

describe('publishing a workflow', () => {
	const publish = async (parameters: INodeParameters, credential = {}) =>
		await hooks({
			type: 'telnyxAiAssistantTrigger',
			parameters,
			credential: { apiKey: 'KEY', publicKey: makeKeyPair().publicKey, ...credential },
		}).create();
	const fields = (...names: string[]) => ({
		values: names.map((name) => ({ name, type: 'string', required: true })),
	});

	it('says everything that is wrong at once', async () => {
		const parameters = {
			request: 'toolCall',
			input: 'fields',
			fields: fields('date', 'guests', ' ', 'date', 'guests', 'date'),
		};
		await expect(publish(parameters, { publicKey: 'no key' })).rejects.toThrow(
			/^Webhooks cannot be verified\. .*\. A field under 'Fields' has no name\. Give it one, or remove it\. The fields 'date' and 'guests' are there more than once under 'Fields'\. Remove all but one of each\.$/,
		);
	});

	it.each(['[', '[1]', '"text"', '4', 'null', ''])(
		'is refused with an example that is not an object: %j',
		async (example) => {
			await expect(publish({ request: 'toolCall', input: 'example', example })).rejects.toThrow(
				"'JSON Example' is not a JSON object.",
			);
		},
	);

	it('is refused with a name that nobody sees', async () => {
		const parameters = { request: 'toolCall', input: 'fields', fields: fields('\u200b', 'date') };
		await expect(publish(parameters)).rejects.toThrow("A field under 'Fields' has no name.");
	});

	it('is possible with fields that are all right', async () => {
		const parameters = { request: 'toolCall', input: 'fields', fields: fields('date', 'guests') };
		await expect(publish(parameters)).resolves.toBe(true);
	});
});
