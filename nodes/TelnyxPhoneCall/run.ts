import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { hangup } from '../catalogue/call/hangup';
import type { Fields } from '../catalogue/schema/field';
import { sendsRequest } from '../catalogue/schema/operation';
import type { Command } from '../operations/extension';
import type { OutputSettings } from '../operations/form/output';
import type { FormValues } from '../operations/layout';
import { toRequest } from '../operations/request';
import { deriveCommandId } from '../operations/request/commandId';
import { InputError } from '../operations/request/complaints';
import { wireValues } from '../operations/request/values';
import { runItems, type CarryOut } from '../operations/run';
import { senderFor } from '../operations/run/item';
import { placed } from '../operations/run/placing';
import { readForm } from '../operations/run/reading';
import type { Run } from '../operations/run/start';
import { isTool } from '../operations/tool';
import { hasEnded, TelnyxFailure } from '../telnyx/http/failure';
import { waitFor } from '../waiting';
import { whyCannotWait, whyNotSeveralOutputs } from '../waiting/checks';
import { FAIL } from '../waiting/parameters';
import { type Wait } from '../waiting/wait';
import { noteEnded } from '../waiting/legs';
import { answeringFirst } from './answering';
import { callOf, toolIn } from './call';
import { callerOf } from './caller';
import { phoneCall } from './follow';
import { fieldsOf } from './form';
import { outputNames } from './outputs';
import { failedBefore, outputIn, placeOfFailure, type Plan } from './stepOutput';
import { STEPS } from './steps';
import { isAlwaysSet, type Beginning, type Call, type Step } from './steps/step';

/** Carries out the step that the user selected. */
export async function executeStep(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const name = String(context.getNodeParameter('operation', 0));
	const step = STEPS[name];
	const carryOut: CarryOut = async (run, item, itemIndex) => {
		if (!Object.hasOwn(STEPS, name)) throw new InputError([`There is no step '${name}'`]);
		const { set, call } = await readStep(run, step, item, itemIndex);
		if (step.makesCall) Object.assign(set, await callerOf(run, set));
		const output = step.atOnce?.(set);
		const begun = step.begin(set, call);
		const answersFirst = step.answersFirst && call.isRinging && output === undefined;
		const beginning = answersFirst ? answeringFirst(begun) : begun;
		const command = await commandOf(run, beginning, item, itemIndex);
		const send = senderFor(run, name, command);
		if (output !== undefined && command.request) {
			if (!(await isTaken(context, call, send(command.request)))) return [];
			if (command.operation === hangup) noteEnded(context, call.id);
			const ofItem = isTool(context.getNode()) ? {} : item.json;
			const json = { ...ofItem, call_control_id: call.id, outcome: output.toLowerCase() };
			return [{ json, pairedItem: { item: itemIndex } }];
		}
		const { alongside, followedBy, wakeUpMs } = beginning;
		const wait = waitOf(context, name, beginning, set);
		const special = { wait, behavior: phoneCall, alongside, followedBy, wakeUpMs };
		return placed(await waitFor(command, send, special));
	};
	return await runItems(context, carryOut, (node, items) => failedBefore(node, name, items));
}

/**
 * Whether Telnyx took a command. If the call has ended, the branch ends: a caller who has left is no error.
 * An agent is told.
 * @throws what `sent` rejects with otherwise
 */
async function isTaken(
	context: IExecuteFunctions,
	{ id }: Call,
	sent: Promise<unknown>,
): Promise<boolean> {
	const ifGone = async (error: unknown) => {
		const isGone = error instanceof TelnyxFailure && hasEnded(error);
		if (isGone) noteEnded(context, id);
		return isGone && !isTool(context.getNode()) ? false : await Promise.reject(error);
	};
	return await sent.then(() => true, ifGone);
}

/** Who ends a call that is over has what they wanted. */
const ENDED_IS_FINE: OutputSettings = { already_ended_is_success: true };

const NO_CALL =
	"There is no call to act on. Put this node after a Telnyx Advanced Trigger, or after Answer or Call Someone, or set 'Call Control ID' in Options";

/**
 * The user's settings, checked, and the call to act on.
 * @throws InputError with everything that is wrong
 */
async function readStep(
	{ context, whyPrivate }: Run,
	step: Step,
	{ json }: INodeExecutionData,
	itemIndex: number,
): Promise<{ set: IDataObject; call: Call }> {
	const fields = fieldsOf(step);
	const complaints: string[] = [];
	const read = readForm(context, fields, itemIndex);
	const form = { ...read.form, ...startsOfEmptied(fields, read.form) };
	const set = wireValues(fields, { ...read, form, whyPrivate, within: [], complaints });
	const call = step.makesCall
		? { id: '', otherLegs: [], tool: toolIn(context, itemIndex) }
		: callOf(context, json, set.call_control_id);
	complaints.push(...besides(complaints, step.check?.(set, call) ?? []));
	if (!call) complaints.push(NO_CALL);
	complaints.push(...whyNotSeveralOutputs('Telnyx Phone Call has'));
	if (step.atOnce?.(set) === undefined) {
		complaints.push(...(await whyCannotWait(context, complaints.length === 0)));
	}
	if (!call || complaints.length > 0) throw new InputError(complaints);
	return { set, call };
}

/** What the fields that the form always shows start with, for those that were emptied. */
const startsOfEmptied = (fields: Fields, form: FormValues): FormValues =>
	Object.fromEntries(
		Object.entries(fields).flatMap(([name, field]) => {
			const isEmpty = [undefined, null, ''].some((empty) => form[name] === empty);
			return isEmpty && isAlwaysSet(field) ? [[name, field.start]] : [];
		}),
	);

/** Without those about a field that is wrong by itself, and so is not among the settings that were checked. */
const besides = (complaints: readonly string[], together: readonly string[]): string[] => {
	const wrong = complaints.map((complaint) => /^'[^']+'/.exec(complaint)?.[0]);
	return together.filter((one) => !wrong.some((label) => label && one.includes(label)));
};

async function commandOf(
	{ context, origin }: Run,
	{ command: { operation, values, file } }: Beginning,
	{ json }: INodeExecutionData,
	itemIndex: number,
): Promise<Command> {
	const content = file && (await context.helpers.getBinaryDataBuffer(itemIndex, file.from));
	const complete = {
		...values,
		...(content && file && { [file.field]: content.toString('base64') }),
	};
	return {
		context,
		itemIndex,
		operation,
		values: complete,
		settings: { ...ENDED_IS_FINE },
		...(sendsRequest(operation) && {
			request: toRequest(operation, complete, (target) =>
				deriveCommandId(origin, itemIndex, json, target),
			),
		}),
	};
}

function waitOf(
	context: IExecuteFunctions,
	step: string,
	{ wait, seconds, atTimeout, plan }: Beginning,
	{ include_event }: IDataObject,
): Partial<Wait> {
	const outputs = outputNames(context.getNode().parameters);
	const set = Object.entries(wait ?? {}).filter(([, value]) => value !== undefined);
	const ours: Plan = { ...plan, step, outputs, include_event: include_event === true };
	return {
		...Object.fromEntries(set),
		seconds,
		on_failure: FAIL,
		on_call_end: FAIL,
		...(atTimeout !== undefined && {
			at_timeout: { output: outputIn({ outputs }, atTimeout), of: outputs.length },
		}),
		...(STEPS[step].ifFails && { at_failure: placeOfFailure({ step, outputs }) }),
		plan: ours,
	};
}
