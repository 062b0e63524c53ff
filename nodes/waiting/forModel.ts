import type { IDataObject, INode } from 'n8n-workflow';

import { isReview, isTool } from '../operations/tool';
import { isObject } from '../shared/isObject';
import { without } from '../shared/without';
import type { End, Output } from './behavior';

/** Fields of an event's payload that a model may act on. */
const TELLING = [
	'digits',
	'status',
	'result',
	'hangup_cause',
	'hangup_source',
	'recording_id',
	'transcription_data',
];

/** Fields of the event itself, which mean nothing to a model. */
const OF_EVENT = [
	'payload',
	'event_type',
	'meta',
	'record_type',
	'occurred_at',
	'id',
	'client_state',
	'event',
];

/** The end of a wait for a model to read: what happened, in words, and the data that it may act on. */
function forModel({ outcome, reason, description, json }: Told): IDataObject {
	const told = isObject(json.payload) ? json.payload : {};
	const said = without(json, ...OF_EVENT);
	const telling = TELLING.filter((name) => told[name] !== undefined && told[name] !== null);
	const isFine = outcome === 'success' || outcome === 'key';
	return {
		outcome,
		...(!isFine && reason !== '' && { reason, ...(description && { detail: description }) }),
		...said,
		...Object.fromEntries(telling.map((name) => [name, told[name]])),
	};
}

type Told = Pick<End, 'outcome' | 'reason' | 'description' | 'json'>;

/** A refusal in the format of n8n's human review. The agent reads the reason. */
const notApproved = (reason: string): IDataObject => ({
	approved: false,
	data: { approved: false, chatInput: `Nobody could be asked by phone: ${reason}` },
});

/**
 * The short answer of a node that has waited as the tool of an agent, whatever happened. Undefined
 * for a node that is no tool.
 */
export function toolAnswer(node: INode, end: Told): IDataObject | undefined {
	if (!isTool(node)) return undefined;
	const answer = forModel(end);
	const isUndecided = isReview(node) && answer.approved === undefined;
	return isUndecided ? { ...answer, ...notApproved(end.reason) } : answer;
}

/** The same answer as the output of the node. */
export function toolOutput(node: INode, end: End): Output | undefined {
	const json = toolAnswer(node, end);
	return json && { items: [[{ json, pairedItem: { item: 0 } }]] };
}
