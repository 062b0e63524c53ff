import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import type { Operation } from '../catalogue/schema/operation';
import type { Command } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { isObject } from '../shared/isObject';
import { pause } from '../shared/pause';
import { baseUrlOf, credentialOf } from '../telnyx/credential';
import { send } from '../telnyx/http/client';
import { hasEnded, isMissing, isTemporary, TelnyxFailure } from '../telnyx/http/failure';
import { encodePathPart } from '../telnyx/http/path';
import { decodeOwned, encodeOwned, type OwnedClientState } from '../telnyx/ownedClientState';
import type { Leg } from './legs';
import { openOwner, sealOwner } from './owner';

/** The executions that get the events of a leg. */
export interface Ownership {
	readonly instanceId: string;
	/** Path and query of the executions' own addresses, the present one's first. */
	addresses: string[];
	/** What this execution knows about the leg. */
	readonly leg: Leg;
}

/** The request, with the client state that names this execution as the owner of the leg. */
export function own(
	request: CommandRequest,
	{ fields }: Operation,
	{ instanceId, addresses, leg }: Ownership,
	wait: string | undefined,
): CommandRequest {
	const owner = sealOwner(instanceId, addresses);
	const body: IDataObject = { ...request.body };
	const given = body.client_state;
	if (typeof given === 'string') leg.client_state = given;
	if ('client_state' in fields) {
		body.client_state = stateOf(leg, owner, wait);
	}
	if ('target_leg_client_state' in fields) {
		const { target_leg_client_state: target } = body;
		const clientState = typeof target === 'string' ? target : undefined;
		body.target_leg_client_state = encodeOwned({ clientState, owner, wait });
	}
	return { ...request, body };
}

/** The client state of a leg, with what its next owner has to know. */
const stateOf = (
	{ client_state: clientState, is_answered: isAnswered }: Leg,
	owner: string,
	wait: string | undefined,
): string => encodeOwned({ clientState, owner, wait, isAnswered });

/**
 * Makes this execution the owner of a leg that another one owns, such as the parent of a sub-workflow. If
 * no command is sent whose reply would show whether the call goes on, Telnyx is asked.
 * @returns whether the call goes on, as far as Telnyx says
 */
export async function adopt(
	command: Command,
	ownership: Ownership,
	isKnown: boolean,
	wait: string,
): Promise<boolean> {
	const { operation, request } = command;
	if (isKnown && request) return true;
	const call = await readLivingCall(command);
	if (!call) return false;
	if (isKnown && !hasOtherOwners(call, ownership)) return true;
	const { wait: formerWait } = shareWithOwners(call, ownership);
	if (request && 'client_state' in operation.fields) return true;
	return await writeOwners(command, ownership, request ? wait : formerWait);
}

/** Sub-workflows that took a leg over, one after the other, may have left no room for this execution. */
function hasOtherOwners(call: IDataObject, { instanceId, addresses: [own] }: Ownership): boolean {
	const { owner = '' } = decodeOwned(call.client_state);
	const owners = openOwner(instanceId, owner);
	return owners.length > 0 && !owners.includes(own);
}

/**
 * The same for a leg on which nothing depends. Another n8n keeps it.
 * @returns whether this execution owns it now
 */
export async function adoptUnlessElsewhere(
	command: OfCall,
	ownership: Ownership,
): Promise<boolean> {
	const call = await readLivingCall(command);
	if (!call) return false;
	const { owner } = decodeOwned(call.client_state);
	const isElsewhere = owner !== undefined && openOwner(ownership.instanceId, owner).length === 0;
	if (isElsewhere) return false;
	const { wait } = shareWithOwners(call, ownership);
	return await writeOwners(command, ownership, wait);
}

/** Keeps the user's client state of a leg, whether it is a caller's, and those who own it already. */
function shareWithOwners(call: IDataObject, ownership: Ownership): OwnedClientState {
	const { instanceId, addresses, leg } = ownership;
	const state = decodeOwned(call.client_state);
	if (state.clientState !== undefined) leg.client_state = state.clientState;
	if (state.isAnswered) leg.is_answered = true;
	const former = state.owner === undefined ? [] : openOwner(instanceId, state.owner);
	ownership.addresses = [...new Set([...addresses, ...former])].slice(0, MOST_OWNERS);
	const others = ownership.addresses.slice(1);
	if (others.length > 0) leg.other_owners = sealOwner(instanceId, others);
	return state;
}

/** Puts the owners of a leg into its client state. Returns whether the call goes on. */
async function writeOwners(
	{ context, values }: OfCall,
	{ instanceId, addresses, leg }: Ownership,
	wait: string | undefined,
): Promise<boolean> {
	const owner = sealOwner(instanceId, addresses);
	const connection = await connectionOf(context);
	const update = {
		method: 'PUT',
		path: `${pathOf(values)}/actions/client_state_update`,
		body: { client_state: stateOf(leg, owner, wait) },
		repeatable: true,
		labels: {},
	} as const;
	const answer = await patiently(async () => await send(connection, update)).catch(ifGone);
	return answer !== undefined;
}

interface OfCall {
	readonly context: Command['context'] | IWebhookFunctions;
	readonly values: Command['values'];
}

/** Whether the call goes on, as far as Telnyx says. */
export const isAlive = async (command: OfCall): Promise<boolean> =>
	(await readLivingCall(command)) !== undefined;

/** Telnyx's data about the call; undefined if it is over. */
async function readLivingCall({ context, values }: OfCall): Promise<IDataObject | undefined> {
	const connection = await connectionOf(context);
	const read = { method: 'GET', path: pathOf(values), repeatable: true, labels: {} } as const;
	const answer = await patiently(async () => await send(connection, read)).catch(ifGone);
	const call = answer && (isObject(answer.data) ? answer.data : {});
	return call?.is_alive === false ? undefined : call;
}

const connectionOf = async (context: OfCall['context']) => ({
	context,
	baseUrl: baseUrlOf(await credentialOf(context)),
});

const pathOf = ({ call_control_id: id }: IDataObject): string =>
	`/calls/${encodePathPart(String(id))}`;

/** How long to wait before another try, in milliseconds. */
const AGAIN_MS = [500, 2_000];

/**
 * Tries again after temporary faults: data that cannot be read from a leg would be lost when it is taken over,
 * and a node that cannot take it over fails while somebody is on the phone.
 * @param act has the same effect if it is done twice
 */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
	for (const ms of AGAIN_MS) {
		try {
			return await act();
		} catch (error) {
			if (!isTemporary(error)) return await Promise.reject(error);
			await pause(ms);
		}
	}
	return await act();
}

/** The execution, and those of the workflows that called its workflow. */
const MOST_OWNERS = 4;

/** A call that Telnyx no longer knows has ended. */
async function ifGone(error: unknown): Promise<undefined> {
	const isGone = error instanceof TelnyxFailure && (hasEnded(error) || isMissing(error));
	return isGone ? undefined : await Promise.reject(error);
}
