import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { hangup } from '../catalogue/call/hangup';
import type { Operation } from '../catalogue/schema/operation';
import { toRequest } from '../operations/request';
import { deriveCommandId } from '../operations/request/commandId';
import { isObject } from '../shared/isObject';
import { baseUrlOf, credentialOf } from '../telnyx/credential';
import { send } from '../telnyx/http/client';
import { isRefused, TelnyxFailure } from '../telnyx/http/failure';
import { trail, trailed } from '../telnyx/http/trailing';
import { hangUpLegs } from './afterwards';
import { answers } from './answers';
import { deliveryInWait } from './delivery';
import { withAddress } from './directEvents';
import { isNoLongerNeeded } from './endedWaits';
import { canDirectEvents, makesLeg } from './events';
import { executions } from './executions';
import { legsOf, waitingLegsOf, type Legs } from './legs';
import { openOwner, ownSecret } from './owner';
import { own } from './ownership';
import { stillWaits } from './ownRequest';
import { LEGS_MADE, nameOfStage, type Wait } from './wait';

/** A command that a node sends after the first one of its wait. */
export interface FurtherCommand {
	readonly operation: Operation;
	/** By their names in the API. */
	readonly values: IDataObject;
	/** The stage that the call reaches with it. The same command of the same stage is carried out only once. */
	readonly stage: string;
	/** Whether nothing depends on it: if Telnyx refuses it, only the log says so. */
	readonly mayFail?: boolean;
	/**
	 * What is sent if it may fail, and Telnyx has certainly not carried it out. Only by the process that runs the
	 * execution: another one may have sent the same command for a repetition of the same event.
	 */
	readonly ifRefused?: readonly FurtherCommand[];
}

type Context = IExecuteFunctions | IWebhookFunctions;

/**
 * Sends a command while the execution waits, or is about to.
 * @param isStillWanted asked before each further try; while the execution waits, n8n is asked unless given
 * @returns Telnyx's reply
 * @throws TelnyxFailure unless the command may fail
 */
export async function sendFurther(
	context: Context,
	wait: Wait,
	command: FurtherCommand,
	isStillWanted?: () => Promise<boolean>,
): Promise<IDataObject> {
	await trailed(command.values.call_control_id);
	return await sendNow(context, wait, command, isStillWanted);
}

/**
 * Sends commands for the call whose outcome the next nodes need not wait for. If another process runs
 * those, it could send theirs first, so they do wait. A failed try is repeated though the execution has
 * gone on: these commands end what it has begun.
 */
export async function sendBehind(
	context: IWebhookFunctions,
	wait: Wait,
	commands: readonly FurtherCommand[],
): Promise<void> {
	const sent = commands.map(
		async (command) =>
			await trail(
				String(command.values.call_control_id),
				async () => await sendNow(context, wait, command, async () => true),
			),
	);
	if (!executions.get(context.getExecutionId())) await Promise.all(sent);
}

async function sendNow(
	context: Context,
	wait: Wait,
	command: FurtherCommand,
	isStillWanted?: () => Promise<boolean>,
): Promise<IDataObject> {
	try {
		const answer = await sendOwned(context, wait, command, isStillWanted);
		if (makesLeg(command.operation)) await noteLeg(context, wait, answer.call_control_id);
		return answer;
	} catch (error) {
		if (!command.mayFail) return await Promise.reject(error);
		context.logger.debug(
			`Telnyx ${command.operation.name} during a wait: ${(error as Error).message}`,
		);
		const isAlone = executions.get(context.getExecutionId()) !== undefined;
		if (isAlone && error instanceof TelnyxFailure && isRefused(error)) {
			for (const one of command.ifRefused ?? []) await sendNow(context, wait, one);
		}
		return {};
	}
}

/** Sends the command so that its events name the wait and the stage. */
async function sendOwned(
	context: Context,
	wait: Wait,
	{ operation, values, stage }: FurtherCommand,
	isStillWanted?: () => Promise<boolean>,
): Promise<IDataObject> {
	const instanceId = context.getInstanceId();
	const addresses = openOwner(instanceId, wait.owner);
	const id = String(values.call_control_id ?? '');
	const leg = id === '' ? {} : (legsIn(context)[id] ??= {});
	const origin = `${wait.id} ${stage}`;
	const request = toRequest(operation, values, (target) =>
		deriveCommandId(origin, 0, { name: operation.name }, target),
	);
	const ownership = { instanceId, addresses, leg };
	const owned = own(request, operation, ownership, nameOfStage(wait, stage));
	const ready = canDirectEvents(operation)
		? withAddress(owned, `${wait.origin}${addresses[0]}`, wait.straight)
		: owned;
	const credentials = await credentialOf(context);
	const baseUrl = baseUrlOf(credentials);
	const asksItself = async () =>
		await stillWaits(
			context,
			new URL(`${wait.origin}${addresses[0]}`),
			ownSecret(credentials, wait.id),
		);
	const delivery = {
		...deliveryInWait(context, `command of the stage '${stage}'`),
		// A call that nobody needs is hung up in any case.
		isStillWanted:
			isStillWanted ?? (isPaused(context) && operation !== hangup ? asksItself : undefined),
	};
	const { data } = await send({ context, baseUrl, delivery }, ready);
	return isObject(data) ? data : {};
}

const isPaused = (context: Context): context is IWebhookFunctions => !('getContext' in context);

const legsIn = (context: Context): Legs =>
	isPaused(context) ? waitingLegsOf(context) : legsOf(context);

async function noteLeg(context: Context, wait: Wait, leg: unknown): Promise<void> {
	if (isNoLongerNeeded(wait, leg)) await hangUpLegs(context, wait, [leg]);
	else noteLegs(wait, [leg]);
}

/** Notes the legs that a wait has created. */
export function noteLegs({ secret_hash: wait }: Wait, legs: readonly unknown[]): void {
	const known = answers.get(wait) ?? {};
	const made = (known[LEGS_MADE] ?? [known.call_control_id]) as unknown[];
	const all = [...made, ...legs].filter((leg) => typeof leg === 'string');
	answers.set(wait, { ...known, [LEGS_MADE]: [...new Set(all)] as string[] });
}
