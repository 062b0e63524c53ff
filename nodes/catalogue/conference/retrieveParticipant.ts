import { noEvents, operation } from '../schema/operation';
import { conferenceId, participantAnswer, participantId } from './shared';

export const retrieveParticipant = operation({
	name: 'Get Participant',
	action: 'Get participant of a conference',
	description: 'Look up one participant of a conference',
	request: 'GET /conferences/{id}/participants/{participant_id}',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/retrieve-a-conference-participant',
	fields: { id: conferenceId, participant_id: participantId },
	answer: participantAnswer,
	simplified: [
		'id',
		'call_control_id',
		'call_leg_id',
		'conference_id',
		'label',
		'status',
		'muted',
		'on_hold',
		'created_at',
	],
	events: noEvents,
});
