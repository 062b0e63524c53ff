import type { IBinaryKeyData, IDataObject, INode, IWebhookFunctions } from 'n8n-workflow';

import { without } from '../shared/without';
import { named } from '../telnyx/http/fileName';
import { fetchLinkedFile } from '../telnyx/http/client';
import { TelnyxFailure } from '../telnyx/http/failure';
import { payloadOf } from '../telnyx/webhooks/parseEvent';
import { notes } from '../waiting/answers';
import type { Behavior, End, Happened, Output } from '../waiting/behavior';
import { deliveryInWait } from '../waiting/delivery';
import { sendFurther, wakeUp } from '../waiting/lead';
import { toolOutput } from '../waiting/forModel';
import { HANGUP } from '../waiting/outcome';
import { FAIL } from '../waiting/parameters';
import { outputOf } from '../waiting/result';
import type { Wait } from '../waiting/wait';
import { STEPS } from './steps';
import { HUNG_UP, isDone, type Next } from './steps/step';

/** What the node saves with each wait, besides what the step itself has to know. */
export interface Plan extends IDataObject {
	readonly step: string;
	/** The names of the outputs, in their order. */
	readonly outputs: string[];
	readonly include_event: boolean;
}

/** A node that leads a call through a step. */
export const phoneCall: Behavior = {
	atTimeout: (input, { call_control_id: leg }) => ({
		...input,
		...(leg !== undefined && { call_control_id: leg }),
		outcome: 'timeout',
	}),
	follow,
	output,
};

/** Carries on with the step after something has happened. */
async function follow(
	context: IWebhookFunctions,
	wait: Wait,
	happened: Happened,
): Promise<End | undefined> {
	const plan = wait.plan as Plan;
	const known = { ...notes.get(wait.secret_hash) };
	const next = STEPS[plan.step].next?.({ ...happened, wait, plan, notes: known });
	notes.set(wait.secret_hash, known);
	if (next === undefined) return usualEnd(wait, happened);
	try {
		for (const command of next.send ?? []) await sendFurther(context, wait, command);
		if (!isDone(next)) {
			if (next.wakeUpMs !== undefined) await wakeUp(context, wait, next.wakeUpMs);
			return undefined;
		}
		const file = next.file && (await fileOf(context, next.file));
		return {
			...happened.end,
			json: withEvent(plan, happened, { ...ofCall(wait), ...next.json }),
			output: typeof next.output === 'number' ? next.output : plan.outputs.indexOf(next.output),
			...file,
		};
	} catch (error) {
		return failedEnd(wait, error as Error);
	}
}

/** What ends a step that says nothing of its own about it. */
function usualEnd(wait: Wait, happened: Happened): End {
	const { end, event } = happened;
	const { outputs } = wait.plan as Plan;
	const json = ofCall(wait);
	if (end.outcome === 'ended' && outputs.includes(HUNG_UP.name)) {
		const { hangup_cause, hangup_source } =
			event?.event_type === HANGUP ? payloadOf(event) : ({} as IDataObject);
		const why = { ...(hangup_cause && { hangup_cause }), ...(hangup_source && { hangup_source }) };
		return {
			...end,
			json: withEvent(wait.plan as Plan, happened, { ...json, outcome: 'hung_up', ...why }),
			output: outputs.indexOf(HUNG_UP.name),
		};
	}
	if (end.outcome === 'timeout' && wait.at_timeout) {
		return { ...end, json: { ...json, outcome: 'timeout' }, output: wait.at_timeout.output };
	}
	return { ...end, json: { ...json, outcome: end.outcome } };
}

const failedEnd = (wait: Wait, error: Error): End => ({
	outcome: 'failure',
	reason: error.message.replace(/\.$/, ''),
	json: { ...ofCall(wait), outcome: 'failure' },
	...(error instanceof TelnyxFailure && {
		description: error.description,
		details: error.details as IDataObject,
	}),
});

/** The leg that the step is for. */
const ofCall = ({ call_control_id: id, new_legs: [made] }: Wait): IDataObject => ({
	call_control_id: id || made,
});

const withEvent = (plan: Plan, { event }: Happened, json: IDataObject): IDataObject => {
	if (!plan.include_event || !event) return json;
	// The address lets go on with the execution whoever has it.
	return { ...json, event: without(event, 'meta') };
};

/** Fetches a file that Telnyx has a link to, and gives it to n8n. */
async function fileOf(
	context: IWebhookFunctions,
	{ url, name }: NonNullable<Extract<Next, { file?: unknown }>['file']>,
): Promise<{ binary: IBinaryKeyData }> {
	const { content, ...said } = await fetchLinkedFile(
		{ context, delivery: deliveryInWait(context, 'recording') },
		url,
	);
	const { fileName, contentType } = named(said, name, 'mp3');
	const data = await context.helpers.prepareBinaryData(content, fileName, contentType);
	return { binary: { data } };
}

/** Puts the item out where it belongs; its own fields stay. */
function output(node: INode, { plan }: Wait, end: End, input: IDataObject): Output {
	const answer = toolOutput(node, end);
	if (answer) return answer;
	const { outputs } = plan as Plan;
	const json = { ...input, ...end.json };
	if (end.output === undefined || end.output < 0) {
		return outputOf(node, { on_failure: FAIL, on_call_end: FAIL }, end, json);
	}
	const item = { json, pairedItem: { item: 0 }, ...(end.binary && { binary: end.binary }) };
	return { items: outputs.map((_, index) => (index === end.output ? [item] : [])) };
}
