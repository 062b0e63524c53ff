import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { SendCommand } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { answers, noteRefused } from './answers';
import { makesLeg } from './events';
import { noteLegs, sendFurther, type FurtherCommand } from './furtherCommands';
import { wakeUp, wakeUpSoon } from './wakeUp';
import type { Wait } from './wait';

/** What a node sends besides the first command of its wait. */
export interface FurtherCommands {
	/** Commands that it sends at the same time as the first one. */
	readonly alongside?: readonly FurtherCommand[];
	/** Commands that it sends right after the first one. */
	readonly followedBy?: readonly FurtherCommand[];
	/** After how many milliseconds without an event to wake it up. */
	readonly wakeUpMs?: number;
}

/**
 * Sends the first command of a wait together with the others.
 * @returns the items of the first command, with what Telnyx replied to the others that make legs
 */
export function sendingAll(
	context: IExecuteFunctions,
	wait: Wait,
	request: CommandRequest,
	send: SendCommand,
	{ alongside = [], followedBy = [], wakeUpMs }: FurtherCommands,
): (isStillWanted?: () => Promise<boolean>) => Promise<INodeExecutionData[]> {
	return async (isStillWanted) => {
		const further = async (command: FurtherCommand) =>
			await sendFurther(context, wait, command, isStillWanted);
		// What somebody hears goes first: they wait for it.
		const others = alongside.map(further);
		const sent = [send(request, isStillWanted), ...others] as const;
		// If one of them fails, what undoes the others must not overtake them.
		await Promise.allSettled(sent);
		const [[item, ...more]] = await Promise.all(sent);
		if (wakeUpMs !== undefined) await wakeUp(context, wait, wakeUpMs, Date.now());
		if (followedBy.length === 0) return [item, ...more];
		if (wait.makes_leg) noteLegs(wait, [item.json.call_control_id]);
		await Promise.all(
			followedBy.map(async (command) => {
				const { call_control_id: leg } = await further(command);
				if (!makesLeg(command.operation) || leg !== undefined) return;
				noteRefused(wait.secret_hash, command.stage);
				await wakeUpSoon(context, wait);
			}),
		);
		return [{ ...item, json: { ...item.json, ...answers.get(wait.secret_hash) } }];
	};
}
