import { noEvents, operation } from '../schema/operation';
import {
	beepEnabled,
	conferenceId,
	endOnExit,
	participantAnswer,
	participantId,
	softEndOnExit,
} from './shared';

export const updateParticipant = operation({
	name: 'Update Participant',
	action: 'Update participant of a conference',
	description: 'Change what happens when a participant leaves a conference, and the beep',
	request: 'PATCH /conferences/{id}/participants/{participant_id}',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/update-a-conference-participant',
	fields: {
		id: conferenceId,
		participant_id: participantId,
		beep_enabled: beepEnabled,
		end_conference_on_exit: endOnExit,
		soft_end_conference_on_exit: softEndOnExit,
	},
	answer: participantAnswer,
	events: noEvents,
});
