/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { EventEmitter } from 'node:events';

import { ExecutionLifecycleHooks, WebhookContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IBinaryKeyData,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
} from 'n8n-workflow';

import type { KeyPair } from '../simulator/keys';
import { CREDENTIAL_REFERENCE, node, nodeTypes, PACKAGE, surroundings, TYPES } from './engine';
import { noted } from './startedExecutions';

/** A workflow that n8n would run: a start, our nodes one after the other, and what comes next. */
export interface FlowOptions {
	credential: ICredentialDataDecryptedObject;
	/** Our nodes' parameters, by their names. */
	nodes: Record<string, INode['parameters']>;
	settings?: Partial<INode>;
	items?: IDataObject[];
	/** Of each item. */
	files?: IBinaryKeyData;
	executionId?: string;
	/** Where n8n takes webhooks. */
	origin?: string;
	/** Called when n8n has saved the execution, before any other handler. */
	onSaved?: () => unknown;
	/** Runs the nodes as the tools of an agent of version 3, with the ID of the use. */
	isTool?: boolean;
	/** Runs as versions of n8n without such hooks do. */
	withoutHooks?: boolean;
	/** The run that the user retries with this one: n8n keeps what its nodes have noted. */
	retryOf?: IRun;
}

/** The result of a request to the execution. */
export interface Resumed {
	status: number;
	text: string;
	/** The run that went on, if it did. */
	run?: IRun;
}

const START = 'Start';
const NEXT = 'Next';
const MOST_OUTPUTS = 6;

/**
 * An execution in n8n's real engine: it is saved and read again at each pause, and resumed by requests to
 * its own address, as n8n does it.
 */
export function flow(options: FlowOptions) {
	const { credential, nodes, settings, items = [{}], files, executionId = '231' } = options;
	const typeOf = (parameters: object) => {
		// Operations of the action node belong to a resource, steps of a call do not.
		const name = 'resource' in parameters ? 'telnyxAdvanced' : 'telnyxPhoneCall';
		return `${PACKAGE}.${name}${options.isTool ? 'Tool' : ''}`;
	};
	const ours = Object.entries(nodes).map(([name, parameters]) =>
		node({
			name,
			type: typeOf(parameters),
			parameters,
			credentials: CREDENTIAL_REFERENCE,
			...settings,
		}),
	);
	const all = [
		node({ name: START, type: 'passOn' }),
		...ours,
		node({ name: NEXT, type: 'passOn' }),
	];
	const connections: IConnections = Object.fromEntries(
		all.slice(0, -1).map(({ name }, index) => [
			name,
			// Every output that a node can have leads on.
			{
				main: Array.from({ length: MOST_OUTPUTS }, () => [
					{ node: all[index + 1].name, type: 'main' as const, index: 0 },
				]),
			},
		]),
	);
	const makeWorkflow = () =>
		new Workflow({
			id: 'workflow-1',
			nodes: JSON.parse(JSON.stringify(all)) as INode[],
			connections,
			active: false,
			nodeTypes,
			settings: { executionOrder: 'v1' },
		});
	const additional = () =>
		surroundings(credential, {
			executionId,
			...(options.origin && { webhookWaitingBaseUrl: `${options.origin}/webhook-waiting` }),
		});
	const toInput = (json: IDataObject) => ({
		json: { ...json, ...(options.isTool && { toolCallId: 'use-1' }) },
		...(files && { binary: files }),
	});
	const mode = options.retryOf ? 'retry' : 'webhook';
	let saved: IRunExecutionData | undefined;

	async function go(data: IRunExecutionData, workflow: Workflow): Promise<IRun> {
		const hooks = new ExecutionLifecycleHooks(mode, executionId, {} as never);
		hooks.addHandler('workflowExecuteAfter', async (run) => {
			saved = run.waitTill
				? (JSON.parse(JSON.stringify(run.data)) as IRunExecutionData)
				: undefined;
			await options.onSaved?.();
		});
		if (options.withoutHooks) Object.assign(hooks, { addHandler: undefined });
		const execution = noted(new WorkflowExecute({ ...additional(), hooks }, mode, data));
		return await execution.processRunExecutionData(workflow);
	}

	return {
		/** Starts it, up to its end or its first pause. */
		async start(): Promise<IRun> {
			const workflow = makeWorkflow();
			const data = createRunExecutionData({
				executionData: {
					nodeExecutionStack: [
						{
							node: workflow.nodes[START],
							data: { main: [items.map(toInput)] },
							source: null,
						},
					],
					contextData: structuredClone(options.retryOf?.data.executionData?.contextData),
				},
			});
			data.resumeToken = 'token';
			return await go(data, workflow);
		},
		isPaused: () => saved !== undefined,
		/** The data that n8n has saved. */
		saved: () => saved,
		/** Lets the execution receive a request while it is paused. */
		async receive(body: string, headers: Record<string, string>): Promise<Resumed> {
			if (!saved) return { status: 409, text: 'has finished already' };
			const data = JSON.parse(JSON.stringify(saved)) as IRunExecutionData;
			const workflow = makeWorkflow();
			const entry = data.executionData!.nodeExecutionStack[0];
			entry.node.disabled = true;
			data.waitTill = undefined;
			data.resultData.runData[data.resultData.lastNodeExecuted!].pop();
			const { response, ended } = makeResponse();
			const type = TYPES[entry.node.type];
			const context = new WebhookContext(
				workflow,
				entry.node,
				{
					...additional(),
					httpRequest: {
						headers,
						body: JSON.parse(body),
						params: {},
						query: {},
						rawBody: Buffer.from(body),
						socket: {},
					},
					httpResponse: response,
				} as never,
				'webhook',
				{ webhookDescription: type.description.webhooks![0] } as never,
				[],
				data,
			);
			jest.spyOn(context.logger, 'warn').mockImplementation(() => {});
			const returned = await type.webhook!.call(context);
			if (returned.noWebhookResponse) return ended;
			const { responseData = 'firstEntryJson' } = type.description.webhooks![0];
			// What a node returns as its response counts for n8n only if the execution stays as it is.
			const text = String(returned.workflowData ? responseData : returned.webhookResponse);
			if (!returned.workflowData) {
				response.end();
				return { status: 200, text };
			}
			entry.data.main = returned.workflowData;
			entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as never;
			response.end();
			return { status: 200, text, run: await go(data, workflow) };
		},
		/** Lets time pass as n8n notices it: the wait is over, and nobody has said so before. */
		async timeOut(): Promise<IRun> {
			const data = JSON.parse(JSON.stringify(saved)) as IRunExecutionData;
			return await go(data, makeWorkflow());
		},
	};
}

function makeResponse() {
	const ended = { status: 200, text: '' };
	class Response extends EventEmitter {
		statusCode = 200;
		destroyed = false;
		writableEnded = false;
		status(code: number) {
			this.statusCode = code;
			ended.status = code;
			return this;
		}
		send(text: string) {
			ended.text = text;
			return this;
		}
		end() {
			this.writableEnded = true;
			this.emit('finish');
		}
	}
	return { response: new Response(), ended };
}

/** The items of each output of a node at its last run. */
export const outputsOf = (run: IRun | undefined, name: string): INodeExecutionData[][] =>
	(run?.data.resultData.runData[name]?.at(-1)?.data?.main ?? []).map((items) => items ?? []);

/** The items that reached the node behind ours; undefined if it did not run. */
export const nextItems = (run: IRun | undefined): INodeExecutionData[] | undefined =>
	run?.data.resultData.runData[NEXT]?.at(-1)?.data?.main[0] ?? undefined;

let events = 0;

/** A signed event. */
export function signedEvent(
	keys: KeyPair,
	event_type: string,
	payload: object,
	more: object = {},
): { body: string; headers: Record<string, string> } {
	const data = {
		record_type: 'event',
		event_type,
		id: `event-${(events += 1)}`,
		occurred_at: new Date().toISOString(),
		payload,
		...more,
	};
	const body = JSON.stringify({ data, meta: { attempt: 1, delivered_to: 'https://n8n' } });
	return { body, headers: keys.headers(body, Math.floor(Date.now() / 1000)) };
}
