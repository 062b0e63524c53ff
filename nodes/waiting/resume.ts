import {
	NodeOperationError,
	type IDataObject,
	type INodeParameters,
	type IRunExecutionData,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import { isNewInProcess } from '../telnyx/webhooks/seenInProcess';
import { IGNORED, receiveEvent } from '../telnyx/webhooks/receive';
import { HANGUP, outcomeOf, type Awaited, type Outcome } from './outcome';
import { AWAITED, MARK, PATH } from './start';

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

/** Answers one request to the address of a waiting execution, and lets it go on if that was awaited. */
export const resume = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await receiveEvent(context, 'Waiting Telnyx node', async (event) => {
		const waiting = context.evaluateExpression('{{ $json }}', 0) as INodeParameters;
		const awaited = waiting[AWAITED] as Awaited;
		const { [MARK]: mark } = context.getQueryData() as IDataObject;
		const isNew = (await hasNotCome(context, event)) && !hasGoneOnWith(context, event);
		const outcome = isNew ? outcomeOf(event, awaited, mark) : undefined;
		if (!outcome) return IGNORED;
		noteFailure(context, outcome, event);
		const { call_control_id } = awaited;
		const command = without(waiting, AWAITED, 'outcome') as IDataObject;
		// The address lets go on with the execution whoever has it: it does not belong into the output.
		const meta = event.meta && without(event.meta, 'delivered_to');
		const json = { ...event, meta, outcome, ...(call_control_id && { call_control_id }), command };
		return {
			webhookResponse: 'Accepted',
			workflowData: [[{ json, pairedItem: { item: 0 } }]],
		};
	});

const hasNotCome = async (context: IWebhookFunctions, { id }: TelnyxEvent): Promise<boolean> =>
	typeof id !== 'string' || (await isNewInProcess(context, context.getExecutionId(), id));

/** What n8n keeps of the execution. Its class has it, the interface for nodes does not. */
const runOf = (context: IWebhookFunctions) =>
	(context as IWebhookFunctions & { runExecutionData?: IRunExecutionData | null }).runExecutionData;

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

/**
 * Makes the node fail, or not fail, when the execution goes on. n8n 2 takes the error from where it was
 * noted for the end of the time; n8n 1 knows no such thing, and the output says what happened.
 */
function noteFailure(context: IWebhookFunctions, outcome: Outcome, event: TelnyxEvent): void {
	const entry = runOf(context)?.executionData?.nodeExecutionStack[0];
	if (!entry?.metadata?.resumeError) return;
	const metadata = without(entry.metadata, 'resumeError');
	if (outcome !== 'success') metadata.resumeError = failure(context, outcome, event);
	entry.metadata = metadata;
}

const without = <T extends object>(object: T, ...names: string[]) =>
	Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name))) as T;

function failure(context: IWebhookFunctions, outcome: Outcome, event: TelnyxEvent) {
	const payload = payloadOf(event);
	const causes = CAUSES.map((name) => payload[name])
		.filter((cause) => (typeof cause === 'string' && cause !== '') || typeof cause === 'number')
		.join(', ');
	return new NodeOperationError(context.getNode(), whatHappened(outcome, event), {
		itemIndex: 0,
		description: causes ? `Cause: ${causes}.` : undefined,
	});
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

function whatHappened(outcome: Outcome, { event_type }: TelnyxEvent): string {
	if (outcome === 'ended') return 'The call ended before the outcome was there';
	return event_type === HANGUP
		? 'The call was hung up before it was answered or connected'
		: `It did not work out: Telnyx reports ${event_type}`;
}
