import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { answer } from '../catalogue/call/answer';
import { hangup } from '../catalogue/call/hangup';
import { sendsRequest } from '../catalogue/schema/operation';
import type { Command, Extension, SendCommand } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { placed } from '../operations/run/placing';
import { isTool } from '../operations/tool';
import { CREDENTIAL } from '../telnyx/credential';
import type { Behavior } from './behavior';
import { assertCanWait, assertSeveralOutputsWork } from './checks';
import {
	awaitedEvents,
	canDirectEvents,
	makesLeg,
	readLaterNodes,
	type LaterNodes,
} from './events';
import { waitFields, waitProperties } from './form';
import { NAMES, placeOf } from './outputs';
import {
	CALL_ENDS,
	CONTINUE,
	ON_CALL_END,
	ON_FAILURE,
	OUTPUTS,
	STOP_ON_KEY,
	TIMEOUT,
	WAIT,
} from './parameters';
import { adopt, directEvents, isAlive, own, type Ownership } from './ownership';
import { nameOf, ownAddress } from './ownAddress';
import { CallEnded, observeRun, pauseAfterSending, pauseBeforeSending } from './pausing';
import { answers, noteRefused } from './answers';
import { noteLegs, sendFurther, wakeUp, type FurtherCommand } from './lead';
import { ownSecret, sealOwner } from './owner';
import { oneCommand } from './result';
import { hashOf, legsOf, noteCall, noteEnded, type Leg, type Wait } from './wait';

/** Lets a node wait for the outcome of its command, and for events of a call. */
export const waiting: Extension = {
	fields: waitFields,
	properties: waitProperties,
	carryOut,
};

async function carryOut(command: Command, send: SendCommand): Promise<INodeExecutionData[]> {
	const { context, request, settings, operation } = command;
	const waits = !sendsRequest(operation) || settings[WAIT] === true;
	const later = laterNodesOf(context);
	if (waits) return placed(await waitFor(command, send));
	if (later.waits) observeRun(context);
	if (!request) return [];
	const items = await send(later.waits ? await owned(command, request, later) : request);
	if (operation === hangup) noteEnded(context, String(command.values.call_control_id));
	return items;
}

/** The same for all items of a run. */
const knownLaterNodes = new WeakMap<IExecuteFunctions, LaterNodes>();

function laterNodesOf(context: IExecuteFunctions): LaterNodes {
	const known = knownLaterNodes.get(context);
	if (known) return known;
	const { name, type } = context.getNode();
	const nodes = context.getChildNodes(name, { includeNodeParameters: true });
	const later = readLaterNodes(nodes as Parameters<typeof readLaterNodes>[0], type);
	knownLaterNodes.set(context, later);
	return later;
}

/** The request of a command that does not wait itself, prepared so that later nodes can wait for its call. */
async function owned(
	command: Command,
	request: CommandRequest,
	later: LaterNodes,
): Promise<CommandRequest> {
	const { operation, values } = command;
	const takesLeg = canDirectEvents(operation);
	if (!takesLeg && values.client_state === undefined) return request;
	const ownership = ownershipOf(command, legOf(command).leg);
	const withOwner = own(request, operation, ownership, undefined);
	return takesLeg ? await directEvents(command, withOwner, [], later) : withOwner;
}

function ownershipOf({ context }: Command, leg: Leg): Ownership {
	const addresses = [nameOf(ownAddress(context))];
	return { instanceId: context.getInstanceId(), addresses, leg };
}

/** How a node waits if it does more than wait for the outcome of one command. */
export interface Special {
	/** What it waits for instead of the command's own outcome. */
	readonly wait: Partial<Wait>;
	readonly behavior: Behavior;
	/** Commands that it sends at the same time as the first one. */
	readonly together?: readonly FurtherCommand[];
	/** Commands that it sends right after the first one. */
	readonly also?: readonly FurtherCommand[];
	/** After how many milliseconds without an event to wake it up. */
	readonly wakeUpMs?: number;
}

const ONE_COMMAND: Special = { wait: {}, behavior: oneCommand };

/**
 * Sends a command, if there is one to send, and lets the execution wait for its outcome.
 * @returns the output if nothing ends the wait before its time is over
 * @throws InputError if the execution cannot wait; what `send` throws
 */
export async function waitFor(
	command: Command,
	send: SendCommand,
	{ wait: special, behavior, together = [], also = [], wakeUpMs }: Special = ONE_COMMAND,
): Promise<INodeExecutionData[][]> {
	const { context, operation, request, settings, values } = command;
	if (settings[ON_FAILURE] === OUTPUTS) assertSeveralOutputsWork("'One Output Each' needs");
	await assertCanWait(context);
	const later = laterNodesOf(context);
	observeRun(context);
	const { leg, isKnown } = legOf(command);
	const ownership = ownershipOf(command, leg);
	const id = randomUUID();
	const secret = ownSecret(await context.getCredentials(CREDENTIAL), id);
	const wait = {
		...waitOf(command, leg, hashOf(secret)),
		id,
		...special,
		...(isTool(context.getNode()) && ANSWERS_AGENT),
	} as Wait;
	const pause = { command, wait, secret, behavior };
	const takesLeg = canDirectEvents(operation);
	if (!takesLeg && !(await adopt(command, ownership, isKnown, wait.name))) {
		return endedBefore(command, wait, behavior);
	}
	if (isNewLeg(values) && !(await adoptCaller(command, ownership, wait))) {
		return endedBefore(command, wait, behavior);
	}
	wait.owner = sealOwner(ownership.instanceId, ownership.addresses);
	if (!request) {
		return await pauseAfterSending(
			pause,
			[itemOf(command)],
			async () => await hasEndedMeanwhile(command),
		);
	}
	const withOwner = own(request, operation, ownership, wait.name);
	const ready = takesLeg
		? await directEvents(command, withOwner, [...wait.success, ...wait.failure], later)
		: withOwner;
	wait.straight = takesLeg ? straightIn(ready) : [...wait.success, ...wait.failure];
	const sendAll = async (isStillWanted?: () => Promise<boolean>) => {
		const [[item, ...more]] = await Promise.all([
			send(ready, isStillWanted),
			...together.map(async (further) => await sendFurther(context, wait, further, isStillWanted)),
		]);
		if (wakeUpMs !== undefined) await wakeUp(context, wait, wakeUpMs, Date.now());
		if (also.length === 0) return [item, ...more];
		if (wait.makes_leg) noteLegs(wait, [item.json.call_control_id]);
		await Promise.all(
			also.map(async (further) => {
				const { call_control_id: leg } = await sendFurther(context, wait, further, isStillWanted);
				const isRefused = makesLeg(further.operation) && leg === undefined;
				if (isRefused) noteRefused(wait.secret_hash, further.stage);
			}),
		);
		return [{ ...item, json: { ...item.json, ...answers.get(wait.secret_hash) } }];
	};
	return (
		(await pauseBeforeSending(pause, sendAll)) ?? (await pauseAfterSending(pause, await sendAll()))
	);
}

/** The types of the events that a request directs to an address of their own. */
const straightIn = ({ body }: CommandRequest): string[] =>
	Object.keys((body?.webhook_urls ?? {}) as object);

/** An agent is told what happened, and decides what to do about it. */
const ANSWERS_AGENT = { on_failure: CONTINUE, on_call_end: CONTINUE, at_timeout: undefined };

const isNewLeg = ({ call_control_id: id }: IDataObject): boolean => typeof id !== 'string';

/** Takes ownership of the call for which another one is dialed. */
async function adoptCaller(
	{ context, operation }: Command,
	ownership: Ownership,
	{ call_control_id: id }: Wait,
): Promise<boolean> {
	if (id === '') return true;
	const legs = legsOf(context);
	const isKnown = Object.hasOwn(legs, id);
	const ofCaller = { ...ownership, leg: (legs[id] ??= {}) };
	const values = { call_control_id: id };
	const command = { context, operation, values, itemIndex: 0, settings: {} };
	const isThere = await adopt(command, ofCaller, isKnown, '');
	ownership.addresses = ofCaller.addresses;
	return isThere;
}

/** What the execution knows about the leg that a command is for; nothing yet about one that it dials. */
function legOf({ context, operation, values }: Command): { leg: Leg; isKnown: boolean } {
	const { call_control_id: id } = values;
	if (typeof id !== 'string') return { leg: {}, isKnown: true };
	const legs = legsOf(context);
	const isKnown = Object.hasOwn(legs, id);
	const leg = (legs[id] ??= {});
	if (operation === answer) {
		leg.is_answered = true;
		noteCall(context, id);
	}
	return { leg, isKnown };
}

function waitOf(
	{ context, operation, request, settings, values }: Command,
	leg: Leg,
	secretHash: string,
): Omit<Wait, 'id'> {
	const { call_control_id: id = '' } = values;
	const isNewCall = id === '';
	const { success, failure } = request
		? awaitedEvents(operation, values)
		: { success: values.events as string[], failure: [] };
	return {
		name: request ? String(request.ids.command_id ?? randomUUID()) : '',
		secret_hash: secretHash,
		call_control_id: String(id),
		makes_leg: makesLeg(operation),
		stops_ringing: isNewCall && makesLeg(operation),
		new_legs: [],
		other_legs: isNewCall ? callersOf(context, values) : bridgedWith(values),
		success,
		failure,
		straight: [],
		good_statuses: [...(operation.events.goodStatuses ?? [])],
		ties: tiesOf(values),
		stops_on_key: settings[STOP_ON_KEY] === true,
		keys_after: leg.key_used_at ?? '',
		seconds: Number(settings[TIMEOUT]),
		on_failure: String(settings[ON_FAILURE]),
		on_call_end: String(settings[ON_CALL_END] ?? CALL_ENDS),
		...(settings[ON_FAILURE] === OUTPUTS && {
			at_timeout: { output: placeOf('timeout'), of: NAMES.length },
		}),
		command: { ...request?.ids },
		owner: '',
		origin: ownAddress(context).origin,
		plan: {},
	};
}

/**
 * The legs whose hangup makes a dialed call pointless: the one that it is to be linked to, otherwise those
 * that the execution answered.
 */
function callersOf(context: IExecuteFunctions, { link_to: linked }: IDataObject): string[] {
	if (typeof linked === 'string') return [linked];
	const legs = Object.entries(legsOf(context));
	// The event of an earlier hangup may come late.
	return legs
		.filter(([, { is_answered, has_ended }]) => is_answered && !has_ended)
		.map(([id]) => id);
}

const bridgedWith = ({ call_control_id_to_bridge_with: other }: IDataObject): string[] =>
	typeof other === 'string' ? [other] : [];

/** The values that a command and its events share, by their names in the events. */
const tiesOf = ({ recording_id, audio_url, media_name }: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries({ recording_id, media_url: audio_url, media_name }).filter(
			([, value]) => value !== undefined,
		),
	);

const itemOf = ({ values: { call_control_id } }: Command): INodeExecutionData => ({
	json: { call_control_id },
	pairedItem: { item: 0 },
});

/** Asks again once the pause is saved: nobody may have received a hangup in between. */
const hasEndedMeanwhile = async (command: Command): Promise<CallEnded | undefined> =>
	(await isAlive(command)) ? undefined : new CallEnded('The call has already ended');

/** The call was over before the node could begin to wait. */
function endedBefore({ context }: Command, wait: Wait, behavior: Behavior): INodeExecutionData[][] {
	const [{ json: input }] = context.getInputData();
	const json = { call_control_id: wait.call_control_id };
	const end = { outcome: 'ended', reason: 'The call has already ended', json } as const;
	const { items, fails } = behavior.output(context.getNode(), wait, end, input);
	if (fails) throw fails;
	return items;
}
