import { toggle } from '../fields';
import { noEvents, operation } from '../operation';
import { beepEnabled, conferenceId, participantAnswer, participantId } from './shared';

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
		end_conference_on_exit: toggle({
			label: 'End Conference on Exit',
			description: 'Whether the conference ends when this participant leaves',
			start: true,
		}),
		soft_end_conference_on_exit: toggle({
			label: 'Soft End Conference on Exit',
			description:
				'Whether nobody can join any more once this participant has left. The others stay.',
			start: true,
		}),
	},
	answer: participantAnswer,
	events: noEvents,
});
