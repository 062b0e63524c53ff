import type { IDataObject } from 'n8n-workflow';

import { speak } from '../catalogue/audio/speak';
import { startPlayback } from '../catalogue/audio/startPlayback';
import { answer } from '../catalogue/call/answer';
import { gatherUsingAudio } from '../catalogue/input/gatherUsingAudio';
import { gatherUsingSpeak } from '../catalogue/input/gatherUsingSpeak';
import { startRecording } from '../catalogue/recording/startRecording';
import { startTranscription } from '../catalogue/transcription/startTranscription';
import type { Happened } from '../waiting/behavior';
import { awaitedEvents } from '../waiting/events';
import type { FurtherCommand } from '../waiting/lead';
import type { Wait } from '../waiting/wait';
import { command } from './steps/shared';
import type { Beginning, Next } from './steps/step';

/** How long Telnyx takes at most to answer a call, in seconds. */
const ANSWERED_WITHIN_SECS = 60;

/** What a step begins with. The plan of a wait is saved as JSON, so it has their requests only. */
const OPERATIONS = [
	speak,
	startPlayback,
	gatherUsingSpeak,
	gatherUsingAudio,
	startTranscription,
	startRecording,
];

type Saved = Pick<FurtherCommand, 'values' | 'stage'> & { readonly request: string };

/** The same step on a call that still rings: it is answered, and then the step begins. */
export function answeringFirst(beginning: Beginning): Beginning {
	const { together = [], also = [], wakeUpMs, ...rest } = beginning;
	const { operation, values, file } = rest.command;
	// A file is too large to be saved with the wait.
	if (file) return beginning;
	const { success, failure } = { ...awaitedEvents(operation, values), ...rest.wait };
	const once = [{ operation, values, stage: '' }, ...together, ...also].map(
		({ operation: { request }, values: set, stage }): Saved => ({ request, values: set, stage }),
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
		plan: { ...rest.plan, once_answered: { commands: once as unknown as IDataObject[], wakeUpMs } },
	};
}

/**
 * How a step begins that has answered the call first.
 * @returns undefined if it has begun, or did not have to answer
 */
export function afterAnswering({ plan }: Wait, { event }: Happened): Next | undefined {
	const once = plan.once_answered as { commands: Saved[]; wakeUpMs?: number } | undefined;
	if (!once || event?.event_type !== 'call.answered') return undefined;
	const send = once.commands.map(({ request, values, stage }) => ({
		operation: OPERATIONS.find((one) => one.request === request)!,
		values,
		stage,
	}));
	return { send, wakeUpMs: once.wakeUpMs };
}
