import { audioUrl, invalidAudioUrl, invalidMediaName, mediaName } from '../shared/audioFile';
import { integer, text, toggle } from '../schema/field';
import { digitEvents, digits, maximumTries, promptTimeout } from '../shared/digits';
import { commandResult, operation } from '../schema/operation';
import { clientState } from '../shared/commandFields';
import { conferenceId, leg } from './shared';

export const gatherDtmfAudio = operation({
	name: 'Ask for Digits with Audio',
	action: 'Ask for digits with an audio file menu in a conference',
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
			max: 120_000,
			start: 10000,
		}),
		...digits,
		invalid_audio_url: invalidAudioUrl,
		invalid_media_name: invalidMediaName,
		maximum_tries: maximumTries,
		media_name: { ...mediaName, onTop: true },
		stop_playback_on_dtmf: toggle({
			label: 'Stop Playback on DTMF',
			description: 'Whether the audio file stops as soon as a digit is pressed',
			start: true,
		}),
		timeout_millis: promptTimeout,
	},
	answer: commandResult,
	events: digitEvents,
});
