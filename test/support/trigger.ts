/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { EventEmitter } from 'node:events';

import {
	DataDeduplicationService,
	ExecutionLifecycleHooks,
	HookContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { node, nodeTypes, PACKAGE, surroundings, TYPES } from './engine';

type Credential = ICredentialDataDecryptedObject | undefined;

/** A workflow with the trigger alone, as n8n has it in its database. */
export interface TriggerWorkflow {
	/** Undefined for one that was deleted. */
	credential: Credential;
	/** One of its own for each content unless given. */
	credentialId?: string;
	/** Of the trigger; those that are left out have their defaults, and the setup is manual. */
	parameters?: INode['parameters'];
	/** The name of another of the package's triggers. */
	type?: string;
	/** The workflow's static data. */
	memory?: IDataObject;
	workflowId?: string;
	nodeId?: string;
	nodeName?: string;
	/** The ID from which n8n builds the webhook's path. A copy of a workflow has the same. */
	webhookId?: string;
	/** Where n8n is. */
	origin?: string;
	/** Whether the editor listens for a test event. */
	isTest?: boolean;
	/** Why n8n activates the workflow. */
	activation?: 'activate' | 'init' | 'leadershipChange';
}

function load({
	credential,
	credentialId = JSON.stringify(credential ?? null),
	parameters,
	type = 'telnyxAdvancedTrigger',
	memory = {},
	workflowId = 'workflow-1',
	nodeId = 'node-1',
	nodeName = 'Telnyx Trigger',
	webhookId = `webhook-of-${workflowId}`,
	isTest = false,
}: TriggerWorkflow) {
	const trigger = node({
		id: nodeId,
		name: nodeName,
		type: `${PACKAGE}.${type}`,
		parameters: { setup: 'manual', events: ['*'], ...parameters } as INode['parameters'],
		credentials: { telnyxAdvancedApi: { id: credentialId, name: 'Telnyx' } },
		webhookId,
	});
	const workflow = new Workflow({
		id: workflowId,
		name: `Name of ${workflowId}`,
		nodes: [trigger],
		connections: {},
		// n8n prepares a workflow for a test as one that is not active.
		active: !isTest,
		nodeTypes,
		staticData: memory,
		settings: { executionOrder: 'v1' },
	});
	return { workflow, trigger, type: TYPES[trigger.type] };
}

const addresses = (origin = 'http://127.0.0.1') => ({
	webhookBaseUrl: `${origin}/webhook`,
	webhookTestBaseUrl: `${origin}/webhook-test`,
});

interface WebhookOptions extends TriggerWorkflow {
	rawBody: Buffer | undefined;
	headers: Record<string, string | string[] | undefined>;
	/** Whether n8n has read the body before the node is asked. */
	isRead?: boolean;
	/** The status with which n8n answers a request that the node accepts; `lost` if the sender goes away before. */
	ending?: number | 'lost';
	/** Called after the node has returned, before the response is sent. */
	meanwhile?: () => unknown;
}

interface WebhookOutcome {
	/** The status that the node answered itself, at the response object. */
	answered?: number;
	/** The node's return value. */
	returned: IWebhookResponseData;
	/** The item that starts the execution, if any. */
	started?: IDataObject;
	warnings: string[];
}

/** The part of Express' response that is needed, with the events of Node.js. */
class Response extends EventEmitter {
	statusCode = 200;
	destroyed = false;
	writableEnded = false;
	answered?: number;
	/** The sender goes away. n8n goes on, and responds to nobody. */
	leave() {
		this.destroyed = true;
		this.emit('close');
		this.writableEnded = true;
	}
	status(code: number) {
		this.statusCode = code;
		return this;
	}
	send() {
		return this;
	}
	write() {
		return true;
	}
	setHeader() {}
	appendHeader() {}
	removeHeader() {}
	end() {
		this.answered = this.statusCode;
		this.writableEnded = true;
		this.emit('finish');
		this.emit('close');
	}
}

/** Lets the trigger receive a request through n8n's real webhook context. */
export async function deliver(options: WebhookOptions): Promise<WebhookOutcome> {
	const { credential, rawBody, headers, isRead = true, ending = 200, meanwhile } = options;
	const { workflow, trigger, type } = load(options);
	const response = new Response();
	// n8n reads the body of some content types only when it is asked to.
	const request = {
		headers,
		body: {},
		params: {},
		query: {},
		rawBody: isRead ? rawBody : undefined,
		async readRawBody() {
			this.rawBody = rawBody;
		},
	};
	const [webhookDescription] = type.description.webhooks ?? [];
	const context = new WebhookContext(
		workflow,
		trigger,
		surroundings(credential, {
			...addresses(options.origin),
			httpRequest: request as never,
			httpResponse: response as never,
		}),
		options.isTest ? 'manual' : 'webhook',
		{ webhookDescription } as never,
		[],
		null,
	);
	const warnings: string[] = [];
	jest
		.spyOn(context.logger, 'warn')
		.mockImplementation((...[message]) => void warnings.push(message));
	const returned = await type.webhook!.call(context);
	const outcome: WebhookOutcome = {
		answered: response.answered,
		returned,
		started: returned.workflowData?.[0]?.[0]?.json,
		warnings,
	};
	if (response.answered === undefined) {
		await meanwhile?.();
		if (ending === 'lost') response.leave();
		else response.status(ending).end();
	}
	return outcome;
}

/** The trigger's methods that n8n calls when a workflow is published, unpublished or tested, or n8n starts. */
export function hooks(options: TriggerWorkflow) {
	const { workflow, trigger, type } = load(options);
	const [webhookDescription] = type.description.webhooks ?? [];
	const { isTest = false, activation = 'activate' } = options;
	const said: string[] = [];
	const call = async (method: 'checkExists' | 'create' | 'delete') => {
		const context = new HookContext(
			workflow,
			trigger,
			surroundings(options.credential, addresses(options.origin)),
			method === 'delete' ? 'internal' : isTest ? 'manual' : 'trigger',
			method === 'delete' ? 'update' : isTest ? 'manual' : activation,
			{ webhookDescription, isTest } as never,
		);
		for (const level of ['warn', 'info'] as const) {
			jest
				.spyOn(context.logger, level)
				.mockImplementation((...[message]) => void said.push(message));
		}
		return await type.webhookMethods!.default![method].call(context);
	};
	const exists = async () => await call('checkExists');
	const create = async () => await call('create');
	const remove = async () => await call('delete');
	return {
		/** The trigger's lines in the log. */
		said,
		exists,
		create,
		remove,
		/** Looks for the webhook, and creates it if there is none, as n8n does. */
		async start() {
			if (!(await exists())) await create();
		},
	};
}

/** Runs the workflow as n8n does after the trigger has returned items, and returns the trigger's output. */
export async function runTrigger(
	options: TriggerWorkflow & { items: IDataObject[] },
): Promise<Array<Array<IDataObject | undefined>>> {
	const { workflow, trigger } = load(options);
	const lifecycle = new ExecutionLifecycleHooks('webhook', '231', {} as never);
	const run = await new WorkflowExecute(
		surroundings(options.credential, { executionId: '231', hooks: lifecycle }),
		'webhook',
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{
						node: trigger,
						data: { main: [options.items.map((json) => ({ json }))] },
						source: null,
					},
				],
			},
		}),
	).processRunExecutionData(workflow);
	if (run.data.resultData.error) throw run.data.resultData.error;
	const main = run.data.resultData.runData[trigger.name][0].data?.main ?? [];
	return main.map((items: INodeExecutionData[] | null) => (items ?? []).map(({ json }) => json));
}

/** The outputs that the editor draws for these parameters. */
export function outputsOf(options: TriggerWorkflow) {
	const { workflow, trigger, type } = load(options);
	return NodeHelpers.getNodeOutputs(workflow, trigger, type.description);
}

/** Stands in for n8n's table of what a node has seen, by workflow and node. To be called only once. */
export async function rememberInMemory(): Promise<void> {
	const known = new Set<string>();
	const check = async (items: unknown[], _scope: string, { workflow, node: of }: Owner) => {
		const nameOf = (item: unknown) => `${workflow.id} ${of?.id} ${String(item)}`;
		const processed = items.filter((item) => known.has(nameOf(item)));
		for (const item of items) known.add(nameOf(item));
		return { new: items.filter((item) => !processed.includes(item)), processed };
	};
	await DataDeduplicationService.init({ checkProcessedAndRecord: check } as never);
}

interface Owner {
	workflow: { id?: string };
	node?: { id: string };
}
