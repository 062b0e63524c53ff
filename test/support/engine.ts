import { HookContext, WebhookContext, WorkflowExecute, ExecutionLifecycleHooks } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { TelnyxAdvancedApi } from '../../credentials/TelnyxAdvancedApi.credentials';
import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node';

const PACKAGE = 'n8n-nodes-telnyx-advanced';

/** A node that hands its input on, to stand before and behind ours. */
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

const TYPES: Record<string, INodeType> = {
	passOn,
	[`${PACKAGE}.telnyxAdvanced`]: new TelnyxAdvanced(),
	[`${PACKAGE}.telnyxAdvancedTrigger`]: new TelnyxAdvancedTrigger(),
};

const nodeTypes: INodeTypes = {
	getByName: (type) => TYPES[type],
	getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(TYPES[type], version),
	getKnownTypes: () => ({}),
};

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
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		request: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	) {
		const { headers = {} } = new TelnyxAdvancedApi().authenticate.properties;
		for (const [name, value] of Object.entries(headers)) {
			const resolved = workflow.expression.getSimpleParameterValue(
				node,
				String(value),
				'internal',
				{ $credentials: credentials as never },
				undefined,
				'',
			);
			request.headers = { ...request.headers, [name]: resolved };
		}
		return request;
	}
}

/** What a test may leave out of n8n's surroundings is left out: only what the nodes reach is here. */
function surroundings(
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

const CREDENTIAL_REFERENCE = { telnyxAdvancedApi: { id: '1', name: 'Telnyx' } };

const node = (given: Partial<INode> & Pick<INode, 'name' | 'type'>): INode => ({
	id: given.name,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...given,
});

export interface RunOptions {
	credential: ICredentialDataDecryptedObject;
	/** The action node's parameters. */
	parameters: INode['parameters'];
	/** The JSON of the items that come in; one empty item unless given. */
	items?: IDataObject[];
	/** Settings of the action node, such as `onError` or `retryOnFail`. */
	settings?: Partial<INode>;
	executionId?: string;
	mode?: WorkflowExecuteMode;
}

export interface NodeRun {
	/** The items of the regular output. */
	output: INodeExecutionData[];
	/** The items of the error output, with On Error = continue (using error output). */
	errorOutput: INodeExecutionData[];
	/** What stopped the execution. */
	error?: Error & { description?: string | null; httpCode?: string; context?: IDataObject };
}

/** Runs the action node in n8n's real engine, behind a node that puts out `items`. */
export async function runAction({
	credential,
	parameters,
	items = [{}],
	settings = {},
	executionId = '231',
	mode = 'manual',
}: RunOptions): Promise<NodeRun> {
	const start = node({ name: 'Start', type: 'passOn' });
	const action = node({
		name: 'Telnyx',
		type: `${PACKAGE}.telnyxAdvanced`,
		parameters,
		credentials: CREDENTIAL_REFERENCE,
		...settings,
	});
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes: [start, action],
		connections: { Start: { main: [[{ node: 'Telnyx', type: 'main', index: 0 }]] } },
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const hooks = new ExecutionLifecycleHooks(mode, executionId, {} as never);
	const run = await new WorkflowExecute(
		surroundings(credential, { executionId, hooks }),
		mode,
		createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{ node: start, data: { main: [items.map((json) => ({ json }))] }, source: null },
				],
			},
		}),
	).processRunExecutionData(workflow);
	const [taskData] = run.data.resultData.runData.Telnyx ?? [];
	return {
		output: taskData?.data?.main[0] ?? [],
		errorOutput: taskData?.data?.main[1] ?? [],
		error: run.data.resultData.error as NodeRun['error'],
	};
}

export interface WebhookOptions {
	credential: ICredentialDataDecryptedObject | undefined;
	events: string[];
	rawBody: Buffer | undefined;
	headers: Record<string, string | string[] | undefined>;
}

/** What n8n would answer, and the item that would start the execution, if any. */
export interface WebhookOutcome {
	status: number;
	started?: IDataObject;
}

/** Lets the trigger receive a request through n8n's real webhook context. */
export async function deliver({
	credential,
	events,
	rawBody,
	headers,
}: WebhookOptions): Promise<WebhookOutcome> {
	const { workflow, trigger, type } = triggerWorkflow(events);
	const answer = { status: 0, ended: false };
	const response = {
		status(code: number) {
			answer.status = code;
			return this;
		},
		send() {
			return this;
		},
		end() {
			answer.ended = true;
		},
	};
	const request = { rawBody, headers, body: {}, params: {}, query: {} };
	const [webhookDescription] = type.description.webhooks ?? [];
	const context = new WebhookContext(
		workflow,
		trigger,
		surroundings(credential, {
			httpRequest: request as never,
			httpResponse: response as never,
		}),
		'webhook',
		{ webhookDescription } as never,
		[],
		null,
	);
	const result = await type.webhook!.call(context);
	if (result.noWebhookResponse) {
		if (!answer.ended) throw new Error('the request would hang: nothing was answered');
		return { status: answer.status };
	}
	return { status: 200, started: result.workflowData?.[0]?.[0]?.json };
}

/** Activates the trigger as n8n does: looks for the webhook, and creates it if there is none. */
export async function activate(
	credential: ICredentialDataDecryptedObject | undefined,
	events: string[],
): Promise<boolean> {
	const { workflow, trigger, type } = triggerWorkflow(events);
	const context = new HookContext(
		workflow,
		trigger,
		surroundings(credential),
		'trigger',
		'activate',
	);
	const { checkExists, create } = type.webhookMethods!.default!;
	return (await checkExists.call(context)) || (await create.call(context));
}

function triggerWorkflow(events: string[]) {
	const trigger = node({
		name: 'Telnyx Trigger',
		type: `${PACKAGE}.telnyxAdvancedTrigger`,
		parameters: { events },
		credentials: CREDENTIAL_REFERENCE,
		webhookId: 'webhook-1',
	});
	const workflow = new Workflow({
		id: 'workflow-1',
		nodes: [trigger],
		connections: {},
		active: true,
		nodeTypes,
	});
	return { workflow, trigger, type: TYPES[trigger.type] };
}
