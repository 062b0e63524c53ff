import type { IBinaryKeyData, IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { hangup } from '../catalogue/call/hangup';
import { without } from '../shared/without';
import { recordingName } from '../telnyx/http/fileName';
import { keptFile } from '../telnyx/http/keptFile';
import { fetchLinkedFile } from '../telnyx/http/client';
import { noLinkYet } from '../telnyx/http/fileFailure';
import type { VoiceEventType } from '../telnyx/events';
import { hasEnded, TelnyxFailure } from '../telnyx/http/failure';
import { hangUpWhileWaiting } from '../waiting/afterwards';
import { noteRefused, notes } from '../waiting/answers';
import { PAUSE, type Behavior, type End, type Happened } from '../waiting/behavior';
import { deliveryInWait } from '../waiting/delivery';
import { makesLeg } from '../waiting/events';
import { executions } from '../waiting/executions';
import { sendBehind, sendFurther, type FurtherCommand } from '../waiting/furtherCommands';
import { wakeUp, wakeUpSoon } from '../waiting/wakeUp';
import { type Wait } from '../waiting/wait';
import { noteEndedWhileWaiting } from '../waiting/legs';
import { afterAnswering } from './answering';
import { afterLastWords, hangUpAtEnd, sayLastWords } from './ending';
import { atTimeout, output, outputIn, type Plan } from './stepOutput';
import { STEPS } from './steps';
import { hungUp } from './steps/shared';
import { HUNG_UP, isDone, type Done, type Next } from './steps/step';

/** A node that leads a call through a step. */
export const phoneCall: Behavior = { atTimeout, follow, output };

/** Carries on with the step after something has happened. */
async function follow(
	context: IWebhookFunctions,
	wait: Wait,
	happened: Happened,
): Promise<End | undefined> {
	const plan = wait.plan as Plan;
	const known = { ...notes.get(wait.secret_hash) };
	const type = happened.event?.event_type as VoiceEventType | undefined;
	const next =
		afterAnswering(wait, happened) ??
		afterLastWords(wait, happened) ??
		STEPS[plan.step].next?.({ ...happened, type, wait, plan, notes: known });
	notes.set(wait.secret_hash, known);
	if (next === undefined) {
		const end = usualEnd(wait, happened);
		if (end.output === undefined) await endDialed(context, wait);
		if (end.outcome !== 'ended') await endBegun(context, wait);
		return end;
	}
	let done: Done | undefined;
	try {
		done = await carryOut(context, wait, next, happened.at);
		if (done === undefined) return undefined;
		const { outcome } = happened.end;
		const isTimeOver = outcome === 'timeout' && happened.stage !== PAUSE;
		if (!isTimeOver && (await sayLastWords(context, wait, done))) return undefined;
		await sendBehind(context, wait, done.sendBehind ?? []);
		if (done.hangsUp && outcome !== 'ended') await hangUpAtEnd(context, wait);
		const file = done.file && (await fileOf(context, done.file));
		return {
			outcome,
			// Otherwise the step says itself how it ended.
			reason: done.output === HUNG_UP.name ? happened.end.reason : '',
			json: withEvent(plan, happened, { ...ofCall(wait), ...done.json }),
			output: typeof done.output === 'number' ? done.output : outputIn(plan, done.output),
			...file,
		};
	} catch (error) {
		await endDialed(context, wait);
		if (hasCallEnded(error)) {
			noteEndedWhileWaiting(context, wait.call_control_id);
			return { ...GONE_END, json: ofCall(wait) };
		}
		await endBegun(context, wait);
		return failedEnd(wait, error as Error, done?.json?.recording_id);
	}
}

const hasCallEnded = (error: unknown): boolean => error instanceof TelnyxFailure && hasEnded(error);

/** The end of the call is no error, also if it overtakes a command. */
const GONE_END = { outcome: 'ended', reason: 'The call has already ended' } as const;

/** Ends the calls of a step that has failed: whoever answered would hear nothing any more. */
async function endDialed(context: IWebhookFunctions, wait: Wait): Promise<void> {
	if (wait.stops_ringing) await hangUpWhileWaiting(context, wait, wait.new_legs);
}

/** Ends what a step has begun that has failed: it would disturb the next one. */
async function endBegun(context: IWebhookFunctions, wait: Wait): Promise<void> {
	const { ifCutShort } = STEPS[(wait.plan as Plan).step];
	await sendBehind(context, wait, ifCutShort?.(wait) ?? []);
}

/**
 * Sends the commands that follow. Returns how the step ends, if it does.
 * @param at when it happened, in milliseconds since 1970
 */
async function carryOut(
	context: IWebhookFunctions,
	wait: Wait,
	next: Next,
	at: number,
): Promise<Done | undefined> {
	await sendAll(context, wait, next.send ?? []);
	if (isDone(next)) return next;
	const { anyOf = [], firstOf = [], orElse, wakeUpAloneMs, ifNotAlone } = next;
	const isAlone = executions.get(context.getExecutionId()) !== undefined;
	if (ifNotAlone && !isAlone) return await carryOut(context, wait, ifNotAlone, at);
	const { wakeUpMs = isAlone ? wakeUpAloneMs : undefined } = next;
	const refusals: string[] = [];
	const isTaken = async (command: FurtherCommand) => {
		const refusal = await refusalOf(context, wait, command);
		if (refusal !== undefined) refusals.push(refusal);
		return refusal === undefined;
	};
	const taken = await Promise.all(anyOf.map(isTaken));
	if (taken.includes(true)) {
		if (refusals.length > 0 && isAlone) await wakeUpSoon(context, wait);
		return undefined;
	}
	for (const command of firstOf) if (await isTaken(command)) return undefined;
	if (wakeUpMs !== undefined) await wakeUp(context, wait, wakeUpMs, at);
	return orElse && (await carryOut(context, wait, orElse(refusals), at));
}

/** Sends commands in their order, but hangs up on everybody at the same time: nobody is to answer meanwhile. */
async function sendAll(
	context: IWebhookFunctions,
	wait: Wait,
	commands: readonly FurtherCommand[],
): Promise<void> {
	const inOrder = async () => {
		for (const command of commands) {
			if (command.operation !== hangup) await sendUnlessGone(context, wait, command);
		}
	};
	const hangups = commands.filter(({ operation }) => operation === hangup);
	for (const { values } of hangups) noteEndedWhileWaiting(context, String(values.call_control_id));
	await Promise.all([
		inOrder(),
		...hangups.map(async (command) => await sendFurther(context, wait, command)),
	]);
}

/** Sends a command. If it is for somebody whom the step has called and who is gone, their hangup says so. */
async function sendUnlessGone(
	context: IWebhookFunctions,
	wait: Wait,
	command: FurtherCommand,
): Promise<void> {
	try {
		await sendFurther(context, wait, command);
	} catch (error) {
		const isOwnCall = command.values.call_control_id === wait.call_control_id;
		if (isOwnCall || !hasCallEnded(error)) return await Promise.reject(error);
		context.logger.debug(`Telnyx ${command.operation.name}: ${(error as Error).message}`);
	}
}

/** Why Telnyx did not take a command; undefined if it did. */
async function refusalOf(
	context: IWebhookFunctions,
	wait: Wait,
	command: FurtherCommand,
): Promise<string | undefined> {
	try {
		await sendFurther(context, wait, command);
		return undefined;
	} catch (error) {
		if (!(error instanceof TelnyxFailure)) return await Promise.reject(error);
		const { message } = error;
		context.logger.warn(`Telnyx refused '${command.operation.name}': ${message}`);
		if (makesLeg(command.operation)) noteRefused(wait.secret_hash, command.stage);
		const isForCaller = command.values.link_to === wait.call_control_id;
		if (isForCaller && hasCallEnded(error)) noteEndedWhileWaiting(context, wait.call_control_id);
		return message.replace(/\.$/, '');
	}
}

/** The end of a step that does not define one itself. */
function usualEnd(wait: Wait, happened: Happened): End {
	const { end, event } = happened;
	const { outputs } = wait.plan as Plan;
	const json = ofCall(wait);
	if (end.outcome === 'ended' && outputs.includes(HUNG_UP.name)) {
		return {
			...end,
			json: withEvent(wait.plan as Plan, happened, { ...json, ...hungUp(event) }),
			output: outputIn(wait.plan as Plan, HUNG_UP.name),
		};
	}
	if (end.outcome === 'timeout' && wait.at_timeout) {
		return { ...end, json: { ...json, outcome: 'timeout' }, output: wait.at_timeout.output };
	}
	return { ...end, json: { ...json, outcome: end.outcome } };
}

/** @param recording its ID, if there is one that could not be fetched */
function failedEnd(wait: Wait, error: Error, recording: unknown): End {
	const named = recording === undefined ? {} : { recording_id: recording as string };
	return {
		outcome: 'failure',
		reason: error.message.replace(/\.$/, ''),
		json: { ...ofCall(wait), outcome: 'failure', ...named },
		...(error instanceof TelnyxFailure && {
			description: error.description,
			details: { ...(error.details as IDataObject), ...named },
		}),
	};
}

/** The leg that the step acts on. */
const ofCall = ({ call_control_id: id, new_legs: [made] }: Wait): IDataObject => ({
	call_control_id: id || made,
});

const withEvent = (plan: Plan, { event }: Happened, json: IDataObject): IDataObject => {
	if (!plan.include_event || !event) return json;
	// Anybody who has the address can resume the execution.
	return { ...json, event: without(event, 'meta') };
};

/** Fetches a file by Telnyx's link, and stores it in n8n. */
async function fileOf(
	context: IWebhookFunctions,
	{ url, format, startedAt, id }: NonNullable<Done['file']>,
): Promise<{ binary: IBinaryKeyData }> {
	if (url === undefined) throw noLinkYet();
	const connection = { context, delivery: deliveryInWait(context, 'recording') };
	const file = await fetchLinkedFile(connection, url);
	const name = recordingName(startedAt, context.getTimezone(), id);
	return { binary: { data: await keptFile(context, file, { name, format }) } };
}
