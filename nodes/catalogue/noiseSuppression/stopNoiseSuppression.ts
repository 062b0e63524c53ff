import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopNoiseSuppression = operation({
	name: 'Stop',
	action: 'Stop noise suppression',
	description: 'Leave the audio of the call as it is again (beta at Telnyx)',
	request: 'POST /calls/{call_control_id}/actions/suppression_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/noise-suppression-stop',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
	},
	answer: commandResult,
	events: noEvents,
	endedIsFine: true,
});
