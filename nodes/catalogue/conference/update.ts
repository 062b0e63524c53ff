import { commandResult, noEvents, operation } from '../schema/operation';
import { commandId } from '../shared/commandFields';
import { conferenceId, leg, region, supervisorRole, whisperCallControlIds } from './shared';

export const update = operation({
	name: 'Switch Supervisor Role',
	action: 'Switch supervisor role in a conference',
	description: 'Make a participant of a conference a supervisor, change the role, or end it',
	request: 'POST /conferences/{id}/actions/update',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/update-conference-participant',
	fields: {
		id: conferenceId,
		call_control_id: leg(
			"The supervisor's own leg. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.",
		),
		supervisor_role: {
			...supervisorRole,
			description: 'How the supervisor takes part from now on',
			required: true,
		},
		command_id: commandId,
		region,
		whisper_call_control_ids: { ...whisperCallControlIds, onTop: true },
	},
	answer: commandResult,
	events: noEvents,
});
