import { choice, flag, text, toggle } from '../fields';
import { commandResult, operation } from '../operation';
import { commandId } from '../shared';
import { conferenceId, region } from './shared';

export const recordStart = operation({
	name: 'Start Recording',
	action: 'Start recording a conference',
	description: 'Record a conference until you stop it or the conference ends',
	request: 'POST /conferences/{id}/actions/record_start',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/conference-recording-start',
	fields: {
		id: conferenceId,
		format: choice({
			label: 'Format',
			description: 'The audio format of the recording',
			required: true,
			choices: { mp3: 'MP3', wav: 'WAV' },
			start: 'mp3',
		}),
		channels: choice({
			label: 'Channels',
			description: 'Whether voices are mixed or kept apart',
			choices: {
				single: { name: 'Single', description: 'All voices on one channel' },
				dual: {
					name: 'Dual',
					description: 'Who opened the conference on one channel, all others on the other',
				},
			},
			start: 'single',
		}),
		command_id: commandId,
		custom_file_name: text({
			label: 'Custom File Name',
			description:
				'The name of the file, at most 40 characters. Telnyx adds the time as a number to it.',
			placeholder: 'e.g. support-conference',
			pattern: { matches: /^.{1,40}$/, says: 'may hold at most 40 characters' },
		}),
		play_beep: toggle({
			label: 'Play Beep',
			description: 'Whether a beep is heard when the recording starts',
			start: true,
		}),
		region,
		trim: flag({
			label: 'Trim Silence',
			description: 'Whether silence at the beginning and at the end is cut off',
			sends: 'trim-silence',
		}),
	},
	answer: commandResult,
	// Nothing tells that the recording has begun; what it yields comes when it is over.
	events: { success: [], failure: [], others: ['conference.recording.saved'] },
});
