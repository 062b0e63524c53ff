import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Command } from '../operations/extension';
import { isTool } from '../operations/tool';
import { awaitedEvents, makesLeg } from './events';
import { isCaller, legsOf, type Leg } from './legs';
import { NAMES, outputFor } from './outputs';
import { ownAddress } from './ownAddress';
import {
	CALL_ENDS,
	CONTINUE,
	ON_CALL_END,
	ON_FAILURE,
	OUTPUTS,
	STOP_ON_KEY,
	TIMEOUT,
} from './parameters';
import { hashOf, type Wait } from './wait';

/** What tells a wait from all others, and proves that a request comes from the execution's own node. */
export interface Identity {
	readonly id: string;
	readonly secret: string;
}

/**
 * A wait for the outcome of a command, or for events if it sends none. Its owner is not known yet.
 * @param special what is awaited instead of the command's own outcome
 */
export function newWait(
	command: Command,
	leg: Leg,
	{ id, secret }: Identity,
	special: Partial<Wait>,
): Wait {
	const { context } = command;
	return {
		...waitOf(command, leg, hashOf(secret)),
		id,
		...special,
		...(isTool(context.getNode()) && ANSWERS_AGENT),
	} as Wait;
}

/** An agent is told what happened, and decides what to do about it. */
const ANSWERS_AGENT = {
	on_failure: CONTINUE,
	on_call_end: CONTINUE,
	at_timeout: undefined,
	at_failure: undefined,
};

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
			at_timeout: { output: outputFor('timeout'), of: NAMES.length },
		}),
		command: { ...request?.ids },
		owner: '',
		origin: ownAddress(context).origin,
		plan: {},
	};
}

/**
 * The legs whose hangup makes a dialed call pointless: the one that it is to be linked to, otherwise those
 * that were answered. The event of an earlier hangup may come late, also that of somebody who is called
 * back.
 */
function callersOf(context: IExecuteFunctions, { link_to: linked, to }: IDataObject): string[] {
	if (typeof linked === 'string') return [linked];
	return Object.entries(legsOf(context))
		.filter(([, leg]) => isCaller(leg) && !leg.has_ended && leg.other_number !== to)
		.map(([id]) => id);
}

/** The leg that a command connects its own with. */
export const bridgedWith = ({ call_control_id_to_bridge_with: other }: IDataObject): string[] =>
	typeof other === 'string' ? [other] : [];

/** The values that a command and its events share, by their names in the events. */
const tiesOf = ({ recording_id, audio_url, media_name }: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries({ recording_id, media_url: audio_url, media_name }).filter(
			([, value]) => value !== undefined,
		),
	);
