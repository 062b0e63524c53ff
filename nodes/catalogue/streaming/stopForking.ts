import { choice } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopForking = operation({
	name: 'Stop Forking',
	action: 'Stop media forking',
	description: 'Stop sending copies of the RTP packets of the call',
	request: 'POST /calls/{call_control_id}/actions/fork_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/forking-stop',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		stream_type: choice({
			label: 'Stream Type',
			description: 'What was forked. The same as when it was started.',
			choices: {
				decrypted: { name: 'Decrypted', description: 'Media that was decrypted first' },
				raw: { name: 'Raw', description: 'Media as it came' },
			},
			start: 'raw',
		}),
	},
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['call.fork.stopped'], failure: [] },
});
