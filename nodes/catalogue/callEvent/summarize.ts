import { locator } from '../schema/field';
import { noEvents, operation } from '../schema/operation';

export const summarize = operation({
	name: 'Summarize',
	action: 'Summarize a call in one row',
	description:
		'Put a call into one row for a table: who called whom, when and for how long, keys, words, recording, cost, and why it ended. Works for calls that have ended too, as long as Telnyx keeps their events; it does not say how long that is.',
	request: 'GET /call_events',
	docs: 'https://developers.telnyx.com/api-reference/debugging/list-call-events',
	fields: {
		leg_id: locator({
			label: 'Call ID',
			description:
				'The call leg ID for that leg alone, or the call session ID for the call with all its legs. A call control ID works as well, until 10 minutes after the end of the call.',
			required: true,
			placeholder: 'e.g. 428c31b6-7af4-4bcb-b7f5-5013ef9657c1',
			wire: 'filter[leg_id]',
			list: 'calls',
			fromItem: ['call_leg_id', 'call_control_id'],
			whenEmpty:
				'connect the node to the Telnyx trigger or to a Telnyx action, or choose the call_leg_id of an earlier node',
		}),
	},
	answer: {
		from: 'string',
		to: 'string',
		direction: 'string',
		started_at: 'string',
		answered_at: 'string',
		ended_at: 'string',
		answered: 'boolean',
		answered_by: 'string',
		duration_secs: 'number',
		talk_secs: 'number',
		keys: 'string',
		words: 'string',
		recording_id: 'string',
		recordings: 'number',
		cost: 'number',
		currency: 'string',
		hangup_cause: 'string',
		hangup_source: 'string',
		legs: 'number',
		connection_id: 'string',
		call_control_id: 'string',
		call_leg_id: 'string',
		call_session_id: 'string',
	},
	returns: 'callSummary',
	events: noEvents,
});
