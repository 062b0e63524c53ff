import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { baseUrlOf, credentialOf } from '../../telnyx/credential';
import { RateLimiter } from '../../telnyx/http/rateLimiter';
import type { Delivery } from '../../telnyx/http/retrying';
import { privacyCheck } from '../../telnyx/webhooks/reachable';
import { executionOrigin, originOf } from '../request/commandId';
import type { Checks } from '../request/complaints';
import { operationReader, type OperationReader } from './operationReader';
import { DEFAULT_OPTIONS, readRequestOptions, type RequestOptions } from './options';
import { Progress } from './progress';
import { readToolTry } from './toolRetry';

/** The data that all items of a node run share. */
export interface Run {
	readonly context: IExecuteFunctions;
	readonly node: INode;
	readonly items: readonly INodeExecutionData[];
	readonly baseUrl: string;
	readonly options: RequestOptions;
	/** What is wrong with the options: every item fails with that, and with what is wrong with itself. */
	readonly complaints: readonly string[];
	/** Why Telnyx can never reach an address; undefined if that cannot be said. */
	readonly whyPrivate?: Checks['whyPrivate'];
	/** Why every item fails, such as a credential that was deleted. */
	readonly failure?: Error;
	readonly delivery: Omit<Delivery, 'name' | 'onTry' | 'outcomeUnknownSince'>;
	readonly operationFor: OperationReader;
	/** What the command IDs of all items are derived from. */
	readonly origin: string;
	readonly progress: Progress;
	/** Records for n8n's next try of a tool that this one failed. */
	readonly failTool: () => void;
}

/** Reads what is the same for all items, and what an earlier try of the same run stored. */
export async function startRun(context: IExecuteFunctions): Promise<Run> {
	const node = context.getNode();
	const items = context.getInputData();
	const memory = context.getContext('node');
	const executionId = context.getExecutionId();
	const { $runIndex } = context.getWorkflowDataProxy(0);
	const toolTry = readToolTry(memory, node, { executionId, runIndex: $runIndex }, items);
	const { runIndex } = toolTry;
	const setup = await readSetup(context);
	const { options } = setup;
	const { retryLimits } = options;
	const signal = context.getExecutionCancelSignal();
	const { longestWaitMs } = retryLimits;
	const rateLimiter = new RateLimiter({ ...options, longestWaitMs, signal });
	return {
		context,
		node,
		items,
		...setup,
		delivery: { rateLimiter, retryLimits, signal, logger: context.logger },
		operationFor: operationReader(context, node),
		origin: originOf({
			instanceId: context.getInstanceId(),
			workflowId: context.getWorkflow().id,
			execution: executionOrigin(context),
			nodeId: node.id,
			runIndex,
		}),
		progress: new Progress(memory, { executionId, runIndex }, items.length),
		failTool: () => toolTry.fail(),
	};
}

type Setup = Pick<Run, 'baseUrl' | 'options' | 'complaints' | 'whyPrivate' | 'failure'>;

async function readSetup(context: IExecuteFunctions): Promise<Setup> {
	const complaints: string[] = [];
	try {
		const options = readRequestOptions(context, complaints);
		const credential = await credentialOf(context);
		const whyPrivate = privacyCheck(credential);
		return { baseUrl: baseUrlOf(credential), options, complaints, whyPrivate };
	} catch (error) {
		return { baseUrl: '', options: DEFAULT_OPTIONS, complaints, failure: error as Error };
	}
}
