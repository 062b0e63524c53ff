import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IRun,
} from 'n8n-workflow';

import type { Command } from '../operations/extension';
import { hasEnded, TelnyxFailure } from '../telnyx/http/failure';
import { answers } from './answers';
import { deadlines } from './deadlines';
import { executions } from './executions';
import { FAIL } from './parameters';
import { HANGUP, KEY } from './outcome';
import { ownAddress, takesWebhooks } from './ownAddress';
import { tellExecution } from './ownRequest';
import { ofInput, timeIsOver } from './result';
import { storeWait, type Wait } from './wait';

type RunEnds = (run: Pick<IRun, 'waitTill' | 'status'>) => void;

/** What n8n's class of the context has, and its interface does not name. */
interface Inner {
	readonly additionalData?: {
		readonly hooks?: { addHandler?: (name: 'workflowExecuteAfter', handler: RunEnds) => void };
	};
}

/**
 * Calls back when n8n has saved the execution, at its pause or its end. Not documented by n8n.
 * @returns whether this n8n can do that
 */
function whenSaved(context: IExecuteFunctions, handler: RunEnds): boolean {
	const hooks = (context as Inner).additionalData?.hooks;
	if (typeof hooks?.addHandler !== 'function') return false;
	hooks.addHandler('workflowExecuteAfter', handler);
	return true;
}

/** The runs that are observed. */
const observed = new WeakSet<object>();

/** Makes known in this process that the execution runs, and when it has ended. */
export function observeRun(context: IExecuteFunctions): void {
	const executionId = context.getExecutionId();
	executions.runs(executionId);
	const hooks = (context as Inner).additionalData?.hooks;
	if (!hooks || observed.has(hooks)) return;
	observed.add(hooks);
	whenSaved(context, ({ waitTill }) => {
		if (!waitTill) executions.forget(executionId);
	});
}

/** n8n's own look for executions whose time is over comes after the node's, and only if that could not tell. */
const GRACE_MS = 3_000;

/**
 * Pauses the execution, and sends the command once n8n has saved the pause: none of its events can come
 * too early. What comes of it is told to the execution.
 * @returns what n8n puts out if nobody ends the wait; undefined if this n8n cannot do that
 */
export async function pauseBeforeSending(
	command: Command,
	wait: Wait,
	send: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[] | undefined> {
	const { context, request } = command;
	// n8n evaluates no expressions any more once the run has ended.
	const execution = { context, address: ownAddress(context), wait };
	const whenPaused = () => {
		void send().then(
			async ([{ json }]) => await answered(execution, json),
			async (error: unknown) => await refused(execution, error),
		);
	};
	if (!begins(command, wait, whenPaused)) {
		sayOnce(context);
		return undefined;
	}
	return await pauseWith(command, wait, { ...request?.ids });
}

/** Pauses the execution after the command was sent, or where there is none. */
export async function pauseAfterSending(
	command: Command,
	wait: Wait,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const [{ json }] = items;
	if (json.already_ended) return items;
	const { call_control_id: leg } = json;
	const isNew = wait.makes_leg && typeof leg === 'string' && leg !== wait.call_control_id;
	const known = { ...wait, command: { ...wait.command, ...json }, ...(isNew && { new_leg: leg }) };
	const address = ownAddress(command.context);
	if (!begins(command, known, () => {})) setDeadline(command.context, known, address);
	return await pauseWith(command, known, json);
}

/** @returns whether this n8n says when the pause is saved */
function begins({ context }: Command, wait: Wait, whenPaused: () => void): boolean {
	const executionId = context.getExecutionId();
	const address = ownAddress(context);
	return whenSaved(context, ({ waitTill, status }) => {
		if (!waitTill || status === 'canceled') return;
		executions.waits(executionId, (type) => wants(wait, type));
		setDeadline(context, wait, address);
		whenPaused();
	});
}

const wants = ({ success, failure, stops_on_key }: Wait, type: string): boolean =>
	type === HANGUP || (type === KEY && stops_on_key) || [...success, ...failure].includes(type);

function setDeadline(context: IExecuteFunctions, wait: Wait, address: URL): void {
	const executionId = context.getExecutionId();
	deadlines.set(executionId, Date.now() + wait.seconds * 1_000, () => {
		const answer = answers.get(executionId) ?? {};
		void tellExecution(context, address, wait.secret, { kind: 'timeout', answer });
	});
}

/** A paused execution and what it waits for. */
interface Paused {
	readonly context: IExecuteFunctions;
	readonly address: URL;
	readonly wait: Wait;
}

async function answered({ context, address, wait }: Paused, answer: IDataObject): Promise<void> {
	answers.set(context.getExecutionId(), answer);
	if (answer.already_ended) {
		const failure = {
			outcome: 'ended',
			message: ALREADY_ENDED,
			description: '',
			details: {},
		} as const;
		await tellExecution(context, address, wait.secret, { kind: 'refused', answer, failure });
	} else if (wait.makes_leg && !takesWebhooks()) {
		await tellExecution(context, address, wait.secret, { kind: 'answered', answer });
	}
}

const ALREADY_ENDED = 'The call had already ended';

async function refused({ context, address, wait }: Paused, error: unknown): Promise<void> {
	const { message, description = '' } = error as Error & { description?: string };
	const details = error instanceof TelnyxFailure ? (error.details as IDataObject) : {};
	const outcome = error instanceof TelnyxFailure && hasEnded(error) ? 'ended' : 'failure';
	const failure = { outcome, message, description, details } as const;
	await tellExecution(context, address, wait.secret, { kind: 'refused', answer: {}, failure });
}

/**
 * When the time is over and the node could not tell, n8n goes on with the node's input as its output, so
 * what is known is put there; or, since n8n 2, fails with the error that is noted here.
 */
async function pauseWith(
	{ context }: Command,
	wait: Wait,
	known: IDataObject,
): Promise<INodeExecutionData[]> {
	const [input] = context.getInputData();
	const json = { ...ofInput(input), ...known, outcome: 'timeout' };
	storeWait(context, wait);
	if (wait.on_failure === FAIL) {
		const { message, description } = timeIsOver(wait);
		const error = new NodeOperationError(context.getNode(), message, { itemIndex: 0, description });
		context.setMetadata({ resumeError: error });
	}
	input.json = json;
	await context.putExecutionToWait(new Date(Date.now() + wait.seconds * 1_000 + GRACE_MS));
	return [{ json, pairedItem: { item: 0 } }];
}

let isSaid = false;

/** Once is enough for a log. */
function sayOnce({ logger }: IExecuteFunctions): void {
	if (isSaid) return;
	isSaid = true;
	logger.warn(
		'Telnyx Advanced: this version of n8n does not say when an execution is paused, so commands are sent before the pause. Events that come within the same moment are lost unless Telnyx repeats them.',
	);
}
