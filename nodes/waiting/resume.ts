import {
	type IDataObject,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { stopAnnouncement, stopRinging } from './afterwards';
import { answers } from './answers';
import { deadlines } from './deadlines';
import { executions } from './executions';
import { noteLeft } from './left';
import { KEY, outcomeOf, whatHappened, type Outcome } from './outcome';
import { learnOrigin, PATH } from './ownAddress';
import { readOwnRequest, SECRET_HEADER, type OwnRequest } from './ownRequest';
import { ofInput, outputOf, timeIsOver, without, type End } from './result';
import { entryOf, hashOf, runOf, storedWait, waitingLegsOf, type Wait } from './wait';
import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import { askToRepeat, IGNORED, receiveEvent } from '../telnyx/webhooks/receive';
import { isNewInProcess } from '../telnyx/webhooks/seenInProcess';

/** Below the execution's own address, and only while it waits. */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: PATH,
		responseMode: 'onReceived',
		restartWebhook: true,
		isFullPath: true,
	},
];

/** What an execution answers to an event that it goes on with, now or before. */
export const TAKEN = 'Taken';
const TAKEN_BEFORE: IWebhookResponseData = { webhookResponse: `${TAKEN} before` };

/** Answers one request to the address of a waiting execution, and lets it go on if that was awaited. */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	learnOrigin(context);
	const wait = storedWait(context);
	const { [SECRET_HEADER]: secret } = context.getHeaderData();
	if (typeof secret === 'string') return resumeByNode(context, wait, secret);
	return await receiveEvent(context, 'Waiting Telnyx node', async (event, { wait: name }) => {
		if (hasGoneOnWith(context, event)) return TAKEN_BEFORE;
		const awaited = wait && withAnswer(wait);
		const outcome = awaited && outcomeOf(event, awaited, name);
		if (!outcome) return IGNORED;
		if (!(await isNew(context, event))) return TAKEN_BEFORE;
		if (!(await isFirst(context, awaited))) return askToRepeat(context);
		rememberLeg(context, event, awaited);
		await followUp(context, event, awaited, outcome);
		return goOn(context, awaited, endBy(event, awaited, outcome));
	});
}

/** What the command answered may be known in this process only. */
function withAnswer(wait: Wait): Wait {
	const answer = answers.get(wait.secret_hash);
	const { call_control_id: leg } = answer ?? {};
	return {
		...wait,
		...(wait.makes_leg &&
			typeof leg === 'string' &&
			leg !== wait.call_control_id && { new_leg: leg }),
		command: { ...wait.command, ...answer },
	};
}

const isNew = async (context: IWebhookFunctions, { id }: TelnyxEvent): Promise<boolean> =>
	typeof id !== 'string' || (await isNewInProcess(context, context.getExecutionId(), id));

/**
 * Whether nothing else has ended this wait in this process: two events may come at once, and n8n 1 would
 * go on with both.
 */
const isFirst = async (context: IWebhookFunctions, { secret_hash: wait }: Wait): Promise<boolean> =>
	await isNewInProcess(context, 'wait', wait);

/** Another process may have gone on with the event: an earlier node has it as its output then. */
function hasGoneOnWith(context: IWebhookFunctions, { id }: TelnyxEvent): boolean {
	const runs = Object.values(runOf(context)?.resultData.runData ?? {}).flat();
	return (
		id !== undefined &&
		runs.some(({ data }) =>
			data?.main?.some((items) => items?.some(({ json }) => json.id === id && json.outcome)),
		)
	);
}

/** What later nodes of the execution have to know of the leg. */
function rememberLeg(context: IWebhookFunctions, event: TelnyxEvent, wait: Wait): void {
	const { call_control_id: about, client_state: clientState } = payloadOf(event);
	const id = typeof about === 'string' ? about : wait.call_control_id;
	if (id === '') return;
	const leg = (waitingLegsOf(context)[id] ??= {});
	if (typeof clientState === 'string') leg.client_state = clientState;
	const usesKeys = event.event_type === KEY || event.event_type.endsWith('gather.ended');
	if (usesKeys && typeof event.occurred_at === 'string') leg.key_used_at = event.occurred_at;
}

/** What the node does at once, before the next one runs. */
async function followUp(
	context: IWebhookFunctions,
	event: TelnyxEvent,
	wait: Wait,
	outcome: Outcome,
): Promise<void> {
	if (outcome === 'key') await stopAnnouncement(context, wait);
	const { call_control_id: ended } = payloadOf(event);
	if (outcome === 'ended' && wait.call_control_id === '' && ended !== wait.new_leg) {
		if (wait.new_leg === '') noteLeft(wait);
		else await stopRinging(context, wait);
	}
}

function endBy(event: TelnyxEvent, wait: Wait, outcome: Outcome): End {
	// The address lets go on with the execution whoever has it: it does not belong into the output.
	const meta = event.meta && without(event.meta, 'delivered_to');
	const { call_control_id: about, digit } = payloadOf(event);
	const leg = wait.call_control_id || wait.new_leg || about;
	const other = otherLeg(wait, leg, about);
	const payload = payloadOf(event);
	const causes = CAUSES.map((name) => payload[name])
		.filter((cause) => (typeof cause === 'string' && cause !== '') || typeof cause === 'number')
		.join(', ');
	return {
		outcome,
		reason: whatHappened(outcome, event, wait),
		json: {
			...event,
			meta: meta as IDataObject,
			...(leg !== undefined && { call_control_id: leg }),
			...(other !== undefined && { other_call_control_id: other }),
			...(outcome === 'key' && { digit }),
		},
		...(causes && { description: `Cause: ${causes}.` }),
		details: { event_type: event.event_type, ...(causes && { causes }) },
	};
}

/** The leg that a transfer made, or that a bridge is with, as far as it is known. */
function otherLeg(wait: Wait, leg: unknown, about: unknown): unknown {
	const known = wait.new_leg || (wait.makes_leg ? about : wait.other_legs[0]);
	return known === leg || known === null ? undefined : known;
}

/** Where the payload of an event says why. */
const CAUSES = [
	'hangup_cause',
	'sip_hangup_cause',
	'sip_notify_response',
	'failure_cause',
	'status',
	'status_detail',
	'result',
	'pay_error_code',
	'reason',
];

/** The node itself reports that the time is over, or what came of its command. */
async function resumeByNode(
	context: IWebhookFunctions,
	wait: Wait | undefined,
	secret: string,
): Promise<IWebhookResponseData> {
	if (!wait || hashOf(secret) !== wait.secret_hash) {
		context.getResponseObject().status(401).send('Unauthorized').end();
		return { noWebhookResponse: true };
	}
	const request = readOwnRequest(context.getBodyData());
	if (request.kind === 'answered') {
		answers.set(wait.secret_hash, request.answer);
		return IGNORED;
	}
	if (!(await isFirst(context, wait))) return askToRepeat(context);
	const awaited = withAnswer({ ...wait, command: { ...wait.command, ...request.answer } });
	return goOn(context, awaited, endByNode(awaited, request));
}

function endByNode(wait: Wait, request: Exclude<OwnRequest, { kind: 'answered' }>): End {
	const leg = wait.call_control_id || wait.new_leg || wait.command.call_control_id;
	const json = leg ? { call_control_id: leg } : {};
	if (request.kind === 'timeout') {
		const { message, description } = timeIsOver(wait);
		return { outcome: 'timeout', reason: message, description, json: { ...wait.command, ...json } };
	}
	const { message, description, details, outcome } = request.failure;
	return { outcome, reason: message, description, details, json };
}

/** Ends the wait: the next nodes run, the node fails, or nothing more happens, as the user wants it. */
function goOn(context: IWebhookFunctions, wait: Wait, end: End): IWebhookResponseData {
	const executionId = context.getExecutionId();
	deadlines.clear(wait.secret_hash);
	answers.delete(wait.secret_hash);
	if (executions.get(executionId)) executions.runs(executionId, false);
	const entry = entryOf(context);
	const input = entry?.data.main?.flat().find((item) => item !== null && item !== undefined);
	const command = wait.command;
	const json: IDataObject = { ...ofInput(input), ...end.json, outcome: end.outcome, command };
	if (entry) entry.metadata = without(entry.metadata ?? {}, 'resumeError', 'telnyxWait');
	const output = outputOf(context.getNode(), wait, end, json);
	// n8n 2 fails with it. n8n 1 knows no such thing: it goes on, and the output says what happened.
	if (output.fails && entry) entry.metadata = { ...entry.metadata, resumeError: output.fails };
	return { webhookResponse: TAKEN, workflowData: [output.items] };
}
