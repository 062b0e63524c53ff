import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isReview } from '../operations/tool';
import { filledText } from '../shared/filledText';
import { payloadOf } from '../telnyx/webhooks/parseEvent';
import { currentCallOf, isCaller, legsOf } from '../waiting/legs';
import type { ToolUse } from './steps/request';
import type { Call } from './steps/step';

/**
 * The call that a step acts on: the one that the user chose; else the first of these that is not over:
 * that of the item, if this execution has it; the one that it answered or made last; a caller whom it
 * answered; the one that the item tells of, such as the trigger's.
 * @returns undefined if there is none
 */
export function callOf(
	context: IExecuteFunctions,
	item: IDataObject,
	chosen: unknown,
): Call | undefined {
	const legs = legsOf(context);
	const { call_control_id: ofItem = payloadOf(item).call_control_id } = item;
	const isOurs = typeof ofItem === 'string' && Object.hasOwn(legs, ofItem);
	const callers = Object.keys(legs).filter((leg) => isCaller(legs[leg]));
	const inQuestion = [
		...(isOurs ? [ofItem] : []),
		currentCallOf(context),
		...callers.reverse(),
		ofItem,
	].filter((leg): leg is string => typeof leg === 'string');
	const id = chosen ?? inQuestion.find((leg) => !legs[leg]?.has_ended) ?? inQuestion.at(0);
	if (typeof id !== 'string' || id === '') return undefined;
	const told: IDataObject = id === ofItem ? { ...payloadOf(item), ...item } : {};
	const leg = legs[id] ?? {};
	const { connection_id: connection, to, from, direction, event_type: event, outcome } = told;
	return {
		id,
		// A step of this workflow, or of the one that called it, would have added its outcome.
		isRinging:
			event === 'call.initiated' &&
			direction === 'incoming' &&
			outcome === undefined &&
			!Object.hasOwn(legs, id),
		connectionId: leg.connection_id ?? filledText(connection),
		ownNumber: leg.own_number ?? filledText(direction === 'outgoing' ? from : to),
		otherLegs: Object.keys(legs).filter((other) => other !== id && !legs[other].has_ended),
	};
}

/** The tool use of an agent that the node is to have approved, if there is one. */
export function toolIn(context: IExecuteFunctions, itemIndex: number): ToolUse | undefined {
	if (!isReview(context.getNode())) return undefined;
	const { name, parameters } = context.evaluateExpression('{{ $tool }}', itemIndex) as IDataObject;
	return { name: String(name ?? 'a tool'), parameters };
}
