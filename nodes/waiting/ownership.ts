import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../catalogue/schema/operation';
import type { Command } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { InputError } from '../operations/request/complaints';
import { isObject } from '../shared/isObject';
import { baseUrlOf, CREDENTIAL } from '../telnyx/credential';
import { TelnyxFailure } from '../telnyx/http/failure';
import { send } from '../telnyx/http/client';
import { encodePathPart } from '../telnyx/http/path';
import { decodeOwned, encodeOwned } from '../telnyx/ownedClientState';
import { straightEvents, type Later } from './events';
import { hasTriggerFor } from './netCheck';
import { openOwner, sealOwner } from './owner';
import { ownAddress } from './ownAddress';
import type { Leg } from './wait';

/** Who gets the events of a leg. */
export interface Ownership {
	readonly instanceId: string;
	/** Path and query of the executions' own addresses, the present one's first. */
	addresses: string[];
	/** What this execution knows of the leg. */
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
		body.client_state = encodeOwned({ clientState: leg.client_state, owner, wait });
	}
	if ('target_leg_client_state' in fields) {
		const { target_leg_client_state: target } = body;
		const clientState = typeof target === 'string' ? target : undefined;
		body.target_leg_client_state = encodeOwned({ clientState, owner, wait });
	}
	return { ...request, body };
}

/**
 * Makes this execution the owner of a leg that another one took, such as that of a sub-workflow's parent,
 * and asks whether the call goes on where no command is sent that would tell.
 * @returns whether the call goes on, as far as Telnyx says
 */
export async function adopt(
	{ context, operation, values, request }: Command,
	ownership: Ownership,
	isKnown: boolean,
	wait: string,
): Promise<boolean> {
	if (isKnown && request) return true;
	const { call_control_id: id } = values;
	const connection = { context, baseUrl: baseUrlOf(await context.getCredentials(CREDENTIAL)) };
	const path = `/calls/${encodePathPart(String(id))}`;
	const read = { method: 'GET', path, repeatable: true, labels: {} } as const;
	const answer = await send(connection, read).catch(ifGone);
	if (!answer) return false;
	const { is_alive: isAlive, client_state: received } = isObject(answer.data) ? answer.data : {};
	if (isAlive === false) return false;
	if (isKnown) return true;
	const { clientState, owner } = decodeOwned(received);
	if (clientState !== undefined) ownership.leg.client_state = clientState;
	const former = owner === undefined ? [] : openOwner(ownership.instanceId, owner);
	ownership.addresses = [...new Set([...ownership.addresses, ...former])];
	if (request && 'client_state' in operation.fields) return true;
	const state = encodeOwned({
		clientState,
		owner: sealOwner(ownership.instanceId, ownership.addresses),
		...(request && { wait }),
	});
	const body = { client_state: state };
	const update = `${path}/actions/client_state_update`;
	await send(connection, { method: 'PUT', path: update, body, repeatable: true, labels: {} });
	return true;
}

/** A call that Telnyx does not know has ended. Any other failure tells nothing about it. */
async function ifGone(error: unknown): Promise<IDataObject | undefined> {
	const isGone = error instanceof TelnyxFailure && /^4(?:04|10|22)$/.test(error.httpCode);
	return isGone ? undefined : {};
}

/** How often Telnyx is to try again to reach an execution that n8n could not go on with. Telnyx allows 5 retries, 60 s. */
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * The request, with this execution's address for the events that come straight to it.
 * @param awaited what this very command waits for
 * @throws InputError if the form sends them elsewhere
 */
export async function directEvents(
	{ context, values }: Command,
	request: CommandRequest,
	awaited: readonly string[],
	later: Later,
): Promise<CommandRequest> {
	const { body = {} } = request;
	const { webhook_urls: urls = {}, webhook_retries_policies: retries = {}, ...others } = body;
	if (Array.isArray(others.to)) {
		throw new InputError([
			"'To' has several numbers, but an execution can follow one call: dial them one after the other",
		]);
	}
	const hasTrigger = others.webhook_url === undefined && (await hasTriggerFor(context, values));
	const straight = straightEvents(awaited, later, hasTrigger);
	const elsewhere = straight.find((type) => Object.hasOwn(urls as object, type));
	if (elsewhere !== undefined) {
		throw new InputError([
			`'Webhook URLs by Event' sends ${elsewhere} elsewhere, but this execution is to wait for it: remove the row`,
		]);
	}
	if (straight.length > 0 && others.webhook_urls_method === 'GET') {
		throw new InputError([
			"'Webhook URLs by Event Method' has to be POST for this execution to wait",
		]);
	}
	const { href } = ownAddress(context);
	const each = (value: unknown) => Object.fromEntries(straight.map((type) => [type, value]));
	if (straight.length === 0) return request;
	return {
		...request,
		body: {
			...others,
			webhook_urls: { ...(urls as IDataObject), ...each([href]) } as IDataObject,
			webhook_retries_policies: {
				...each({ retries_ms: RETRIES_MS }),
				...(retries as IDataObject),
			} as IDataObject,
		},
	};
}
