import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { answer } from '../catalogue/call/answer';
import { hangup } from '../catalogue/call/hangup';
import { sendsRequest } from '../catalogue/schema/operation';
import type { Command, Extension, SendCommand } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { placed } from '../operations/run/placing';
import { isTool } from '../operations/tool';
import { perObject } from '../shared/perObject';
import { credentialOf } from '../telnyx/credential';
import { hasEnded, TelnyxFailure } from '../telnyx/http/failure';
import type { Behavior } from './behavior';
import { whyCannotWait, whyNotSeveralOutputs } from './checks';
import { directEvents, whyNotDirected } from './directEvents';
import { awaitedEvents, canDirectEvents, readLaterNodes, type LaterNodes } from './events';
import { waitFields, waitProperties } from './form';
import { endedLegOf, legsOf, noteCall, noteEnded, type Leg } from './legs';
import { bridgedWith, newWait, type Identity } from './newWait';
import { hasOutputs, inOutput } from './outputs';
import { nameOf, ownAddress } from './ownAddress';
import { openOwner, ownSecret, sealOwner } from './owner';
import { adopt, adoptUnlessElsewhere, isAlive, own, type Ownership } from './ownership';
import { ON_FAILURE, OUTPUTS, WAIT } from './parameters';
import { CallEnded, observeRun, pauseAfterSending, pauseBeforeSending } from './pausing';
import { oneCommand } from './result';
import { sendingAll, type FurtherCommands } from './sendAll';
import type { Wait } from './wait';

/** Lets a node wait for the outcome of its command, and for events of a call. */
export const waiting: Extension = {
	fields: waitFields,
	properties: waitProperties,
	check,
	carryOut,
	failed: (node, items) =>
		hasOutputs(node.parameters) && !isTool(node) ? placed(inOutput('failure', items)) : items,
};

const waits = ({ operation, settings }: Pick<Command, 'operation' | 'settings'>): boolean =>
	!sendsRequest(operation) || settings[WAIT] === true;

async function check(command: Omit<Command, 'request'>, mayAsk: boolean): Promise<string[]> {
	const { context, operation, settings, values } = command;
	const { success, failure } = waits(command)
		? awaitedEvents(operation, values)
		: { success: [], failure: [] };
	return [
		...whyNotDirected(command, [...success, ...failure], laterNodesOf(context)),
		...(settings[ON_FAILURE] === OUTPUTS ? whyNotSeveralOutputs("'One Output Each' needs") : []),
		...(waits(command) ? await whyCannotWait(context, mayAsk) : []),
	];
}

async function carryOut(command: Command, send: SendCommand): Promise<INodeExecutionData[]> {
	try {
		return waits(command)
			? placed(await waitFor(command, send))
			: await sendWithoutWaiting(command, send);
	} catch (error) {
		const isOver = error instanceof TelnyxFailure && hasEnded(error);
		if (isOver) noteEnded(command.context, endedLegOf(command));
		return await Promise.reject(error);
	}
}

async function sendWithoutWaiting(
	command: Command,
	send: SendCommand,
): Promise<INodeExecutionData[]> {
	const { context, request, operation } = command;
	const later = laterNodesOf(context);
	if (later.waits) observeRun(context);
	if (!request) return [];
	const items = await send(later.waits ? await owned(command, request, later) : request);
	const isOver = operation === hangup || items.some(({ json }) => json.already_ended);
	if (isOver) noteEnded(context, endedLegOf(command));
	return items;
}

/** The same for all items of a run. */
const laterNodesOf = perObject((context: IExecuteFunctions): LaterNodes => {
	const { name, type } = context.getNode();
	const nodes = context.getChildNodes(name, { includeNodeParameters: true });
	return readLaterNodes(nodes as Parameters<typeof readLaterNodes>[0], type);
});

/** The request of a command that does not wait itself, prepared so that later nodes can wait for its call. */
async function owned(
	command: Command,
	request: CommandRequest,
	later: LaterNodes,
): Promise<CommandRequest> {
	const { operation, values } = command;
	const takesLeg = canDirectEvents(operation);
	if (!takesLeg && values.client_state === undefined) return request;
	const { leg, isKnown } = legOf(command);
	const ownership = ownershipOf(command.context, leg);
	if (
		hasNothingToRead(command) ||
		isKnown ||
		(takesLeg && (await adoptIfReadable(command, ownership)))
	) {
		keepLeg(command, leg);
	}
	const withOwner = own(request, operation, ownership, undefined);
	return takesLeg ? await directEvents(command, withOwner, [], later) : withOwner;
}

function ownershipOf(context: IExecuteFunctions, leg: Leg): Ownership {
	const instanceId = context.getInstanceId();
	const others = leg.other_owners === undefined ? [] : openOwner(instanceId, leg.other_owners);
	return { instanceId, addresses: [nameOf(ownAddress(context)), ...others], leg };
}

/** How a node waits if it does more than wait for the outcome of one command. */
interface Special extends FurtherCommands {
	/** What it waits for instead of the command's own outcome. */
	readonly wait: Partial<Wait>;
	readonly behavior: Behavior;
}

const ONE_COMMAND: Special = { wait: {}, behavior: oneCommand };

/**
 * Sends a command, if there is one to send, and lets the execution wait for its outcome. `whyCannotWait` says
 * whether it can.
 * @returns the output if nothing ends the wait before its time is over
 * @throws what `send` throws
 */
export async function waitFor(
	command: Command,
	send: SendCommand,
	special: Special = ONE_COMMAND,
): Promise<INodeExecutionData[][]> {
	const { context, request } = command;
	const { behavior } = special;
	observeRun(context);
	const { leg, isKnown } = legOf(command);
	const identity = await newIdentity(context);
	const wait = newWait(command, leg, identity, special.wait);
	const ownership = ownershipOf(context, leg);
	if (!(await adoptAll(command, ownership, isKnown, wait))) {
		return endedBefore(command, wait, behavior);
	}
	keepLeg(command, leg);
	wait.owner = sealOwner(ownership.instanceId, ownership.addresses);
	const pause = { command, wait, secret: identity.secret, behavior };
	if (!request) {
		return await pauseAfterSending(
			pause,
			[itemOf(command)],
			async () => await hasEndedMeanwhile(command, wait),
		);
	}
	const sendAll = sendingAll(
		context,
		wait,
		await directed(command, request, ownership, wait),
		send,
		special,
	);
	return (
		(await pauseBeforeSending(pause, sendAll)) ?? (await pauseAfterSending(pause, await sendAll()))
	);
}

async function newIdentity(context: IExecuteFunctions): Promise<Identity> {
	const id = randomUUID();
	return { id, secret: ownSecret(await credentialOf(context), id) };
}

/**
 * The request of a command that waits, so that its events name the wait and reach this execution. The wait
 * notes which of them come straight.
 */
async function directed(
	command: Command,
	request: CommandRequest,
	ownership: Ownership,
	wait: Wait,
): Promise<CommandRequest> {
	const { context, operation } = command;
	const awaited = [...wait.success, ...wait.failure];
	const withOwner = own(request, operation, ownership, wait.name);
	const takesLeg = canDirectEvents(operation);
	const ready = takesLeg
		? await directEvents(command, withOwner, awaited, laterNodesOf(context))
		: withOwner;
	wait.straight = takesLeg ? straightIn(ready) : awaited;
	return ready;
}

/**
 * Takes ownership of the call that a command is for, and of the one for which another call is dialed.
 * @returns whether they go on, as far as Telnyx says
 */
async function adoptAll(
	command: Command,
	ownership: Ownership,
	isKnown: boolean,
	wait: Wait,
): Promise<boolean> {
	const { values } = command;
	const isThere =
		hasNothingToRead(command) || (await adopt(command, ownership, isKnown, wait.name));
	if (!isThere) return false;
	if (isNewLeg(values)) return await adoptCaller(command, ownership, wait);
	await adoptOther(command, ownership);
	return true;
}

/**
 * Takes ownership of the leg that a bridge connects the call with, if this execution does not have it yet:
 * whoever hangs up there ends the bridge. The bridge itself does not depend on that.
 */
async function adoptOther(
	{ context, values }: Command,
	{ instanceId, addresses }: Ownership,
): Promise<void> {
	const [other] = bridgedWith(values);
	if (other === undefined || isOwned(context, other)) return;
	const leg: Leg = legsOf(context)[other] ?? {};
	const wasOurs = leg.is_answered === true;
	const ofOther = { instanceId, addresses: addresses.slice(0, 1), leg };
	const isOurs = await adoptUnlessElsewhere(
		{ context, values: { call_control_id: other } },
		ofOther,
	).catch(({ message }: Error) => context.logger.warn(`Telnyx leg to bridge with: ${message}`));
	if (!isOurs) return;
	const isOfParent = ofOther.addresses.slice(1).some((one) => addresses.includes(one));
	if (!wasOurs && !isOfParent) leg.is_others_caller = true;
	legsOf(context)[other] = leg;
}

/** A call that is dialed or comes in has no owner and no client state of the user. */
const hasNothingToRead = ({ operation, values }: OfCall): boolean =>
	isNewLeg(values) || operation === answer;

/** For a command that does not wait. A node that waits later reads the leg again. */
const adoptIfReadable = async (command: Command, ownership: Ownership): Promise<boolean> =>
	await adopt(command, ownership, false, '').catch(({ message }: Error) => {
		command.context.logger.warn(`Telnyx leg of the command: ${message}`);
		return false;
	});

/** The types of the events that a request directs to an address of their own. */
const straightIn = ({ body }: CommandRequest): string[] =>
	Object.keys((body?.webhook_urls ?? {}) as object);

const isNewLeg = ({ call_control_id: id }: IDataObject): boolean => typeof id !== 'string';

/** Takes ownership of the call for which another one is dialed. */
async function adoptCaller(
	{ context, operation }: Command,
	ownership: Ownership,
	{ call_control_id: id }: Wait,
): Promise<boolean> {
	if (id === '') return true;
	const values = { call_control_id: id };
	const command = { context, operation, values, itemIndex: 0, settings: {} };
	const { leg, isKnown } = legOf(command);
	const ofCaller = ownershipOf(context, leg);
	const isThere = await adopt(command, ofCaller, isKnown, '');
	if (isThere) keepLeg(command, leg);
	ownership.addresses = ofCaller.addresses;
	return isThere;
}

/** What the execution knows about the leg that a command is for; nothing yet about one that it dials. */
function legOf({ context, values: { call_control_id: id } }: OfCall): {
	leg: Leg;
	isKnown: boolean;
} {
	if (typeof id !== 'string') return { leg: {}, isKnown: true };
	return { leg: legsOf(context)[id] ?? {}, isKnown: isOwned(context, id) };
}

/** Whether the execution owns a leg. One that the user retries knows the legs of the one that failed. */
const isOwned = (context: IExecuteFunctions, id: string): boolean =>
	context.getMode() !== 'retry' && Object.hasOwn(legsOf(context), id);

/** Notes what is known of the leg of a command, whose owner and client state Telnyx has or is about to get. */
function keepLeg({ context, operation, values: { call_control_id: id } }: OfCall, leg: Leg): void {
	if (typeof id !== 'string') return;
	legsOf(context)[id] = leg;
	if (operation !== answer) return;
	leg.is_answered = true;
	noteCall(context, id);
}

type OfCall = Pick<Command, 'context' | 'operation' | 'values'>;

const itemOf = ({ values: { call_control_id } }: Command): INodeExecutionData => ({
	json: { call_control_id },
	pairedItem: { item: 0 },
});

/**
 * Asks again once the pause is saved: nobody may have received a hangup in between. Of several other legs, one
 * that goes on may be the one that matters.
 */
async function hasEndedMeanwhile(
	command: Command,
	{ other_legs: others }: Wait,
): Promise<CallEnded | undefined> {
	if (!(await isAlive(command))) return new CallEnded('The call has already ended');
	if (others.length === 0) return undefined;
	for (const call_control_id of others.toReversed()) {
		if (await isAlive({ ...command, values: { call_control_id } })) return undefined;
	}
	return new CallEnded('The other leg of the call had already hung up', others);
}

/** The call was over before the node could begin to wait. */
function endedBefore({ context }: Command, wait: Wait, behavior: Behavior): INodeExecutionData[][] {
	const [{ json: input }] = context.getInputData();
	noteEnded(context, wait.call_control_id);
	const json = { call_control_id: wait.call_control_id };
	const end = { outcome: 'ended', reason: 'The call has already ended', json } as const;
	const { items, fails } = behavior.output(context.getNode(), wait, end, input);
	if (fails) throw fails;
	return items;
}
