import type { IDataObject, INode } from 'n8n-workflow';

import { isTool } from '../operations/run/toolRetry';
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

/** Fields of an event itself, which tell nothing to a model. */
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

/** What a model reads of how a wait ended: what happened, in words, and what it may act on. */
function forModel({ outcome, reason, description, json }: End): IDataObject {
	const told = isObject(json.payload) ? json.payload : {};
	const said = without(json, ...OF_EVENT);
	const telling = TELLING.filter((name) => told[name] !== undefined && told[name] !== null);
	const isFine = outcome === 'success' || outcome === 'key';
	return {
		outcome,
		...(!isFine && { reason, ...(description && { detail: description }) }),
		...said,
		...Object.fromEntries(telling.map((name) => [name, told[name]])),
	};
}

/**
 * The output of a node that waited as the tool of an agent: a short answer for the model, whatever
 * happened. Undefined for a node that is no tool.
 */
export const toolOutput = (node: INode, end: End): Output | undefined =>
	isTool(node) ? { items: [[{ json: forModel(end), pairedItem: { item: 0 } }]] } : undefined;
