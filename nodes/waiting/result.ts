import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';

import { without } from '../shared/without';
import type { Behavior, End, Output } from './behavior';
import { toolOutput } from './forModel';
import { HANGUP, type Outcome } from './outcome';
import { inOutput } from './outputs';
import { CALL_ENDS, CONTINUE, OUTPUTS } from './parameters';
import type { Wait } from './wait';

/** The behavior of a node that waits for the outcome of one command. */
export const oneCommand: Behavior = {
	atTimeout: (input, known) => ({ ...ofInput(input), ...known, outcome: 'timeout' }),
	follow: async (_context, _wait, { end }) => end,
	output(node, wait, end, input) {
		const answer = toolOutput(node, end);
		if (answer) return answer;
		const { outcome } = end;
		const json = { ...ofInput(input), ...end.json, outcome, command: wait.command };
		if (wait.on_failure !== OUTPUTS) return outputOf(node, wait, end, json);
		const item = { json: { ...json, ...whyNot(end) }, pairedItem: { item: 0 } };
		return { items: inOutput(outcome, [item]) };
	},
};

/** The message for a wait whose time is over. */
export const timeIsOver = ({
	name,
	success,
	seconds,
}: Pick<Wait, 'name' | 'success' | 'seconds'>) => ({
	message: `Telnyx did not report ${awaitedOf(success)} within ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
	description: `${name === '' ? '' : CARRIED_OUT}Check that Telnyx can reach this n8n, and that a workflow with the Telnyx Advanced Trigger is published for the application: it brings the events that come any other way.`,
});

const CARRIED_OUT =
	'What was sent was carried out. If another execution answered or dialed the call and has ended, Telnyx still reports there how it turned out. ';

/** A wait for nothing but the hangup of another leg has no types of its own. */
const awaitedOf = (success: readonly string[]): string =>
	(success.length === 0 ? [HANGUP] : success).join(' or ');

/** Fields that tell what happened at an earlier node. */
const OF_EARLIER_NODE = [
	'outcome',
	'error',
	'details',
	'command',
	'record_type',
	'event_type',
	'id',
	'occurred_at',
	'payload',
	'meta',
	'client_state',
	'digit',
	'other_call_control_id',
];

/** The item's own fields, without those that could be mistaken for the outcome of this node. */
const ofInput = (input: IDataObject): IDataObject =>
	without(withoutReason(input), ...OF_EARLIER_NODE);

/** Outcomes of steps that give a reason. Any other item has its own, such as why somebody is called. */
const WITH_REASON: readonly unknown[] = ['unanswered', 'no_decision', 'hung_up'];
const REASONS = ['reason', 'details', 'hangup_cause', 'hangup_source'];

/** An item without what explains the outcome of an earlier node. */
export const withoutReason = (input: IDataObject): IDataObject =>
	without(
		input,
		...(WITH_REASON.includes(input.outcome) ? REASONS : []),
		...(input.error === undefined ? [] : ['error', 'details']),
	);

/** Whether an outcome is what was hoped for. */
export const isGood = (outcome: Outcome): boolean => outcome === 'success' || outcome === 'key';

/** Why a wait did not end in success, where the workflow goes on all the same. */
const whyNot = ({ outcome, reason, description, details }: End): IDataObject =>
	isGood(outcome) || reason === ''
		? {}
		: { details: { message: reason, description: description ?? null, ...details } };

/** The output of a node whose wait has ended, as the user wants it. */
export function outputOf(
	node: INode,
	{ on_call_end: onCallEnd, on_failure: onFailure }: Pick<Wait, 'on_call_end' | 'on_failure'>,
	end: End,
	json: IDataObject,
): Output {
	const pairedItem = { item: 0 };
	const { outcome, reason, description } = end;
	if (isGood(outcome)) return { items: [[{ json, pairedItem }]] };
	const choice = outcome === 'ended' ? onCallEnd : onFailure;
	if (choice === CONTINUE) return { items: [[{ json: { ...json, ...whyNot(end) }, pairedItem }]] };
	if (choice === CALL_ENDS) return { items: [[]] };
	const error = new NodeOperationError(node, reason, { itemIndex: 0, description });
	// n8n replaces whole messages in which it finds a code such as ENOENT, even inside a word.
	error.message = reason;
	const { call_control_id: leg } = json;
	const about = { outcome, ...(leg !== undefined && { call_control_id: leg }) };
	const details = { ...about, description: description ?? null, ...end.details };
	// n8n sends an item to the error output, and adds the input's fields to it, only if it holds nothing but
	// these two. If it held other fields as well, n8n would drop them.
	if (node.onError === 'continueErrorOutput') {
		return { items: [[{ json: { error: reason, details }, pairedItem }]] };
	}
	const items = [[{ json: { ...json, error: reason, details }, pairedItem }]];
	return node.onError === 'continueRegularOutput' ? { items } : { items, fails: error };
}
