import { choice } from '../schema/field';
import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId } from '../shared/commandFields';

export const switchSupervisorRole = operation({
	name: 'Switch Supervisor Role',
	action: 'Switch supervisor role',
	description: 'Change how a supervisor takes part in a bridged call',
	request: 'POST /calls/{call_control_id}/actions/switch_supervisor_role',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/switch-supervisor-role',
	fields: {
		call_control_id: {
			...callControlId,
			description:
				"The supervisor's own leg: the one that was dialed to supervise the call. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.",
		},
		role: choice({
			label: 'Role',
			description: 'What the supervisor can do from now on',
			required: true,
			choices: {
				monitor: { name: 'Monitor', description: 'Listen only, heard by nobody' },
				whisper: { name: 'Whisper', description: 'Heard by the supervised side only' },
				barge: { name: 'Barge', description: 'Heard by both sides of the call' },
			},
			start: 'monitor',
		}),
	},
	answer: commandResult,
	events: noEvents,
});
