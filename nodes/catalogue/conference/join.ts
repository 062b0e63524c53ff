import { toggle } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { onEveryCommand } from '../shared/commandFields';
import {
	beepEnabled,
	conferenceId,
	endOnExit,
	holdAudioUrl,
	holdMediaName,
	leg,
	region,
	softEndOnExit,
	supervisorRole,
	whisperCallControlIds,
} from './shared';

export const join = operation({
	name: 'Join',
	action: 'Join conference',
	description: 'Bring a call into a conference, as a participant or as a supervisor',
	request: 'POST /conferences/{id}/actions/join',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/join-a-conference',
	fields: {
		id: conferenceId,
		call_control_id: leg(
			'The leg that joins. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.',
		),
		beep_enabled: beepEnabled,
		...onEveryCommand,
		end_conference_on_exit: endOnExit,
		hold: toggle({
			label: 'Hold',
			description: 'Whether the participant is put on hold right after joining',
			start: false,
		}),
		hold_audio_url: holdAudioUrl(
			"The address of a WAV or MP3 file that the participant hears while on hold. Works only with 'Hold' on, in a conference that did not start when it was created. Give either this or 'Hold Media Name', not both.",
		),
		hold_media_name: holdMediaName(
			"A WAV or MP3 file in your media storage at Telnyx that the participant hears while on hold. Works only with 'Hold' on, in a conference that did not start when it was created. Give either this or 'Hold Audio URL', not both.",
		),
		mute: toggle({
			label: 'Mute',
			description: 'Whether the participant is muted right after joining',
			start: false,
		}),
		region,
		soft_end_conference_on_exit: softEndOnExit,
		start_conference_on_enter: toggle({
			label: 'Start Conference on Enter',
			description: 'Whether a conference that waits for its start begins with this participant',
			start: false,
		}),
		supervisor_role: supervisorRole,
		whisper_call_control_ids: whisperCallControlIds,
	},
	answer: commandResult,
	events: {
		success: ['conference.participant.joined'],
		failure: [],
		others: ['conference.participant.left'],
	},
});
