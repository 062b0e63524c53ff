import type {
	IDataObject,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { laterOf } from '../shared/isLater';
import { without } from '../shared/without';
import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import { askToRepeat, IGNORED, receiveEvent } from '../telnyx/webhooks/receive';
import { isNewInProcess, responded } from '../telnyx/webhooks/seenInProcess';
import { workload } from '../telnyx/webhooks/workload';
import { hangUpWhileWaiting, stopAnnouncement } from './afterwards';
import { answers, notes, noteSeen, seenFor } from './answers';
import { PAUSE, type Behavior, type End } from './behavior';
import { endByEvent, endByNode } from './endBy';
import { isNoLongerNeeded, noteCallerLeft, noteWaitEnded } from './endedWaits';
import { executions } from './executions';
import {
	endLearning,
	noteCallWhileWaiting,
	noteEndedWhileWaiting,
	shareLearned,
	waitingLegsOf,
	type Leg,
} from './legs';
import { CUT_OFF, HANGUP, isGivenUp, KEY, newLegIn, outcomeOf, type Outcome } from './outcome';
import { learnOrigin, PATH } from './ownAddress';
import { isAlive } from './ownership';
import { readOwnRequest, SECRET_HEADER } from './ownRequest';
import { oneCommand } from './result';
import {
	entryOf,
	linkAllOutputs,
	separateOtherUses,
	storedWait,
	usedEventsOf,
} from './savedExecution';
import { noteKeyUsed } from './usedKeys';
import { hashOf, LEGS_MADE, stageIn, withAnswer, withLegs, type Wait } from './wait';
import { isTooEarly, stopClocks } from './wakeUp';

/** The response to an event that the execution goes on with, or has gone on with before. */
export const TAKEN = 'Taken';
const TAKEN_BEFORE: IWebhookResponseData = { webhookResponse: `${TAKEN} before` };

/** The webhook below the execution's own address, which exists only while it waits. */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: PATH,
		responseMode: 'onReceived',
		// If the execution goes on, n8n responds with this, not with what the node returns.
		responseData: TAKEN,
		restartWebhook: true,
		isFullPath: true,
	},
];

/** Responds to a request to the address of a waiting execution, and lets it go on if it was waiting for that. */
export async function resume(
	context: IWebhookFunctions,
	behavior: Behavior = oneCommand,
): Promise<IWebhookResponseData> {
	learnOrigin(context);
	const wait = storedWait(context);
	const { [SECRET_HEADER]: secret } = context.getHeaderData();
	if (typeof secret === 'string') return await resumeByNode(context, behavior, wait, secret);
	return await receiveEvent(context, 'Waiting Telnyx node', async (event, arrival) => {
		const { wait: named, eventId } = arrival;
		// Perhaps in another process.
		if (usedEventsOf(context).includes(eventId)) return TAKEN_BEFORE;
		const { wait: name, stage: told } = stageIn(named);
		// A leg names the last command for it, which an earlier node may have sent.
		const stage = name === wait?.name ? told : '';
		if (wait) noteSeen(wait.secret_hash, newLegIn(event, withReply(wait), name));
		const awaited = wait && withReply(wait);
		const reported = awaited && outcomeOf(event, awaited, name);
		if (!reported) return IGNORED;
		if (!(await isNew(context, eventId))) return TAKEN_BEFORE;
		shareLearned(context, awaited);
		rememberLeg(context, event, awaited);
		const outcome = await endOfRinging(context, event, awaited, reported);
		const end = await behavior.follow(context, awaited, {
			end: endByEvent(event, awaited, outcome),
			event,
			stage,
			at: arrival.receivedAt,
		});
		if (!end) return GOES_ON_WAITING;
		if (!(await isFirst(context, awaited))) return askToRepeat(context);
		await followUp(context, event, awaited, end.outcome);
		noteUsed(context, eventId);
		return goOn(context, behavior, awaited, end);
	});
}

/**
 * Whoever stopped the ringing of a transfer: if it was the caller, the wait has ended, and has not failed. Telnyx is
 * asked whether the caller is there.
 */
async function endOfRinging(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	wait: Wait,
	outcome: Outcome,
): Promise<Outcome> {
	if (outcome !== 'failure' || !isGivenUp(event, wait)) return outcome;
	const caller = { context, values: { call_control_id: wait.call_control_id } };
	if (await isAlive(caller).catch(() => true)) return outcome;
	noteEndedWhileWaiting(context, wait.call_control_id);
	return 'ended';
}

/** The response if the wait goes on, for example because another command was sent. */
const GOES_ON_WAITING: IWebhookResponseData = { webhookResponse: TAKEN };

/** The wait with what is known of its command. The reply may be known in this process only. */
const withReply = (wait: Wait, reply: IDataObject = {}): Wait =>
	withLegs(
		withAnswer(wait, { ...answers.get(wait.secret_hash), ...reply }),
		seenFor(wait.secret_hash),
	);

const isNew = async (context: IWebhookFunctions, eventId: string): Promise<boolean> =>
	await isNewInProcess(context, context.getExecutionId(), eventId);

/**
 * Whether nothing else has ended this wait in this process: two events may come at once, and n8n 1 would
 * go on with both.
 */
const isFirst = async (context: IWebhookFunctions, { secret_hash: wait }: Wait): Promise<boolean> =>
	await isNewInProcess(context, 'wait', wait);

/** How many of the events that it went on with an execution remembers. Telnyx repeats an event for a minute. */
const MOST_USED = 50;

function noteUsed(context: IWebhookFunctions, eventId: string): void {
	const used = usedEventsOf(context);
	used.push(eventId);
	used.splice(0, used.length - MOST_USED);
}

/** Notes what later nodes of the execution have to know about the leg. */
function rememberLeg(context: IWebhookFunctions, event: TelnyxEvent, wait: Wait): void {
	const { call_control_id: about, client_state: clientState, status } = payloadOf(event);
	const id = typeof about === 'string' ? about : wait.call_control_id;
	if (id === '') return;
	const leg = (waitingLegsOf(context)[id] ??= {});
	if (typeof clientState === 'string') leg.client_state = clientState;
	if (event.event_type === HANGUP || status === CUT_OFF) leg.has_ended = true;
	const { connection_id: connection } = payloadOf(event);
	if (typeof connection === 'string') leg.connection_id = connection;
	const [own, other] = sidesOf(context, event, wait, leg);
	if (typeof own === 'string') leg.own_number = own;
	if (typeof other === 'string') leg.other_number = other;
	// Any event of a dialed call other than its hangup means that it was answered.
	if (wait.call_control_id === '' && wait.makes_leg && event.event_type !== HANGUP) {
		noteCallWhileWaiting(context, wait, id);
	}
	const usesKeys = event.event_type === KEY || event.event_type.endsWith('gather.ended');
	if (usesKeys && typeof event.occurred_at === 'string') {
		leg.key_used_at = laterOf(event.occurred_at, leg.key_used_at);
		noteKeyUsed(id, event.occurred_at);
	}
}

/**
 * The numbers on this side of a leg and on the other, where it is known who called whom: most events do not say
 * it, and a call that another execution has answered or dialed may be either.
 */
function sidesOf(context: IWebhookFunctions, event: TelnyxEvent, wait: Wait, leg: Leg): unknown[] {
	const { direction, from, to, call_control_id: about } = payloadOf(event);
	const isMade = wait.new_legs.some((made) => made === about);
	// Telnyx shows the number of the call that it is linked to.
	const isLinked = isMade && wait.stops_ringing;
	const linkedTo = isLinked ? waitingLegsOf(context)[wait.call_control_id] : undefined;
	if (linkedTo) return [linkedTo.own_number, to];
	if (direction === 'incoming' || leg.is_answered) return [to, from];
	return direction === 'outgoing' || isMade ? [from, to] : [];
}

/** What the node does at once, before the next node runs. */
async function followUp(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	wait: Wait,
	outcome: Outcome,
): Promise<void> {
	if (outcome === 'key') await stopAnnouncement(context, wait);
	const { call_control_id: ended } = payloadOf(event);
	if (outcome === 'ended' && wait.stops_ringing && !wait.new_legs.some((leg) => leg === ended)) {
		// The command's answer may come at any moment: who learns of it from now on hangs up.
		noteCallerLeft(wait);
		await hangUpWhileWaiting(context, wait, legsNow(wait));
	}
}

const legsNow = (wait: Wait): string[] => withReply(wait).new_legs;

/** Ends the legs that became known while the last commands of the wait were being sent. */
function endLateLegs(context: IWebhookFunctions, wait: Wait): void {
	if (!(LEGS_MADE in (answers.get(wait.secret_hash) ?? {}))) return;
	const late = legsNow(wait).filter(
		(leg) => !wait.new_legs.includes(leg) && isNoLongerNeeded(wait, leg),
	);
	void hangUpWhileWaiting(context, wait, late);
}

/** Handles a report of the node itself: the time is over, or its command has a result. */
async function resumeByNode(
	context: IWebhookFunctions,
	behavior: Behavior,
	wait: Wait | undefined,
	secret: string,
): Promise<IWebhookResponseData> {
	if (!wait || hashOf(secret) !== wait.secret_hash) {
		context.getResponseObject().status(401).send('Unauthorized').end();
		return { noWebhookResponse: true };
	}
	const request = readOwnRequest(context.getBodyData());
	if (request.kind === 'question') return IGNORED;
	if (request.kind === 'answered') {
		answers.set(wait.secret_hash, request.answer);
		return IGNORED;
	}
	if (request.kind === 'pause' && isTooEarly(wait)) return IGNORED;
	const awaited = withReply(wait, request.answer);
	shareLearned(context, awaited);
	if (request.kind === 'refused') {
		const { leg, otherLegs = [] } = request.failure;
		for (const ended of [leg ?? '', ...otherLegs]) noteEndedWhileWaiting(context, ended);
	}
	const end = await behavior.follow(context, awaited, {
		end: endByNode(awaited, request),
		stage: request.kind === 'pause' ? PAUSE : '',
		at: Date.now(),
	});
	if (!end) return GOES_ON_WAITING;
	if (!(await isFirst(context, wait))) return askToRepeat(context);
	return goOn(context, behavior, awaited, end);
}

/** Ends the wait: the next nodes run, the node fails, or the branch ends, as the user has set it. */
function goOn(
	context: IWebhookFunctions,
	behavior: Behavior,
	wait: Wait,
	end: End,
): IWebhookResponseData {
	const executionId = context.getExecutionId();
	stopClocks(wait);
	if (wait.makes_leg) {
		noteWaitEnded(wait, end.json.other_call_control_id);
		endLateLegs(context, wait);
	}
	answers.delete(wait.secret_hash);
	notes.delete(wait.secret_hash);
	endLearning(context, wait);
	if (executions.get(executionId)) executions.runs(executionId, false);
	else workload.noteElsewhere();
	workload.add(responded(context.getResponseObject()));
	const entry = entryOf(context);
	const input = entry?.data.main?.flat().find((item) => item !== null && item !== undefined);
	if (entry) entry.metadata = without(entry.metadata ?? {}, 'resumeError', 'telnyxWait');
	separateOtherUses(context);
	const output = behavior.output(context.getNode(), wait, end, input?.json ?? {});
	const items = withFilesOf(input, output.items);
	linkAllOutputs(entry, items.length);
	// n8n 2 fails with it. n8n 1 has no such feature: it goes on, and the output says what happened.
	if (output.fails && entry) entry.metadata = { ...entry.metadata, resumeError: output.fails };
	return { workflowData: items };
}

const withFilesOf = (
	input: INodeExecutionData | undefined,
	outputs: INodeExecutionData[][],
): INodeExecutionData[][] =>
	input?.binary
		? outputs.map((items) =>
				items.map((item) => ({ ...item, binary: { ...input.binary, ...item.binary } })),
			)
		: outputs;
