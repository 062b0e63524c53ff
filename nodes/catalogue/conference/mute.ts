import { commandResult, noEvents, operation } from '../schema/operation';
import { conferenceId, participants, region } from './shared';

export const mute = operation({
	name: 'Mute',
	action: 'Mute participants of a conference',
	description: 'Keep participants from being heard',
	request: 'POST /conferences/{id}/actions/mute',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/mute-conference-participants',
	fields: {
		id: conferenceId,
		call_control_ids: participants('Who is muted, separated by commas. Everyone, if left empty.'),
		region,
	},
	answer: commandResult,
	events: noEvents,
});
