import { commandResult, noEvents, operation } from '../schema/operation';
import { conferenceId, participants, region } from './shared';

export const unhold = operation({
	name: 'Unhold',
	action: 'Unhold participants of a conference',
	description: 'Bring participants back from hold',
	request: 'POST /conferences/{id}/actions/unhold',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/unhold-conference-participants',
	fields: {
		id: conferenceId,
		call_control_ids: {
			...participants('Who comes back from hold, separated by commas'),
			required: true,
		},
		region,
	},
	answer: commandResult,
	events: noEvents,
});
