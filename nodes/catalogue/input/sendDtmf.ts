import { integer, text } from '../schema/field';
import { commandResult, noEvents, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const sendDtmf = operation({
	name: 'Send DTMF',
	action: 'Send DTMF tones',
	description: 'Play touch-tone digits to the other end of the call',
	request: 'POST /calls/{call_control_id}/actions/send_dtmf',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/send-dtmf',
	fields: {
		call_control_id: callControlId,
		digits: text({
			label: 'Digits',
			description:
				'The tones to play: 0-9, A-D, * and #. A lower-case w waits half a second, an upper-case W one second.',
			required: true,
			placeholder: 'e.g. 1234#',
			pattern: {
				matches: /^[0-9A-D*#wW]+$/,
				says: 'may only hold the tones 0-9, A-D, * and #, and the pauses w (half a second) and W (one second)',
			},
		}),
		...onEveryCommand,
		duration_millis: integer({
			label: 'Tone Duration (Milliseconds)',
			description: 'How long each tone sounds, in milliseconds',
			min: 100,
			max: 500,
			start: 250,
		}),
	},
	answer: commandResult,
	events: noEvents,
});
