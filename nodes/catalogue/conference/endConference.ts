import { commandResult, operation } from '../schema/operation';
import { commandId } from '../shared/commandFields';
import { conferenceId } from './shared';

export const endConference = operation({
	name: 'End',
	action: 'End conference and hang up everyone',
	description: 'Close a conference and hang up all its participants',
	request: 'POST /conferences/{id}/actions/end',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/end-a-conference',
	fields: { id: conferenceId, command_id: commandId },
	answer: commandResult,
	endedIsFine: true,
	events: {
		success: ['conference.ended'],
		failure: [],
		others: ['conference.participant.left'],
	},
});
