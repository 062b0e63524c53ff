import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopSiprec = operation({
	name: 'Stop',
	action: 'Stop SIPREC session',
	description: "Stop sending the call's audio to the session recording server",
	request: 'POST /calls/{call_control_id}/actions/siprec_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/siprec-stop',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
	},
	answer: commandResult,
	events: { success: ['siprec.stopped'], failure: [] },
	endedIsFine: true,
});
