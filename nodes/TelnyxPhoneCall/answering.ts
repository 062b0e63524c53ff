import { findByRequest } from '../catalogue';
import { answer } from '../catalogue/call/answer';
import type { Happened } from '../waiting/behavior';
import { awaitedEvents } from '../waiting/events';
import type { FurtherCommand } from '../waiting/furtherCommands';
import type { Wait } from '../waiting/wait';
import { command } from './steps/shared';
import type { Beginning, Next } from './steps/step';

/** How long Telnyx takes at most to answer a call, in seconds. */
const ANSWERED_WITHIN_SECS = 60;

/** The plan of a wait is saved as JSON, so it has the request of an operation instead of its record. */
type SavedCommand = Pick<FurtherCommand, 'values' | 'stage'> & { readonly request: string };

/** The same step on a call that still rings: it is answered, and then the step begins. */
export function answeringFirst(beginning: Beginning): Beginning {
	const { alongside = [], followedBy = [], wakeUpMs, ...rest } = beginning;
	const { operation, values, file } = rest.command;
	// A file is too large to be saved with the wait.
	if (file) return beginning;
	const { success, failure } = { ...awaitedEvents(operation, values), ...rest.wait };
	const once = [{ operation, values, stage: '' }, ...alongside, ...followedBy].map(
		({ operation: { request }, values: set, stage }): SavedCommand => ({
			request,
			values: set,
			stage,
		}),
	);
	return {
		...rest,
		command: command(answer, { call_control_id: values.call_control_id }),
		wait: {
			good_statuses: [...(operation.events.goodStatuses ?? [])],
			...rest.wait,
			success: [...success, 'call.answered'],
			failure,
		},
		seconds: rest.seconds + ANSWERED_WITHIN_SECS,
		plan: { ...rest.plan, once_answered: { commands: once, wakeUpMs } },
	};
}

/**
 * How a step begins that has answered the call first.
 * @returns undefined if it has begun, or did not have to answer
 */
export function afterAnswering({ plan }: Wait, { event }: Happened): Next | undefined {
	const once = plan.once_answered as { commands: SavedCommand[]; wakeUpMs?: number } | undefined;
	if (!once || event?.event_type !== 'call.answered') return undefined;
	const send = once.commands.map(({ request, values, stage }) => ({
		operation: findByRequest(request),
		values,
		stage,
	}));
	return { send, wakeUpMs: once.wakeUpMs };
}
