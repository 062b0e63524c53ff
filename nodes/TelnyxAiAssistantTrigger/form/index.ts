import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

import { noticeLines } from '../../shared/noticeLines';
import { FAILURE_TEXT, WITHIN_MS, type Request } from './parameters';

const only = (...requests: Request[]) => ({ show: { request: requests } });

const ASSISTANTS =
	'<a href="https://portal.telnyx.com/#/ai/assistants" target="_blank">Telnyx portal</a> (AI Assistants)';

const request: INodeProperties = {
	displayName: 'Request',
	name: 'request',
	type: 'options',
	noDataExpression: true,
	default: 'toolCall',
	description: 'What the assistant asks n8n for',
	options: [
		{
			name: 'Tool Call',
			value: 'toolCall',
			description: 'During the conversation the assistant lets n8n do or look up something',
		},
		{
			name: 'Variables',
			value: 'variables',
			description:
				'At the start of a conversation the assistant asks who is calling and what it should know',
		},
		{
			name: 'Language Model',
			value: 'languageModel',
			description: "The workflow, with n8n's AI Agent in it, is the assistant's language model",
		},
	],
};

const setup: INodeProperties[] = [
	{
		displayName: noticeLines(
			`In the ${ASSISTANTS} add a tool of the type 'Webhook' with the method POST and the 'Production URL' from above.`,
			"Give it a name, a description and its body parameters. The tool's timeout says how long Telnyx waits: 5 seconds unless you change it.",
			'What the last node puts out in its first item is what the assistant gets to know.',
		),
		name: 'toolCallNotice',
		type: 'notice',
		default: '',
		displayOptions: only('toolCall'),
	},
	{
		displayName: noticeLines(
			`In the ${ASSISTANTS} paste the 'Production URL' from above into the assistant's 'Dynamic Variables Webhook URL'.`,
			'Telnyx waits 1.5 seconds unless you set another timeout there (at most 10), and goes on with the default values then.',
			"Each field of the last node's first item becomes a variable: customer_name stands in for {{customer_name}} in the assistant's instructions and greeting.",
		),
		name: 'variablesNotice',
		type: 'notice',
		default: '',
		displayOptions: only('variables'),
	},
	{
		displayName: noticeLines(
			"Write a long secret of your own into 'Language Model Secret' of the credential, and store the same one at Telnyx as an integration secret.",
			`In the ${ASSISTANTS} switch on 'Use Custom LLM'. The base URL is the 'Production URL' from above without '/chat/completions' at its end; the API key is the integration secret.`,
			"Connect an AI Agent to this trigger. It is spoken word by word; for a memory connect 'Simple Memory' to it.",
		),
		name: 'languageModelNotice',
		type: 'notice',
		default: '',
		displayOptions: only('languageModel'),
	},
];

const input: INodeProperties[] = [
	{
		displayName: 'Input',
		name: 'input',
		type: 'options',
		noDataExpression: true,
		default: 'all',
		description: 'Which fields the assistant sends',
		displayOptions: only('toolCall'),
		options: [
			{
				name: 'Accept All Fields',
				value: 'all',
				description: 'Whatever the assistant sends, as it is',
			},
			{
				name: 'Define Using Fields Below',
				value: 'fields',
				description:
					'If something is missing or of another kind, the assistant is told so and no execution starts',
			},
			{
				name: 'Define Using JSON Example',
				value: 'example',
				description: 'The same, with the kinds of values taken from an example',
			},
		],
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Field',
		default: {},
		description: "The body parameters of the assistant's tool",
		displayOptions: { show: { request: ['toolCall'], input: ['fields'] } },
		options: [
			{
				displayName: 'Field',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. guests',
						description: "As it is called in the tool's body parameters",
					},
					{
						displayName: 'Required',
						name: 'required',
						type: 'boolean',
						default: true,
						description: 'Whether the assistant has to send it',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						default: 'string',
						description: 'The kind of value',
						options: [
							{ name: 'List', value: 'array' },
							{ name: 'Number', value: 'number' },
							{ name: 'Object', value: 'object' },
							{ name: 'Text', value: 'string' },
							{ name: 'True or False', value: 'boolean' },
						],
					},
				],
			},
		],
	},
	{
		displayName: 'JSON Example',
		name: 'example',
		type: 'json',
		default: '{\n  "date": "2027-03-14",\n  "guests": 4\n}',
		placeholder: 'e.g. {"date":"2027-03-14","guests":4}',
		description:
			'What the assistant sends, for example. A field that it leaves out is empty; null in the example stands for any kind of value.',
		displayOptions: { show: { request: ['toolCall'], input: ['example'] } },
	},
];

const respond: INodeProperties = {
	displayName: 'Respond',
	name: 'respond',
	type: 'options',
	noDataExpression: true,
	default: 'lastNode',
	description: 'When the assistant is answered, and with what',
	displayOptions: only('toolCall', 'variables'),
	options: [
		{
			name: 'When Last Node Finishes',
			value: 'lastNode',
			description: 'With the first item of the last node',
		},
		{
			name: "Using 'Respond to Webhook' Node",
			value: 'responseNode',
			description:
				'With what that node responds; the workflow goes on after it. n8n lets it run only if a Webhook node is connected to it as well, which may be deactivated.',
		},
	],
};

const within = (request: Request, what: string): INodeProperties => {
	const preset = WITHIN_MS[request];
	const description = `Unless it is set: ${preset.toLocaleString('en-US')}. ${what}`;
	return {
		displayName: 'Answer Within (Milliseconds)',
		name: 'within_ms',
		type: 'number',
		typeOptions: { minValue: 100 },
		default: preset,
		description,
		displayOptions: { show: { '/request': [request] } },
	};
};

const { toolCall: toolCallFailed } = FAILURE_TEXT;

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		within(
			'toolCall',
			"If the workflow takes longer, the assistant is told that it failed. Keep this shorter than the tool's timeout at Telnyx.",
		),
		within(
			'variables',
			'If the workflow takes longer, the conversation starts with the default values. Keep this shorter than the timeout of the dynamic variables webhook at Telnyx.',
		),
		within(
			'languageModel',
			'If there is no word until then, or the agent falls silent for as long in the middle of its answer, the answer has failed.',
		),
		{
			displayName: 'Failure Message',
			name: 'failure_text',
			type: 'string',
			default: toolCallFailed,
			placeholder: 'e.g. The calendar cannot be reached. Offer to call back.',
			description: 'What the assistant is told when the workflow fails or takes too long',
			displayOptions: { show: { '/request': ['toolCall'] } },
		},
		{
			displayName: 'Sentence on Failure',
			name: 'failure_text',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sorry, could you say that again?',
			description:
				"What is said when the workflow fails or takes too long, also after words that were said before. If empty, Telnyx gets an error, and can go on with the assistant's fallback model.",
			displayOptions: { show: { '/request': ['languageModel'] } },
		},
	],
};

/** The form of the trigger. */
export const properties: INodeProperties[] = [request, ...setup, ...input, respond, options];

/** An OpenAI client appends the path of the language model to its base URL. */
export const PATH: IWebhookDescription['path'] =
	"={{ $parameter.request === 'languageModel' ? 'v1/chat/completions' : 'webhook' }}";

export const RESPONSE_MODE: IWebhookDescription['responseMode'] =
	"={{ $parameter.request === 'languageModel' ? 'lastNode' : $parameter.respond }}";

const NAMES = Object.fromEntries(
	(request.options as Array<{ name: string; value: string }>).map(({ name, value }) => [
		value,
		name,
	]),
);

/** What the editor shows under the name of the node. */
export const SUBTITLE: `={{${string}}}` = `={{ (${JSON.stringify(NAMES)})[$parameter.request] }}`;
