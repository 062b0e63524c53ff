import { audioUrl, invalidAudioUrl, invalidMediaName, mediaName } from '../audioFile';
import { integer, text, toggle } from '../fields';
import { commandResult, operation } from '../operation';
import { clientState } from '../shared';
import { conferenceId, leg } from './shared';

export const gatherDtmfAudio = operation({
	name: 'Ask for Digits with Audio',
	action: 'Ask for digits with an audio file in a conference (menu)',
	description:
		'Play an audio file to one participant and collect the digits that are pressed. They come with an event.',
	request: 'POST /conferences/{id}/actions/gather_using_audio',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/gather-dtmf-using-audio-prompt-in-a-conference',
	fields: {
		id: conferenceId,
		call_control_id: leg(
			'The leg of the participant who is asked. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.',
		),
		audio_url: { ...audioUrl, onTop: true },
		client_state: clientState,
		gather_id: text({
			label: 'Gather ID',
			description: 'A name of your own, at most 100 characters, that comes back with the digits',
			placeholder: 'e.g. main-menu',
			pattern: { matches: /^.{1,100}$/, says: 'may hold at most 100 characters' },
		}),
		initial_timeout_millis: integer({
			label: 'First Digit Timeout (Milliseconds)',
			description: 'How long to wait for the first digit, in milliseconds',
			min: 1,
			start: 10000,
		}),
		inter_digit_timeout_millis: integer({
			label: 'Next Digit Timeout (Milliseconds)',
			description: 'How long to wait between two digits, in milliseconds',
			min: 1,
			start: 5000,
		}),
		invalid_audio_url: invalidAudioUrl,
		invalid_media_name: invalidMediaName,
		maximum_digits: integer({
			label: 'Maximum Digits',
			description: 'How many digits are collected at most',
			min: 1,
			start: 128,
		}),
		maximum_tries: integer({
			label: 'Maximum Tries',
			description: 'How often the audio file is played if nothing is pressed',
			min: 1,
			start: 3,
		}),
		media_name: { ...mediaName, onTop: true },
		minimum_digits: integer({
			label: 'Minimum Digits',
			description: 'How many digits are needed at least',
			min: 1,
			start: 1,
		}),
		stop_playback_on_dtmf: toggle({
			label: 'Stop Playback on DTMF',
			description: 'Whether the audio file stops as soon as a digit is pressed',
			start: true,
		}),
		terminating_digit: text({
			label: 'Terminating Digit',
			description:
				'The digit that says that all digits are entered. Telnyx takes # unless you give one.',
			placeholder: 'e.g. #',
		}),
		timeout_millis: integer({
			label: 'Timeout (Milliseconds)',
			description: 'How long to wait for the digits, in milliseconds',
			min: 1,
			start: 60000,
		}),
		valid_digits: text({
			label: 'Valid Digits',
			description: 'The digits that count. All others are ignored.',
			placeholder: 'e.g. 0123456789',
		}),
	},
	answer: commandResult,
	events: { success: ['call.gather.ended'], failure: [] },
});
