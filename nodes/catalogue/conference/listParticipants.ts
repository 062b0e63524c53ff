import { toggle } from '../schema/field';
import { filter } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { conferenceId, listedParticipantAnswer, region } from './shared';

export const listParticipants = operation({
	name: 'Get Many Participants',
	action: 'Get many participants of a conference',
	description: 'List who is in a conference, with their call control IDs',
	request: 'GET /conferences/{conference_id}/participants',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/list-conference-participants',
	fields: {
		conference_id: conferenceId,
		filter: filter({
			muted: toggle({
				label: 'Muted',
				description: 'Whether to list participants who are muted or those who are not',
				start: true,
			}),
			on_hold: toggle({
				label: 'On Hold',
				description: 'Whether to list participants on hold or those who are not',
				start: true,
			}),
			whispering: toggle({
				label: 'Whispering',
				description: 'Whether to list supervisors who whisper or those who do not',
				start: true,
			}),
		}),
		region,
	},
	answer: listedParticipantAnswer,
	returns: 'pages',
	simplified: [
		'id',
		'call_control_id',
		'call_leg_id',
		'conference',
		'status',
		'muted',
		'on_hold',
		'created_at',
	],
	events: noEvents,
});
