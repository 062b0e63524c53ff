import { commandResult, operation } from '../schema/operation';
import { commandId } from '../shared/commandFields';
import { beepEnabled, conferenceId, leg, region } from './shared';

export const leave = operation({
	name: 'Leave',
	action: 'Remove call from a conference',
	description: 'Take a call out of a conference without hanging it up',
	request: 'POST /conferences/{id}/actions/leave',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/leave-a-conference',
	fields: {
		id: conferenceId,
		call_control_id: leg(
			'The leg that leaves. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.',
		),
		beep_enabled: beepEnabled,
		command_id: commandId,
		region,
	},
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['conference.participant.left'], failure: [] },
});
