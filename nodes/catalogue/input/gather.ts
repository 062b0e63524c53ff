import { integer, text } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { digitEvents, digits } from '../shared/digits';

export const gather = operation({
	name: 'Collect Digits',
	action: 'Collect keys without a prompt',
	description: 'Wait for digits that are pressed, in silence. They come with an event.',
	request: 'POST /calls/{call_control_id}/actions/gather',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/gather',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		gather_id: text({
			label: 'Gather ID',
			description: 'A name of your own that comes back with the digits, in 40 characters at most',
			placeholder: 'e.g. pin',
			pattern: { matches: /^.{1,40}$/, says: 'may hold 40 characters at most' },
		}),
		initial_timeout_millis: integer({
			label: 'First Digit Timeout (Milliseconds)',
			description: 'How long to wait for the first digit. By default, Telnyx waits 5,000.',
			min: 1,
			max: 120_000,
			start: 5000,
		}),
		...digits,
		timeout_millis: integer({
			label: 'Timeout (Milliseconds)',
			description: 'How long to wait for all digits together. By default, Telnyx waits 60,000.',
			min: 1,
			start: 60000,
		}),
	},
	answer: commandResult,
	events: digitEvents,
});
