import { audioUrl, invalidAudioUrl, invalidMediaName, mediaName } from '../shared/audioFile';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { digitEvents, digits, maximumTries, promptTimeout } from '../shared/digits';

export const gatherUsingAudio = operation({
	name: 'Ask for Digits with Audio',
	action: 'Ask for a key with an audio file',
	description:
		"Play a file and collect the digits that are pressed. They come with an event. For a menu of single keys, add 'Maximum Digits' in Options and set it to 1.",
	request: 'POST /calls/{call_control_id}/actions/gather_using_audio',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/gather-using-audio',
	fields: {
		call_control_id: callControlId,
		audio_url: { ...audioUrl, onTop: true },
		...onEveryCommand,
		...digits,
		invalid_audio_url: { ...invalidAudioUrl, section: 'prompt' },
		invalid_media_name: { ...invalidMediaName, section: 'prompt' },
		maximum_tries: { ...maximumTries, section: 'prompt' },
		media_name: { ...mediaName, onTop: true },
		timeout_millis: promptTimeout,
	},
	answer: commandResult,
	events: {
		...digitEvents,
		others: [...digitEvents.others, 'call.playback.started', 'call.playback.ended'],
	},
});
