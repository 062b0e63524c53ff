import type { IDataObject } from 'n8n-workflow';

import { without } from '../shared/without';
import { notPlaced } from '../telnyx/http/notPlaced';
import { payloadOf, type TelnyxEvent } from '../telnyx/webhooks/parseEvent';
import type { End } from './behavior';
import { whatHappened, type Outcome } from './outcome';
import type { OwnRequest } from './ownRequest';
import { timeIsOver } from './result';
import type { Wait } from './wait';

/** The end of a wait by an event that means this outcome. */
export function endByEvent(event: TelnyxEvent, wait: Wait, outcome: Outcome): End {
	// Anybody who has the address can resume the execution, so it does not belong in the output.
	const meta = event.meta && without(event.meta, 'delivered_to');
	const { call_control_id: about, digit } = payloadOf(event);
	const leg = wait.call_control_id || wait.new_legs[0] || about;
	const other = otherLeg(wait, leg, about);
	const payload = payloadOf(event);
	const { advice, details } = notPlaced(payload);
	const causes = CAUSES.map((name) => payload[name])
		.filter((cause) => (typeof cause === 'string' && cause !== '') || typeof cause === 'number')
		.join(', ');
	const description = [
		causes && `Cause: ${causes}.`,
		advice && `${advice.happened}. ${advice.todo}`,
	];
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
		description: description.filter(Boolean).join(' ') || undefined,
		details: { event_type: event.event_type, ...(causes && { causes }), ...details },
	};
}

/** The leg that a transfer created, or the other leg of a bridge, as far as it is known. */
function otherLeg(wait: Wait, leg: unknown, about: unknown): unknown {
	const known = wait.new_legs[0] ?? (wait.makes_leg ? about : wait.other_legs[0]);
	return known === leg || known === null ? undefined : known;
}

/** The fields of a payload that give a reason. */
const CAUSES = [
	'hangup_cause',
	'sip_hangup_cause',
	'sip_notify_response',
	'failure_cause',
	'failure_reason',
	'status',
	'status_detail',
	'result',
	'pay_error_code',
	'payment_error',
	'reason',
];

/** The end of a wait by a report of the node itself: the time is over, or its command was refused. */
export function endByNode(
	wait: Wait,
	request: Exclude<OwnRequest, { kind: 'answered' | 'question' }>,
): End {
	const leg = wait.call_control_id || wait.new_legs[0] || wait.command.call_control_id;
	const json = leg ? { call_control_id: leg } : {};
	if (request.kind !== 'refused') {
		const { message, description } = timeIsOver(wait);
		return { outcome: 'timeout', reason: message, description, json: { ...wait.command, ...json } };
	}
	const { message, description, details, outcome, otherLegs = [] } = request.failure;
	const other = otherLegs.at(-1);
	return {
		outcome,
		reason: message,
		description,
		details,
		json: { ...json, ...(other !== undefined && { other_call_control_id: other }) },
	};
}
