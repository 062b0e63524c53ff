import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopGather = operation({
	name: 'Stop Collecting Digits',
	action: 'Stop collecting keys',
	description: 'End the wait for digits. Those that were pressed come with an event.',
	request: 'POST /calls/{call_control_id}/actions/gather_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/gather-stop',
	fields: { call_control_id: callControlId, ...onEveryCommand },
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['call.gather.ended'], failure: [] },
});
