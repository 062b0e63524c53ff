import { choice, flag, inSection, integer, text, toggle } from '../schema/field';

/** Single or dual channel. */
export const channels = choice({
	label: 'Channels',
	description: 'How many channels the recording has',
	choices: {
		single: { name: 'Single', description: 'Mono: everybody on one channel' },
		dual: {
			name: 'Dual',
			description: 'Stereo: the first leg on one channel, all others on the other',
		},
	},
	start: 'single',
});

/** The file format. */
export const format = choice({
	label: 'Format',
	description: 'The format of the recording',
	choices: { mp3: 'MP3', wav: 'WAV' },
	start: 'mp3',
});

/** The name of the file. */
export const customFileName = text({
	label: 'File Name',
	description:
		'The name of the recording, in 40 characters at most. Telnyx adds the time to it. By default, the call leg ID is used.',
	placeholder: 'e.g. support_call',
	pattern: { matches: /^[\s\S]{1,40}$/, says: 'may hold 40 characters at most' },
});

/** The longest a recording may take. */
export const maxLength = integer({
	label: 'Maximum Length (Seconds)',
	description: 'The longest that the recording may get, up to 14,400 seconds: 0 means no limit',
	min: 0,
	max: 14400,
	start: 0,
});

/** When silence ends a recording. */
export const silenceTimeout = integer({
	label: 'Silence Timeout (Seconds)',
	description:
		'How long nobody speaks until the recording stops: 0 means never. Telnyx charges for the transcription that hears the silence.',
	min: 0,
	start: 0,
});

/** Whose audio is in the file. */
export const track = choice({
	label: 'Track',
	description: 'Whose audio is recorded. With one track only, the recording is mono.',
	choices: {
		both: { name: 'Both', description: 'Both directions' },
		inbound: { name: 'Inbound', description: 'What this leg says' },
		outbound: { name: 'Outbound', description: 'What this leg hears' },
	},
	start: 'both',
});

/** Removes silence from the start and the end. */
export const trim = flag({
	label: 'Trim Silence',
	description: 'Whether to remove silence at the beginning and the end',
	sends: 'trim-silence',
});

/** Plays a beep when the recording starts. */
export const playBeep = toggle({
	label: 'Play Beep',
	description: 'Whether a beep is heard when the recording starts',
	start: true,
});

/** The recording, where a call has several. */
export const recordingOfCall = text({
	label: 'Recording ID',
	description: 'The recording that is meant. Left out, it is the one of the call.',
	placeholder: 'e.g. 0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
});

/** For calls that are recorded from the moment they are answered: dial, answer, transfer. */
export const recordFromAnswer = inSection('recording', {
	record: flag({
		label: 'Record From Answer',
		description: 'Whether the call is recorded as soon as it is answered',
		sends: 'record-from-answer',
	}),
	record_channels: { ...channels, start: 'dual' },
	record_custom_file_name: customFileName,
	record_format: format,
	record_max_length: {
		...maxLength,
		description: 'How long the recording can get, up to 43,200 seconds: 0 means without end',
		max: 43_200,
	},
	record_timeout_secs: silenceTimeout,
	record_track: track,
	record_trim: trim,
});
