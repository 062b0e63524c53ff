import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId, clientState } from '../shared/commandFields';

export const updateClientState = operation({
	name: 'Update Client State',
	action: 'Update client state',
	description: 'Replace the state that Telnyx returns with every later event of this leg',
	request: 'PUT /calls/{call_control_id}/actions/client_state_update',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/update-client-state',
	fields: {
		call_control_id: callControlId,
		client_state: { ...clientState, required: true },
	},
	answer: commandResult,
	events: noEvents,
});
