import { commandResult, noEvents, operation } from '../schema/operation';
import { conferenceId, participants, region } from './shared';

export const unmute = operation({
	name: 'Unmute',
	action: 'Unmute participants of a conference',
	description: 'Let muted participants be heard again',
	request: 'POST /conferences/{id}/actions/unmute',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/unmute-conference-participants',
	fields: {
		id: conferenceId,
		call_control_ids: participants(
			'Who is heard again, separated by commas. Everyone, if left empty.',
		),
		region,
	},
	answer: commandResult,
	events: noEvents,
});
