import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { CREDENTIAL } from '../telnyx/credential';
import type { NoKeyError } from '../telnyx/webhooks/accountKey';
import { whyUnreachable } from '../telnyx/webhooks/reachable';
import { keyForSetup } from '../telnyx/webhooks/verificationKey';
import type { Operation } from '../catalogue/schema/operation';
import type { Command } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { InputError } from '../operations/request/complaints';
import { isTool } from '../operations/run/toolRetry';
import { FAIL, ON_FAILURE, TAKE_EVENTS, WAIT_AT_MOST, WAIT } from './form';
import { awaitable, awaitedEvents, HANGUP, takesEvents, type Awaited } from './outcome';

/** Below the execution's own address; the same for every node, because Telnyx keeps it with the call. */
export const PATH = 'telnyx';
/** In the address: which command it was given with. */
export const MARK = 'for';
/** Where the item that waits says what for. The address is not in it. */
export const AWAITED = 'awaited';

/** n8n refuses events for the moment between the command and the pause; Telnyx allows 5 retries, 60 s. */
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** What a node does beside sending its command. */
export interface Plan {
	/** The events that Telnyx is to send to this execution. */
	readonly taken: readonly string[];
	/** Undefined if the node does not wait. */
	readonly limit?: Limit;
}

export interface Limit {
	readonly seconds: number;
	readonly fails: boolean;
}

/**
 * Makes sure that the node can wait.
 * @throws InputError
 */
export async function readPlan({ context, operation, values, settings }: Command): Promise<Plan> {
	await assertPossible(context);
	const { success, failure } = awaitedEvents(operation, values);
	const own = takesEvents(operation) ? [...new Set([...success, ...failure, HANGUP])] : [];
	return {
		taken: settings[TAKE_EVENTS] ? awaitable : own,
		...(settings[WAIT] === true && { limit: limitOf(settings) }),
	};
}

/** For how long the user lets the execution wait. */
export const limitOf = (settings: IDataObject): Limit => ({
	seconds: Number(settings[WAIT_AT_MOST]),
	fails: settings[ON_FAILURE] === FAIL,
});

/**
 * n8n pauses executions, not items; and what cannot be verified is never let in.
 * @throws InputError
 */
export async function assertPossible(context: IExecuteFunctions): Promise<void> {
	if (isTool(context.getNode())) {
		throw new InputError(['As the tool of an AI agent this node cannot wait']);
	}
	if (context.getInputData().length > 1) {
		throw new InputError([
			'An execution can wait for one item at a time. Put a Loop Over Items node with a batch size of 1 before this node',
		]);
	}
	const problem = await keyForSetup(context).then(
		() => undefined,
		({ message }: NoKeyError) => message.replace(/\.$/, ''),
	);
	if (problem) throw new InputError([problem]);
	const reason = whyUnreachable(await context.getCredentials(CREDENTIAL), resumeUrl(context));
	if (reason) throw new InputError([reason]);
}

/**
 * The request, with this execution's address for the events that are taken.
 * @throws InputError if the form sends them elsewhere
 */
export function withAddress(
	context: IExecuteFunctions,
	request: CommandRequest,
	{ taken }: Plan,
): CommandRequest {
	if (taken.length === 0) return request;
	const { body = {} } = request;
	const { webhook_urls: urls = {}, webhook_retries_policies: retries = {}, ...others } = body;
	if (Array.isArray(others.to)) {
		throw new InputError([
			"'To' has several numbers, but an execution can follow one call: dial them one after the other",
		]);
	}
	const elsewhere = taken.find((type) => Object.hasOwn(urls as object, type));
	if (elsewhere !== undefined) {
		throw new InputError([
			`'Webhook URLs by Event' sends ${elsewhere} elsewhere, but this execution is to wait for it: remove the row`,
		]);
	}
	if (others.webhook_urls_method === 'GET') {
		throw new InputError([
			"'Webhook URLs by Event Method' has to be POST for this execution to wait",
		]);
	}
	const address = addressOf(context, markOf(request));
	const each = (value: object) => Object.fromEntries(taken.map((type) => [type, value]));
	return {
		...request,
		body: {
			...others,
			webhook_urls: { ...(urls as IDataObject), ...each([address]) },
			webhook_retries_policies: {
				...each({ retries_ms: RETRIES_MS }),
				...(retries as IDataObject),
			},
		},
	};
}

/** Where Telnyx reaches this execution while it waits. */
function addressOf(context: IExecuteFunctions, mark: string): string {
	const url = new URL(resumeUrl(context));
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${PATH}`;
	url.searchParams.set(MARK, mark);
	return url.href;
}

const resumeUrl = (context: IExecuteFunctions) =>
	String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));

/** Dialing, answering and transferring all have a command ID. */
const markOf = ({ ids }: CommandRequest) => String(ids.command_id ?? '');

/** What the item that comes out of a command waits for. */
export const awaitedBy = (
	operation: Operation,
	values: IDataObject,
	{ ids }: CommandRequest,
	{ json }: INodeExecutionData,
): Awaited => ({
	...awaitedEvents(operation, values),
	call_control_id: String(json.call_control_id ?? ids.call_control_id ?? ''),
	mark: String(ids.command_id ?? ''),
});

/**
 * Pauses the execution after this node. When the time is over, n8n goes on with the node's input as its
 * output, so the result of the command is put there; or, since n8n 2, fails with the error that is noted
 * here.
 */
export async function pauseFor(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	awaited: Awaited,
	{ seconds, fails }: Limit,
): Promise<void> {
	const [input] = context.getInputData();
	input.json = { ...item.json, outcome: 'timeout', [AWAITED]: awaited };
	if (fails) context.setMetadata({ resumeError: timeIsOver(context, awaited, seconds) });
	await context.putExecutionToWait(new Date(Date.now() + seconds * 1_000));
}

const timeIsOver = (context: IExecuteFunctions, { success }: Awaited, seconds: number) =>
	new NodeOperationError(
		context.getNode(),
		`Telnyx did not report ${success.join(' or ')} within ${seconds} seconds`,
		{
			itemIndex: 0,
			description:
				"What was sent was carried out. Events reach an execution only if the call sends them: switch on 'Send This Call's Events to This Execution' in the node that dials or answers, and see that Telnyx can reach this n8n.",
		},
	);
