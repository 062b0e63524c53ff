import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { placed } from '../operations/run/placing';
import { isTool } from '../operations/tool';
import { without } from '../shared/without';
import type { End, Output } from '../waiting/behavior';
import { toolOutput } from '../waiting/forModel';
import { CALL_ENDS, FAIL } from '../waiting/parameters';
import { isGood, outputOf, withoutReason } from '../waiting/result';
import type { OutputPlace, Wait } from '../waiting/wait';
import { outputNames } from './outputs';
import { STEPS } from './steps';
import { HUNG_UP } from './steps/step';

/** The data that the node saves with each wait, besides the step's own. */
export interface Plan extends IDataObject {
	readonly step: string;
	/** The names of the outputs, in order. */
	readonly outputs: string[];
	readonly include_event: boolean;
}

/** A user's own outputs come first, and may have the same name. */
export const outputIn = ({ outputs }: Pick<Plan, 'outputs'>, name: string): number =>
	outputs.lastIndexOf(name);

/** Where a step goes on after an error, if n8n is to do that. */
export function placeOfFailure({ step, outputs }: Pick<Plan, 'step' | 'outputs'>): OutputPlace {
	const { ifFails } = STEPS[step];
	// Some outputs are there only with certain settings.
	const output = ifFails ? Math.max(0, outputIn({ outputs }, ifFails.output)) : 0;
	return { output, of: outputs.length };
}

const inPlace = (
	{ output, of }: OutputPlace,
	items: INodeExecutionData[],
): INodeExecutionData[][] =>
	Array.from({ length: of }, (_, index) => (index === output ? items : []));

/** What the caller said or pressed in an earlier step stays. */
const ofInput = (input: IDataObject, { step }: Pick<Plan, 'step'>): IDataObject =>
	without(withoutReason(input), ...(STEPS[step].replaces ?? []));

/** The item of a step whose time is over without the node noticing it. */
export function atTimeout(
	input: IDataObject,
	{ call_control_id: leg }: IDataObject,
	wait: Wait,
): IDataObject {
	const plan = wait.plan as Plan;
	return {
		...ofInput(input, plan),
		...(leg !== undefined && { call_control_id: leg }),
		...STEPS[plan.step].ifFails?.json,
		outcome: 'timeout',
	};
}

/**
 * The items of a step that fails before it begins, in their output, if n8n is to go on. An agent reads the
 * first output, and what it may do is decided by the item.
 */
export function failedBefore(
	node: INode,
	step: string,
	items: readonly INodeExecutionData[],
): INodeExecutionData[] {
	if (!Object.hasOwn(STEPS, step)) return [...items];
	const { ifFails, replaces = [] } = STEPS[step];
	const failed = items.map((item) => ({
		...item,
		json: { ...without(item.json, ...replaces), ...ifFails?.json },
	}));
	if (isTool(node)) return failed;
	return placed(inPlace(placeOfFailure({ step, outputs: outputNames(node.parameters) }), failed));
}

const GONE = { output: HUNG_UP.name, json: { outcome: 'hung_up' } };

/** The item on its output; its own fields stay. */
export function output(node: INode, wait: Wait, end: End, input: IDataObject): Output {
	const answer = toolOutput(node, end);
	if (answer) return answer;
	const plan = wait.plan as Plan;
	const { ifFails, ifGone = GONE } = STEPS[plan.step];
	const forGone = end.outcome === 'ended' ? outputIn(plan, ifGone.output) : -1;
	const place = end.output ?? forGone;
	const json = {
		...ofInput(input, plan),
		...end.json,
		...(end.output === undefined && place >= 0 && ifGone.json),
	};
	if (place >= 0) {
		const item = { json, pairedItem: { item: 0 }, ...(end.binary && { binary: end.binary }) };
		return { items: inPlace({ output: place, of: plan.outputs.length }, [item]) };
	}
	const settings = { on_failure: FAIL, on_call_end: CALL_ENDS };
	if (isGood(end.outcome)) return outputOf(node, settings, end, json);
	const failed = outputOf(node, settings, end, { ...json, ...ifFails?.json });
	if (node.onError !== 'continueRegularOutput') return failed;
	return { items: inPlace(placeOfFailure(plan), failed.items[0]) };
}
