import {
	NodeOperationError,
	type IDataObject,
	type INodeParameters,
	type IRunExecutionData,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { payloadOf, type TelnyxEvent } from '../../telnyx/event';
import { acceptance, SeenEvents } from '../../telnyx/seenEvents';
import { answerEvent, IGNORED } from '../../telnyx/webhook';
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

const seen = new SeenEvents(10_000);

/** Answers one request to the address of a waiting execution, and lets it go on if that was awaited. */
export const resume = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await answerEvent(context, 'Waiting Telnyx node', async (event) => {
		const waiting = context.evaluateExpression('{{ $json }}', 0) as INodeParameters;
		const awaited = waiting[AWAITED] as Awaited;
		const { [MARK]: mark } = context.getQueryData() as IDataObject;
		const isNew = (await isNewHere(context, event)) && !hasGoneOnWith(context, event);
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

async function isNewHere(context: IWebhookFunctions, { id }: TelnyxEvent): Promise<boolean> {
	if (typeof id !== 'string') return true;
	const name = `${context.getExecutionId()} ${id}`;
	return await seen.isNew(name, acceptance(context.getResponseObject()));
}

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
	const { hangup_cause, sip_hangup_cause, failure_cause, status, reason } = payloadOf(event);
	const causes = [hangup_cause, sip_hangup_cause, failure_cause, status, reason]
		.filter((cause) => typeof cause === 'string' && cause !== '')
		.join(', ');
	return new NodeOperationError(
		context.getNode(),
		event.event_type === HANGUP || outcome === 'ended'
			? 'The call ended before the outcome was there'
			: `It did not work out: Telnyx reports ${event.event_type}`,
		{ itemIndex: 0, description: causes ? `Cause: ${causes}.` : undefined },
	);
}
