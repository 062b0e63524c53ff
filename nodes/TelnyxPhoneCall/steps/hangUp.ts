import { hangup } from '../../catalogue/call/hangup';
import { command } from './shared';
import { step } from './step';

export const hangUp = step({
	name: 'Hang Up',
	action: 'Hang up',
	description: 'Ends the call. It is fine if the call is over already.',
	fields: {},
	outputs: [{ name: 'Done' }],
	results: {},
	begin: (_set, { id }) => ({ command: command(hangup, { call_control_id: id }), seconds: 0 }),
	atOnce: () => 'Done',
});
