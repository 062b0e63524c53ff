import { commandResult, noEvents, operation } from '../schema/operation';
import { sendDtmf as sendDtmfOnCall } from '../input/sendDtmf';
import { clientState } from '../shared/commandFields';
import { conferenceId, participants } from './shared';

const { digits, duration_millis } = sendDtmfOnCall.fields;

export const sendDtmf = operation({
	name: 'Send DTMF',
	action: 'Send DTMF tones to a conference',
	description: 'Play touch-tone digits to everyone in a conference, or to some',
	request: 'POST /conferences/{id}/actions/send_dtmf',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/send-dtmf-to-conference-participants',
	fields: {
		id: conferenceId,
		digits,
		call_control_ids: participants(
			'Who hears the tones, separated by commas. Everyone, if left empty.',
		),
		client_state: clientState,
		duration_millis,
	},
	answer: commandResult,
	events: noEvents,
});
