import { LoadOptionsContext, WorkflowExecute, ExecutionLifecycleHooks } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { TelnyxAdvancedApi } from '../../credentials/TelnyxAdvancedApi.credentials';
import type { lists } from '../../nodes/telnyx/account/listSearch';
// With the extension, without which Node.js would take the description beside it, in JSON.
import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node.ts';
import { TelnyxPhoneCall } from '../../nodes/TelnyxPhoneCall/TelnyxPhoneCall.node.ts';
import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node.ts';
import { TelnyxAiAssistantTrigger } from '../../nodes/TelnyxAiAssistantTrigger/TelnyxAiAssistantTrigger.node.ts';
import { versionOf } from './n8nNodes';
import { credentialFor, type Target } from './credential';
import { noted } from './startedExecutions';

export const PACKAGE = 'n8n-nodes-telnyx-advanced';

/** A node that passes its input on, for use before and after ours. */
const passOn: INodeType = {
	description: {
		displayName: 'Pass On',
		name: 'passOn',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** Stands in for an AI agent: calls its tool once for each item, with the item as the model's arguments. */
const agent: INodeType = {
	description: {
		...passOn.description,
		displayName: 'Agent',
		name: 'agent',
		inputs: ['main', { type: 'ai_tool' }],
	},
	async execute() {
		const [tool] = (await this.getInputConnectionData('ai_tool', 0)) as Tool[];
		const answers: INodeExecutionData[] = [];
		for (const { json } of this.getInputData()) {
			const answer = await tool.invoke(json).catch((error: Error) => error.message);
			answers.push({ json: { answer, description: tool.description } });
		}
		return [answers];
	},
};

interface Tool {
	description: string;
	invoke(args: object): Promise<string>;
}

/** The tool that n8n derives from a node that is usable as one. */
function asTool(node: INodeType): INodeType {
	const { description } = node;
	const name = `${description.name}Tool`;
	return Object.create(node, {
		description: { value: { ...description, name, inputs: [], outputs: ['ai_tool'] } },
	}) as INodeType;
}

export const ACTION = `${PACKAGE}.telnyxAdvanced`;
/** One of each, as in n8n. */
const telnyxAdvanced = new TelnyxAdvanced();
const telnyxPhoneCall = new TelnyxPhoneCall();

export const TYPES: Record<string, INodeType> = {
	passOn,
	agent,
	[`${PACKAGE}.telnyxAdvancedTool`]: asTool(telnyxAdvanced),
	[ACTION]: telnyxAdvanced,
	[`${PACKAGE}.telnyxAdvancedTrigger`]: new TelnyxAdvancedTrigger(),
	[`${PACKAGE}.telnyxAiAssistantTrigger`]: new TelnyxAiAssistantTrigger(),
	[`${PACKAGE}.telnyxPhoneCall`]: telnyxPhoneCall,
	[`${PACKAGE}.telnyxPhoneCallTool`]: asTool(telnyxPhoneCall),
};

const nodeTypesFrom = (types: Record<string, INodeType>): INodeTypes => ({
	getByName: (type) => types[type],
	getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(types[type], version),
	getKnownTypes: () => ({}),
});

export const nodeTypes = nodeTypesFrom(TYPES);

/**
 * The same, with the action node's form reduced to what can be shown for one operation: n8n goes through
 * a node's whole form several times in each run, and ours holds the fields of all operations.
 */
export function nodeTypesFor(resource: string, operation: string): INodeTypes {
	const type = TYPES[ACTION];
	const properties = type.description.properties.filter(
		({ displayOptions: { show } = {} }) =>
			(show?.resource?.includes(resource) ?? true) &&
			(show?.operation?.includes(operation) ?? true),
	);
	const description = { value: { ...type.description, properties } };
	return nodeTypesFrom({ ...TYPES, [ACTION]: Object.create(type, { description }) as INodeType });
}

/** Hands out one set of credential data and applies the real credential class, as n8n's own helper does. */
class OneCredential extends ICredentialsHelper {
	constructor(private readonly data: ICredentialDataDecryptedObject | undefined) {
		super();
	}
	getParentTypes = () => [];
	isCredentialUsableByNode = () => true;
	getCredentialsProperties = () => new TelnyxAdvancedApi().properties;
	preAuthentication = async () => undefined;
	runPreAuthentication = async () => undefined;
	getCredentials = async (): Promise<never> => await Promise.reject(new Error('not used'));
	updateCredentials = async () => {};
	updateCredentialsOauthTokenData = async () => {};
	async getDecrypted() {
		if (!this.data) throw new Error('the credential was deleted');
		return { ...this.data };
	}
	authenticate = async (
		credential: ICredentialDataDecryptedObject,
		_type: string,
		request: IHttpRequestOptions,
	) => await new TelnyxAdvancedApi().authenticate(credential, request);
}

/** The surroundings of an execution in n8n, without anything that the nodes do not use. */
export function surroundings(
	credential: ICredentialDataDecryptedObject | undefined,
	more: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new OneCredential(credential),
		executionId: '231',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: 'http://127.0.0.1/rest',
		instanceBaseUrl: 'http://127.0.0.1',
		formBaseUrl: 'http://127.0.0.1/form',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		formTestBaseUrl: 'http://127.0.0.1/form-test',
		webhookBaseUrl: 'http://127.0.0.1/webhook',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
		mcpBaseUrl: '',
		mcpTestBaseUrl: '',
		...more,
	} as IWorkflowExecuteAdditionalData;
}

export const CREDENTIAL_REFERENCE = { telnyxAdvancedApi: { id: '1', name: 'Telnyx' } };

export const node = (given: Partial<INode> & Pick<INode, 'name' | 'type'>): INode => ({
	id: given.name,
	typeVersion: versionOf(given.type),
	position: [0, 0],
	parameters: {},
	...given,
});

export interface RunOptions {
	/** Undefined for one that was deleted. */
	credential: ICredentialDataDecryptedObject | undefined;
	/** The action node's parameters. */
	parameters: INode['parameters'];
	/** The JSON of the items that come in; one empty item unless given. */
	items?: IDataObject[];
	/** Binary data that every incoming item has. */
	binary?: INodeExecutionData['binary'];
	/** Settings of the action node, such as `onError` or `retryOnFail`. */
	settings?: Partial<INode>;
	executionId?: string;
	/** Cancels the execution, as a user does, when this resolves. */
	cancelWhen?: Promise<unknown>;
	/** The error that n8n throws instead of sending a request. */
	thrown?: Error;
	/** The node types that n8n knows; all of the package by default. */
	nodeTypes?: INodeTypes;
	/** The run that the user retries with this one. */
	retryOf?: IRun;
}

export interface NodeRun {
	/** The items of the regular output. */
	output: INodeExecutionData[];
	/** The items of the error output, with On Error = continue (using error output). */
	errorOutput: INodeExecutionData[];
	/** How n8n rates the execution, such as `success`. */
	status: string;
	/** As n8n would save it. */
	run: IRun;
	/** Until when the execution is paused, if it is. */
	waitTill?: Date;
	/** The error that stopped the execution. */
	error?: Error & { description?: string | null; httpCode?: string; context?: IDataObject };
}

/** Runs the action node in n8n's real engine, behind a node that puts out `items`. */
export async function runAction({
	parameters,
	settings = {},
	...options
}: RunOptions): Promise<NodeRun> {
	const action = node({
		name: 'Telnyx',
		type: ACTION,
		parameters,
		credentials: CREDENTIAL_REFERENCE,
		...settings,
	});
	return await runBehindStart('Telnyx', [action], {}, options);
}

/** The same with a credential for `telnyx`, and with parameters as loosely typed as those of a form. */
export const runActionAt = async (
	telnyx: Target,
	parameters: object,
	more: Partial<RunOptions> = {},
): Promise<NodeRun> =>
	await runAction({
		credential: credentialFor(telnyx),
		parameters: parameters as INode['parameters'],
		...more,
	});

/**
 * Lets an agent use the action node as its tool, once for each item.
 * @returns the agent's items: `answer` is what the model would read
 */
export async function runAsTool({
	parameters,
	settings = {},
	...options
}: RunOptions): Promise<NodeRun> {
	const tool = node({
		name: 'Telnyx',
		type: `${PACKAGE}.telnyxAdvancedTool`,
		parameters: { descriptionType: 'auto', ...parameters } as INode['parameters'],
		credentials: CREDENTIAL_REFERENCE,
		...settings,
	});
	const connections: IConnections = {
		Telnyx: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
	};
	return await runBehindStart(
		'Agent',
		[node({ name: 'Agent', type: 'agent' }), tool],
		connections,
		options,
	);
}

async function runBehindStart(
	target: string,
	nodes: INode[],
	connections: IConnections,
	{
		credential,
		items = [{}],
		binary,
		executionId = '231',
		cancelWhen,
		thrown,
		retryOf,
		nodeTypes: known = nodeTypes,
	}: Omit<RunOptions, 'parameters' | 'settings'>,
): Promise<NodeRun> {
	const start = node({ name: 'Start', type: 'passOn' });
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes: [start, ...nodes],
		connections: {
			Start: { main: [[{ node: target, type: 'main', index: 0 }]] },
			...connections,
		},
		active: false,
		nodeTypes: known,
		settings: { executionOrder: 'v1' },
	});
	const hooks = new ExecutionLifecycleHooks('manual', executionId, {} as never);
	const data = retryOf
		? toBeRetried(retryOf, target, nodes)
		: createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						{
							node: start,
							data: { main: [items.map((json) => ({ json, ...(binary && { binary }) }))] },
							source: null,
						},
					],
				},
			});
	const mode = retryOf ? 'retry' : 'manual';
	const additional = surroundings(credential, { executionId, hooks });
	if (thrown) additional.credentialsHelper.authenticate = async () => await Promise.reject(thrown);
	const execute = noted(new WorkflowExecute(additional, mode, data));
	const running = execute.processRunExecutionData(workflow);
	void cancelWhen?.then(() => running.cancel());
	const run = await running;
	const [taskData] = run.data.resultData.runData[target] ?? [];
	return {
		output: taskData?.data?.main[0] ?? [],
		errorOutput: taskData?.data?.main[1] ?? [],
		status: run.status,
		run,
		waitTill: run.waitTill ?? undefined,
		error: run.data.resultData.error as NodeRun['error'],
	};
}

export interface ListOptions {
	credential: ICredentialDataDecryptedObject | undefined;
	/** The form's values so far. */
	parameters?: INode['parameters'];
	filter?: string;
	paginationToken?: string;
}

/** Loads a list of the action node's form as the editor does when a user opens it. */
export async function loadList(
	name: keyof typeof lists,
	{ credential, parameters = {}, filter, paginationToken }: ListOptions,
): Promise<INodeListSearchResult> {
	const action = node({
		name: 'Telnyx',
		type: ACTION,
		parameters,
		credentials: CREDENTIAL_REFERENCE,
	});
	const workflow = new Workflow({ nodes: [action], connections: {}, active: false, nodeTypes });
	const additional = surroundings(credential, { currentNodeParameters: parameters });
	const context = new LoadOptionsContext(workflow, action, additional, 'parameters');
	return await telnyxAdvanced.methods.listSearch[name].call(context, filter, paginationToken);
}

/**
 * Saved, read again, and prepared as n8n does when the user retries an execution with the workflow as it
 * is now.
 */
function toBeRetried({ data }: IRun, target: string, nodes: INode[]): IRunExecutionData {
	const saved = JSON.parse(JSON.stringify(data)) as IRunExecutionData;
	delete saved.resultData.error;
	saved.resultData.runData[target].pop();
	for (const entry of saved.executionData?.nodeExecutionStack ?? []) {
		entry.node = nodes.find(({ name }) => name === entry.node.name) ?? entry.node;
	}
	return saved;
}
