import { visible } from '../../shared/invisible';
import { flag, text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

const TARGET = {
	matches: new RegExp(`^udp:${visible()}+:\\d+$`, 'u'),
	says: 'has to be an address such as udp:192.0.2.1:9000',
} as const;

export const startForking = operation({
	name: 'Start Forking',
	action: 'Start media forking',
	description: 'Send a copy of the RTP packets of the call to network addresses of yours',
	request: 'POST /calls/{call_control_id}/actions/fork_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/forking-start',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		rx: text({
			label: 'Incoming Target',
			description: 'Where the packets go that come in from this leg',
			onTop: true,
			placeholder: 'e.g. udp:192.0.2.1:9000',
			pattern: TARGET,
		}),
		stream_type: flag({
			label: 'Decrypt',
			description: 'Whether encrypted media is decrypted first. Needs both targets.',
			sends: 'decrypted',
		}),
		tx: text({
			label: 'Outgoing Target',
			description: 'Where the packets go that are sent to this leg',
			onTop: true,
			placeholder: 'e.g. udp:192.0.2.1:9001',
			pattern: TARGET,
		}),
	},
	answer: commandResult,
	events: { success: ['call.fork.started'], failure: [], others: ['call.fork.stopped'] },
});
