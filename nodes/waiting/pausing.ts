import {
	NodeOperationError,
	type IDataObject,
	type IExecuteData,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IRun,
	type ITaskDataConnections,
} from 'n8n-workflow';

import type { Command } from '../operations/extension';
import { without } from '../shared/without';
import { hasEnded, TelnyxFailure } from '../telnyx/http/failure';
import { workload } from '../telnyx/webhooks/workload';
import { hangUpLegs } from './afterwards';
import { answers } from './answers';
import type { Behavior } from './behavior';
import { deadlines } from './deadlines';
import { hasCallerLeft } from './endedWaits';
import { executions } from './executions';
import { toolAnswer } from './forModel';
import { endedLegOf, noteEnded } from './legs';
import { isN8n1 } from './n8nVersion';
import { HANGUP, KEY } from './outcome';
import { ownAddress, takesWebhooks } from './ownAddress';
import { keepHelpers, stillWaits, tellExecution, timeout } from './ownRequest';
import { FAIL } from './parameters';
import { timeIsOver } from './result';
import { linkAllOutputs, storeWait } from './savedExecution';
import { withAnswer, type OutputPlace, type Wait } from './wait';

type RunEnds = (run: Pick<IRun, 'waitTill' | 'status'>) => void;

/** The members of n8n's context class that its interface does not declare. */
interface RunningContext {
	readonly inputData?: ITaskDataConnections;
	readonly executeData?: IExecuteData;
	readonly additionalData?: {
		readonly hooks?: { addHandler?: (name: 'workflowExecuteAfter', handler: RunEnds) => void };
	};
}

/** Calls back when n8n has saved the execution, at its pause or its end. Not documented by n8n. */
function whenSaved(context: IExecuteFunctions, handler: RunEnds): void {
	(context as RunningContext).additionalData?.hooks?.addHandler?.('workflowExecuteAfter', handler);
}

/** n8n 1 says when it has saved as well, but a command that is refused after that could not fail the node. */
const canTellWhenSaved = (context: IExecuteFunctions): boolean =>
	!isN8n1 && typeof (context as RunningContext).additionalData?.hooks?.addHandler === 'function';

/** The hooks of the runs that are observed. */
const observed = new WeakSet<object>();

/** Notes in this process that the execution runs, and when it has ended. */
export function observeRun(context: IExecuteFunctions): void {
	const executionId = context.getExecutionId();
	const hooks = (context as RunningContext).additionalData?.hooks;
	if (!hooks || observed.has(hooks)) return;
	observed.add(hooks);
	executions.runs(executionId, true);
	const isOver = new Promise<void>((resolve) => {
		whenSaved(context, () => {
			// What one of our nodes waits for is noted right after this.
			executions.forget(executionId);
			resolve();
		});
	});
	workload.addRun(isOver);
}

/**
 * How much later than the node n8n itself ends the wait, in case the node could not. Waits that are over at
 * the same moment go on a few at a time, but n8n would go on with all of them at once.
 */
const GRACE_MS = 30_000;

/** A pause that n8n is to save. */
interface Pause {
	readonly command: Command;
	readonly wait: Wait;
	/** The secret whose hash is in the wait. */
	readonly secret: string;
	readonly behavior: Behavior;
}

/**
 * Pauses the execution, and sends the command once n8n has saved the pause, so that none of its events can
 * come too early. The execution is told the reply or the failure.
 * @returns the output if nothing ends the wait before its time is over; undefined if this n8n cannot do that
 */
export async function pauseBeforeSending(
	pause: Pause,
	send: (isStillWanted: () => Promise<boolean>) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][] | undefined> {
	const { context, request } = pause.command;
	if (!canTellWhenSaved(context)) {
		sayOnce(context);
		return undefined;
	}
	const items = await pauseWith(pause, { ...request?.ids });
	const paused = pausedBy(pause);
	whenPaused(pause, () => {
		void send(async () => await stillWaits(context, paused.address, paused.secret))
			.then(
				async ([{ json }]) => await answered(paused, json),
				async (error: unknown) => await refused(paused, error),
			)
			// Such as a credential that was deleted meanwhile. The wait's own time limit remains.
			.catch(({ message }: Error) => context.logger.warn(`Telnyx wait: ${message}`));
	});
	return items;
}

/**
 * Pauses the execution after its command was sent, or if it has none.
 * @param then called when the pause is saved; returns the reason if the wait is already over
 */
export async function pauseAfterSending(
	{ command, wait, secret, behavior }: Pause,
	items: INodeExecutionData[],
	then: () => Promise<Error | undefined> = async () => undefined,
): Promise<INodeExecutionData[][]> {
	const [{ json }] = items;
	if (json.already_ended) {
		noteEnded(command.context, wait.call_control_id);
		return [items];
	}
	const known = withAnswer(wait, json);
	const pause = { command, wait: known, secret, behavior };
	const output = await pauseWith(pause, json);
	const paused = pausedBy(pause);
	if (canTellWhenSaved(command.context)) {
		whenPaused(pause, () => {
			void then().then(
				async (error) => (error ? await refused(paused, error) : undefined),
				() => {},
			);
		});
	} else setDeadline(paused);
	return output;
}

function whenPaused(pause: Pause, then: () => void): void {
	const { context } = pause.command;
	const executionId = context.getExecutionId();
	const wants = wantedBy(pause.wait);
	const paused = pausedBy(pause);
	whenSaved(context, ({ waitTill, status }) => {
		if (!waitTill || status === 'canceled' || context.getExecutionCancelSignal()?.aborted) return;
		executions.waits(executionId, wants);
		setDeadline(paused);
		then();
	});
}

const wantedBy = ({ success, failure, stops_on_key }: Wait): ReadonlySet<string> =>
	new Set([HANGUP, ...(stops_on_key ? [KEY] : []), ...success, ...failure]);

/** A paused execution and its wait. */
interface Paused {
	readonly context: IExecuteFunctions;
	readonly address: URL;
	readonly wait: Wait;
	readonly secret: string;
	/** The leg that is over if Telnyx says so in its answer to the command. */
	readonly leg: string | undefined;
}

/** To be called while the node runs: n8n no longer evaluates expressions once the run has ended. */
function pausedBy({ command, wait, secret }: Pause): Paused {
	const { context } = command;
	keepHelpers(context);
	return { context, address: ownAddress(context), wait, secret, leg: endedLegOf(command) };
}

const setDeadline = ({ address, wait: { seconds, secret_hash: wait }, secret }: Paused): void =>
	deadlines.set(wait, Date.now() + seconds * 1_000, timeout(address, secret, answerTo(wait)));

const answerTo = (wait: string) => () => answers.get(wait);

async function answered(
	{ context, address, wait, secret, leg }: Paused,
	answer: IDataObject,
): Promise<void> {
	if (hasCallerLeft(wait))
		return await hangUpLegs(context, wait, withAnswer(wait, answer).new_legs);
	answers.set(wait.secret_hash, answer);
	if (answer.already_ended) {
		const failure = {
			outcome: 'ended',
			message: ALREADY_ENDED,
			description: '',
			details: {},
			leg,
		} as const;
		await tellExecution(address, secret, { kind: 'refused', answer, failure });
	} else if (!takesWebhooks() && Object.keys(answer).some((name) => !SAID_ANYWAY.includes(name))) {
		await tellExecution(address, secret, { kind: 'answered', answer });
	}
}

/** Fields of a reply that the execution knows anyway. */
const SAID_ANYWAY = ['result', 'call_control_id', 'command_id'];

const ALREADY_ENDED = 'The call had already ended';

async function refused({ address, secret, leg }: Paused, error: unknown): Promise<void> {
	const { message, description = '' } = error as Error & { description?: string };
	const details = error instanceof TelnyxFailure ? (error.details as IDataObject) : {};
	const isEnd = error instanceof CallEnded || (error instanceof TelnyxFailure && hasEnded(error));
	const otherLegs = error instanceof CallEnded ? error.otherLegs : [];
	const failure = {
		outcome: isEnd ? 'ended' : 'failure',
		message,
		description,
		details,
		otherLegs,
		...(isEnd && otherLegs.length === 0 && { leg }),
	} as const;
	await tellExecution(address, secret, { kind: 'refused', answer: {}, failure });
}

/** The call has ended, or the other legs that are named, so there is nothing left to wait for. */
export class CallEnded extends Error {
	constructor(
		message: string,
		readonly otherLegs: readonly string[] = [],
	) {
		super(message);
	}
}

/**
 * If the time is over and the node could not report it, n8n goes on with the node's input as its output, so
 * what is known is put into the input. Since n8n 2 it can also fail with the error that is noted here.
 */
async function pauseWith(
	{ command: { context }, wait, behavior }: Pause,
	known: IDataObject,
): Promise<INodeExecutionData[][]> {
	const [input] = context.getInputData();
	const node = context.getNode();
	const { message, description } = timeIsOver(wait);
	const told = {
		outcome: 'timeout',
		reason: message,
		description: UNNOTICED,
		json: known,
	} as const;
	const answer = toolAnswer(node, told);
	const fails = !wait.at_timeout && wait.on_failure === FAIL;
	// n8n would put out nothing but the error.
	const continues = fails && node.onError === 'continueRegularOutput';
	const json = answer ?? {
		...behavior.atTimeout(input.json, known, wait),
		...(continues && { error: message, details: { outcome: 'timeout', description } }),
	};
	storeWait(context, wait);
	if (wait.at_timeout) {
		useOutput(context, input, wait.at_timeout);
	} else if (continues && wait.at_failure) {
		useOutput(context, input, wait.at_failure);
	} else if (fails && !continues) {
		const error = new NodeOperationError(node, message, { itemIndex: 0, description });
		context.setMetadata({ resumeError: error });
	}
	input.json = json;
	tryOnce(context);
	await context.putExecutionToWait(new Date(Date.now() + wait.seconds * 1_000 + GRACE_MS));
	// An error in the first item would make Retry On Fail run the node again, as if it had failed already.
	return [[{ json: without(json, 'error'), pairedItem: { item: 0 } }]];
}

/** For a model, which would otherwise do it again, or take it for done. */
const UNNOTICED =
	'n8n itself ended this wait, as it does after a restart. What happened meanwhile is not known: what was sent may have been carried out.';

/** Once n8n goes on, it would otherwise pass on the same failure again and again, as Retry On Fail says. */
function tryOnce(context: IExecuteFunctions): void {
	const { executeData: entry } = context as RunningContext;
	if (entry) entry.node = { ...entry.node, retryOnFail: false };
}

/** Makes n8n pass the input on to an output other than the first. Not documented by n8n. */
function useOutput(
	context: IExecuteFunctions,
	input: INodeExecutionData,
	{ output, of: count }: OutputPlace,
): void {
	const { inputData } = context as RunningContext;
	if (!inputData) return;
	inputData.main = Array.from({ length: count }, (_, index) => (index === output ? [input] : []));
	linkAllOutputs((context as RunningContext).executeData, count);
	context.setMetadata({ forwardAllOutputs: true });
}

let isSaid = false;

/** Warns only once. */
function sayOnce({ logger }: IExecuteFunctions): void {
	if (isSaid) return;
	isSaid = true;
	logger.warn(
		'Telnyx Advanced: this version of n8n does not say when an execution is paused, so commands are sent before the pause. Events that come within the same moment are lost unless Telnyx repeats them.',
	);
}
