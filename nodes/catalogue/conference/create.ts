import { integer, text, toggle } from '../schema/field';
import { operation } from '../schema/operation';
import { clientState, commandId } from '../shared/commandFields';
import { beepEnabled, conferenceAnswer, holdAudioUrl, holdMediaName, leg, region } from './shared';

export const create = operation({
	name: 'Create',
	action: 'Create conference',
	description:
		'Open a conference that others can join. The call that opens it becomes its first participant.',
	request: 'POST /conferences',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/create-conference',
	fields: {
		call_control_id: leg(
			'The leg that opens the conference. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.',
		),
		name: text({
			label: 'Name',
			description: 'What the conference is called',
			required: true,
			placeholder: 'e.g. Support',
		}),
		beep_enabled: {
			...beepEnabled,
			description: 'When a beep is heard in the conference',
			start: 'never',
		},
		client_state: clientState,
		comfort_noise: toggle({
			label: 'Comfort Noise',
			description: 'Whether soft background noise is heard when nobody speaks',
			start: true,
		}),
		command_id: commandId,
		duration_minutes: integer({
			label: 'Duration (Minutes)',
			description: 'After how many minutes the conference ends',
			min: 1,
			start: 60,
		}),
		hold_audio_url: holdAudioUrl(
			"The address of a WAV or MP3 file that participants hear until the conference starts. Works only with 'Start on Create' off. Give either this or 'Hold Media Name', not both.",
		),
		hold_media_name: holdMediaName(
			"A WAV or MP3 file in your media storage at Telnyx that participants hear until the conference starts. Works only with 'Start on Create' off. Give either this or 'Hold Audio URL', not both.",
		),
		max_participants: integer({
			label: 'Maximum Participants',
			description: 'How many participants may be in the conference at once, from 2 to 800',
			min: 2,
			max: 800,
			start: 250,
		}),
		region,
		start_conference_on_create: toggle({
			label: 'Start on Create',
			description:
				'Whether the conference starts at once. Otherwise everyone who joins waits on hold until it is started.',
			start: true,
		}),
	},
	answer: conferenceAnswer,
	mustAnswer: 'id',
	events: {
		success: ['conference.created'],
		failure: [],
		others: [
			'conference.participant.joined',
			'conference.participant.left',
			'conference.ended',
			'conference.recording.saved',
			'conference.floor.changed',
		],
	},
});
