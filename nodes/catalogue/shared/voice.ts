import { choice, decimal, integer, locator, oneOf, text, toggle } from '../schema/field';
import { languages } from './languages';

/** The number of characters in the longest text that Telnyx speaks. */
export const LONGEST_SPOKEN = 3_000;

export const SPEAKABLE = {
	matches: /^[\s\S]{1,3000}$/,
	says: 'may hold 3,000 characters at most',
} as const;

/** The text to speak. */
export const payload = text({
	label: 'Text',
	description:
		'What is said, in 3,000 characters at most: plain text, or SSML if the text type says so',
	rows: 3,
	placeholder: 'e.g. Thank you for calling. How can we help you?',
	pattern: SPEAKABLE,
});

/** The voice that speaks it. */
export const voice = locator({
	label: 'Voice',
	description:
		'The voice that speaks, from the list or as provider, model and name with dots between them. Voices of the chosen language come first.',
	placeholder: 'e.g. Telnyx.KokoroTTS.af',
	list: 'voices',
});

/** The voice that forms start with: a natural one that every account has. */
export const startVoice = {
	start: 'Telnyx.NaturalHD.astra',
	startName: 'Astra · English (US) · female · Telnyx',
} as const;

/** Whether the text is plain text or SSML. */
export const payloadType = choice({
	label: 'Text Type',
	description: 'How Telnyx reads the text',
	choices: {
		text: { name: 'Plain Text', description: 'As it is written' },
		ssml: { name: 'SSML', description: 'With tags for pauses, emphasis and pronunciation' },
	},
	start: 'text',
});

/** Only for older voices. */
export const serviceLevel = choice({
	label: 'Service Level',
	description: 'The quality of the speech',
	choices: {
		basic: { name: 'Basic', description: 'American English and plain text only' },
		premium: { name: 'Premium', description: 'All voices, languages and text types' },
	},
	start: 'premium',
});

/** The language of a text that is spoken. */
export const speechLanguage = choice({
	open: true,
	label: 'Language',
	description: 'The language to speak. Amazon Polly voices have their own and ignore it.',
	choices: languages(
		'arb cmn-CN cy-GB da-DK de-DE en-AU en-GB en-GB-WLS en-IN en-US es-ES es-MX es-US fr-CA',
		'fr-FR hi-IN is-IS it-IT ja-JP ko-KR nb-NO nl-NL pl-PL pt-BR pt-PT ro-RO ru-RU sv-SE',
		'tr-TR',
	),
	start: 'en-US',
});

const secret = (provider: string) =>
	text({
		label: 'API Key Secret',
		description: `The identifier of the integration secret at Telnyx that holds your ${provider} API key`,
		placeholder: `e.g. my_${provider.toLowerCase()}_key`,
	});

const azure = {
	label: 'Azure',
	fields: {
		api_key_ref: secret('Azure'),
		deployment_id: text({
			label: 'Deployment ID',
			description: 'The deployment of a voice of your own at Azure',
			placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
		}),
		effect: choice({
			open: true,
			label: 'Effect',
			description: 'What the audio is tuned for',
			choices: { eq_car: 'Car', eq_telecomhp8k: 'Telephone' },
			start: 'eq_telecomhp8k',
		}),
		gender: choice({
			label: 'Gender',
			description: 'The gender of the voice',
			choices: { Female: 'Female', Male: 'Male' },
			start: 'Female',
		}),
		region: text({
			label: 'Region',
			description: 'The Azure region to use. Needed with an API key of your own.',
			placeholder: 'e.g. westeurope',
		}),
	},
} as const;

const elevenlabs = { label: 'ElevenLabs', fields: { api_key_ref: secret('ElevenLabs') } } as const;

const inworld = {
	label: 'Inworld',
	fields: {
		delivery_mode: choice({
			open: true,
			label: 'Delivery Mode',
			description: 'How lively the voice is. Only the TTS2 model knows this.',
			choices: {
				STABLE: { name: 'Stable', description: 'Even and predictable' },
				BALANCED: { name: 'Balanced', description: 'In between' },
				CREATIVE: { name: 'Creative', description: 'With more expression' },
			},
			start: 'BALANCED',
		}),
	},
} as const;

/** The language that MiniMax should expect. Shared with AI assistants. */
export const languageBoost = choice({
	open: true,
	label: 'Language Boost',
	description: 'The language or dialect that MiniMax recognizes better',
	choices: {
		auto: 'Detect Automatically',
		Afrikaans: 'Afrikaans',
		Arabic: 'Arabic',
		Bulgarian: 'Bulgarian',
		'Chinese,Yue': 'Cantonese',
		Catalan: 'Catalan',
		Chinese: 'Chinese',
		Croatian: 'Croatian',
		Czech: 'Czech',
		Danish: 'Danish',
		Dutch: 'Dutch',
		English: 'English',
		Filipino: 'Filipino',
		Finnish: 'Finnish',
		French: 'French',
		German: 'German',
		Greek: 'Greek',
		Hebrew: 'Hebrew',
		Hindi: 'Hindi',
		Hungarian: 'Hungarian',
		Indonesian: 'Indonesian',
		Italian: 'Italian',
		Japanese: 'Japanese',
		Korean: 'Korean',
		Malay: 'Malay',
		Norwegian: 'Norwegian',
		Nynorsk: 'Norwegian Nynorsk',
		Persian: 'Persian',
		Polish: 'Polish',
		Portuguese: 'Portuguese',
		Romanian: 'Romanian',
		Russian: 'Russian',
		Slovak: 'Slovak',
		Slovenian: 'Slovenian',
		Spanish: 'Spanish',
		Swedish: 'Swedish',
		Tamil: 'Tamil',
		Thai: 'Thai',
		Turkish: 'Turkish',
		Ukrainian: 'Ukrainian',
		Vietnamese: 'Vietnamese',
	},
	start: 'auto',
});

const minimax = {
	label: 'MiniMax',
	fields: {
		language_boost: languageBoost,
		pitch: integer({
			label: 'Pitch',
			description: 'How much higher or, below 0, lower the voice is',
			start: 0,
		}),
		speed: decimal({
			label: 'Speed',
			description: 'How fast the voice speaks: 1 is normal',
			min: 0,
			start: 1,
		}),
		vol: decimal({
			label: 'Volume',
			description: 'How loud the voice is: 1 is normal',
			min: 0,
			start: 1,
		}),
	},
} as const;

const resemble = {
	label: 'Resemble',
	fields: {
		format: choice({
			label: 'Format',
			description: 'The format of the audio',
			choices: { mp3: 'MP3', wav: 'WAV' },
			start: 'mp3',
		}),
		precision: choice({
			open: true,
			label: 'Precision',
			description: 'How exactly each sample of the audio is kept',
			choices: {
				PCM_16: 'PCM, 16 Bits',
				PCM_24: 'PCM, 24 Bits',
				PCM_32: 'PCM, 32 Bits',
				MULAW: 'μ-Law',
			},
			start: 'PCM_32',
		}),
		sample_rate: choice({
			open: true,
			label: 'Sample Rate',
			description: 'How many samples of the audio there are in a second',
			choices: {
				'8000': '8 kHz',
				'16000': '16 kHz',
				'22050': '22.05 kHz',
				'32000': '32 kHz',
				'44100': '44.1 kHz',
				'48000': '48 kHz',
			},
			start: '48000',
		}),
	},
} as const;

const soniox = {
	label: 'Soniox',
	fields: {
		reduce_silence: toggle({
			label: 'Reduce Silence',
			description: 'Whether the pauses between words are shortened',
			start: true,
		}),
		speed: decimal({
			label: 'Speed',
			description: 'How fast the voice speaks, from 0.7 to 1.3: 1 is normal',
			min: 0.7,
			max: 1.3,
			start: 1,
		}),
	},
} as const;

const telnyx = {
	label: 'Telnyx',
	fields: {
		voice_speed: decimal({
			label: 'Speed',
			description:
				'How fast the voice speaks, from 0.1 to 2: 1 is normal. Bayan and Sukhan voices do not know this.',
			min: 0.1,
			max: 2,
			start: 1,
		}),
	},
} as const;

const xai = {
	label: 'xAI',
	fields: {
		language: text({
			label: 'Language',
			description: 'The code of the language to speak, or auto to have it detected',
			placeholder: 'e.g. auto',
		}),
	},
} as const;

const described = {
	label: 'Voice Settings',
	description: 'Settings that belong to the provider of the voice. Choose the same provider here.',
	by: 'type',
} as const;

/** Settings by provider. Amazon Polly has none. */
export const voiceSettings = oneOf({
	...described,
	variants: { azure, elevenlabs, inworld, minimax, resemble, soniox, telnyx, xai },
});

/** Settings of the providers that can speak while an AI assistant gathers. */
export const gatheringVoiceSettings = oneOf({
	...described,
	variants: { azure, elevenlabs, resemble, soniox, telnyx, xai },
});
