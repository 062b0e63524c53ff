import { count, locator, text } from '../schema/field';
import { WEB_ADDRESS } from './addresses';

/** The URL of an audio file. The alternative is mediaName. */
export const audioUrl = text({
	label: 'Audio URL',
	description: "The address of a WAV or MP3 file. Give either this or 'Media Name', not both.",
	placeholder: 'e.g. https://example.com/message.mp3',
	pattern: WEB_ADDRESS,
});

/** The name of an audio file stored at Telnyx. In a record it follows audio_url. */
export const mediaName = locator({
	label: 'Media Name',
	description:
		"A WAV or MP3 file in your media storage at Telnyx. Give either this or 'Audio URL', not both.",
	placeholder: 'e.g. welcome-message',
	list: 'media',
	notWith: 'audio_url',
});

/** How many times it is played. */
export const loop = count({
	label: 'Loop',
	description: 'How often the file is played, from 1 to 100, or infinity',
	min: 1,
	max: 100,
	words: ['infinity'],
	placeholder: 'e.g. 2',
});

/** The same two fields, for the audio played after invalid digits. */
export const invalidAudioUrl = text({
	label: 'Invalid Audio URL',
	description:
		"The address of a WAV or MP3 file to play after digits that are not allowed. Give either this or 'Invalid Media Name', not both.",
	placeholder: 'e.g. https://example.com/try-again.mp3',
	pattern: WEB_ADDRESS,
});

export const invalidMediaName = locator({
	label: 'Invalid Media Name',
	description:
		"A file in your media storage at Telnyx to play after digits that are not allowed. Give either this or 'Invalid Audio URL', not both.",
	placeholder: 'e.g. try-again',
	list: 'media',
	notWith: 'invalid_audio_url',
});
