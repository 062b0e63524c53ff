import { audioUrl, mediaName } from '../shared/audioFile';
import { choice, decimal, flag, group, integer, text, toggle } from '../schema/field';

/** The fields that Telnyx returns for a call. */
export const callAnswer = {
	call_control_id: 'string',
	call_leg_id: 'string',
	call_session_id: 'string',
	is_alive: 'boolean',
	record_type: 'string',
	call_duration: 'number',
	client_state: 'string',
	end_time: 'string',
	start_time: 'string',
} as const;

/** The audio that the called party hears on answering: a URL or the name of a stored file. */
export const playedOnAnswer = {
	audio_url: {
		...audioUrl,
		description:
			"The address of a WAV or MP3 file to play when the call is answered. Give either this or 'Media Name', not both.",
	},
	media_name: {
		...mediaName,
		description:
			"A WAV or MP3 file in your media storage at Telnyx to play when the call is answered. Give either this or 'Audio URL', not both.",
	},
} as const;

/** The billing group that is charged. */
export const billingGroupId = text({
	label: 'Billing Group ID',
	description: 'The billing group that the call is charged to',
	placeholder: 'e.g. f5586561-8ff0-4291-a0ac-84fe544797bd',
});

/** Detects synthetic voices. */
export const deepfakeDetection = group({
	label: 'Deepfake Detection',
	description: 'Whether the voice on the other side comes from an AI. An event reports the result.',
	add: 'Add setting',
	fields: {
		enabled: toggle({
			label: 'Enabled',
			description: 'Whether the voice is examined',
			required: true,
			start: true,
			whenEmpty: 'add it to the settings, and switch it on',
		}),
		rtp_timeout: integer({
			label: 'Audio Timeout (Seconds)',
			description: 'How long to wait for audio before giving up',
			min: 5,
			max: 120,
			start: 30,
		}),
		timeout: integer({
			label: 'Timeout (Seconds)',
			description: 'How long to wait for a result before giving up',
			min: 5,
			max: 60,
			start: 15,
		}),
	},
});

export const sendSilenceWhenIdle = toggle({
	label: 'Send Silence When Idle',
	description:
		'Whether Telnyx sends silence when there is nothing to be heard, for systems that take missing audio for the end of the call',
	start: false,
});

/** Modifies how a voice sounds. */
export const soundModifications = group({
	label: 'Sound Modifications',
	description: 'How to change the sound, such as the pitch of the voice',
	add: 'Add modification',
	fields: {
		octaves: decimal({
			label: 'Octaves',
			description: 'How much higher or lower, in octaves from -1 to 1',
			min: -1,
			max: 1,
			start: 0,
		}),
		pitch: decimal({
			label: 'Pitch',
			description: 'The pitch itself: 1 is unchanged, less is lower',
			min: 0.01,
			start: 1,
		}),
		semitone: decimal({
			label: 'Semitones',
			description: 'How much higher or lower, in semitones from -14 to 14',
			min: -14,
			max: 14,
			start: 0,
		}),
		track: choice({
			label: 'Track',
			description: 'Whose sound is changed',
			choices: {
				inbound: { name: 'Inbound', description: 'What this leg says' },
				outbound: { name: 'Outbound', description: 'What this leg hears' },
			},
			start: 'outbound',
			open: true,
		}),
	},
});

/** Masks DTMF tones in the audio. */
export const muteDtmf = choice({
	label: 'Mute DTMF',
	description: 'Who does not hear the tones of pressed keys. Events still report them.',
	choices: {
		none: { name: 'None', description: 'Both hear them' },
		both: { name: 'Both', description: 'Nobody hears them' },
		self: { name: 'Self', description: 'This leg does not hear them' },
		opposite: { name: 'Opposite', description: 'The other leg does not hear them' },
	},
	start: 'none',
});

/** Whether this leg stays when the other one ends. */
export const parkAfterUnbridge = flag({
	label: 'Park After Unbridge',
	description:
		'Whether this leg stays, parked, when the other one hangs up or is transferred. Otherwise it is hung up.',
	// The SDK declares any text; Telnyx accepts only this one.
	sends: 'self' as string,
});

/** Caller ID and SIP settings of commands that place calls. */
export const outboundOptions = {
	from_display_name: text({
		label: 'From Display Name',
		description:
			"The caller's name that the called party sees: up to 128 letters, digits, spaces and the characters -_~!.+",
		placeholder: 'e.g. Jane Doe',
		pattern: {
			matches: /^[^"#$%&'()*,/:;<=>?@[\\\]^`{|}]{1,128}$/,
			says: 'may only hold up to 128 letters, digits, spaces and the characters -_~!.+',
		},
	}),
	privacy: choice({
		label: 'Privacy',
		description: "Whether the caller's number and name are hidden",
		choices: {
			id: { name: 'Hide Caller ID', description: 'The called party sees neither' },
			none: { name: 'Show Caller ID', description: 'The called party sees both' },
		},
		start: 'id',
	}),
	route_to_mobile: toggle({
		label: 'Route to Mobile',
		description:
			'Whether the call goes straight to the mobile phone of a Telnyx mobile number, past its call interception',
		start: false,
	}),
	send_digits_on_answer: text({
		label: 'Digits After Answer',
		description:
			'Tones to play when the call is answered, such as an extension: 0-9, A-D, * and #. A lower-case w waits half a second, an upper-case W one second.',
		placeholder: 'e.g. ww200',
		pattern: {
			matches: /^[0-9A-D*#wW]{1,64}$/,
			says: 'may only hold up to 64 of the tones 0-9, A-D, * and #, and of the pauses w (half a second) and W (one second)',
		},
	}),
	time_limit_secs: integer({
		label: 'Time Limit (Seconds)',
		description: 'How long the call may last. Telnyx hangs up then.',
		min: 30,
		max: 14400,
		start: 14400,
	}),
	timeout_secs: integer({
		label: 'Ring For (Seconds)',
		description: 'How long to let it ring. Telnyx gives up then.',
		min: 5,
		max: 600,
		start: 30,
	}),
} as const;
