import { audioUrl, loop, mediaName } from '../shared/audioFile';
import { choice, text, toggle } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { stop, targetLegs } from './shared';

export const startPlayback = operation({
	name: 'Play Audio',
	action: 'Play audio file',
	description: 'Play an MP3 or WAV file, by its address or from your media storage at Telnyx',
	request: 'POST /calls/{call_control_id}/actions/playback_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/play-audio-url',
	fields: {
		call_control_id: callControlId,
		audio_type: choice({
			label: 'Audio Type',
			description: 'The format of the audio. By default, Telnyx expects MP3.',
			choices: { mp3: 'MP3', wav: 'WAV' },
			start: 'mp3',
		}),
		audio_url: { ...audioUrl, onTop: true },
		cache_audio: toggle({
			label: 'Cache Audio',
			description: 'Whether Telnyx caches the file. By default, it does.',
			start: true,
		}),
		...onEveryCommand,
		loop: {
			...loop,
			description:
				"How often the file is played, from 1 to 100, or infinity. What is to be heard after an endless one needs 'Stop First'.",
		},
		media_name: { ...mediaName, onTop: true },
		overlay: toggle({
			label: 'Overlay',
			description:
				'Whether it is heard on top of the audio that plays already, and on this leg only. Something has to be playing.',
			start: false,
		}),
		playback_content: text({
			label: 'Audio Content',
			description: 'The MP3 or WAV itself, as Base64, instead of an address or a name',
			placeholder: 'e.g. SUQzBAAAAAAAI1RTU0UAAAA…',
		}),
		stop,
		target_legs: { ...targetLegs, open: true },
	},
	answer: commandResult,
	events: {
		success: ['call.playback.ended'],
		failure: [],
		goodStatuses: ['completed'],
		others: ['call.playback.started'],
	},
});
