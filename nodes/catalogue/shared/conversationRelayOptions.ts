import { choice, group, json, list, map, text, toggle } from '../schema/field';
import { SOCKET_ADDRESS } from './addresses';
import { voice, voiceSettings } from './voice';

const interruptions = (label: string, description: string) =>
	choice({
		label,
		description,
		choices: {
			any: { name: 'Speech or DTMF', description: 'Whatever the caller says or presses' },
			speech: { name: 'Speech', description: 'Only what the caller says' },
			dtmf: { name: 'DTMF', description: 'Only keys that the caller presses' },
			none: { name: 'Nothing', description: 'It is always heard to its end' },
		},
		start: 'any',
	});

const engine = choice({
	open: true,
	label: 'Transcription Engine',
	description: 'What turns the speech of the caller into text',
	choices: {
		Google: 'Google',
		Telnyx: 'Telnyx',
		Deepgram: 'Deepgram',
		Azure: 'Azure',
		xAI: 'xAI',
		AssemblyAI: 'AssemblyAI',
		Speechmatics: 'Speechmatics',
		Soniox: 'Soniox',
	},
	start: 'Google',
});

const engineSettings = json({
	label: 'Transcription Settings',
	description: 'What the transcription engine is to do differently, as a JSON object',
	shape: 'object',
	placeholder: 'e.g. {"transcription_model":"deepgram/nova-3"}',
});

const ttsProvider = text({
	label: 'Speech Provider',
	description: 'Whose voices speak. Left out, it follows from the voice.',
	placeholder: 'e.g. telnyx',
});

/** Your own application on the other end of a WebSocket, and how it speaks with the caller. */
export const conversationRelayFields = {
	url: text({
		label: 'WebSocket URL',
		description: 'Where your application listens, starting with ws:// or wss://',
		required: true,
		placeholder: 'e.g. wss://example.com/relay',
		pattern: SOCKET_ADDRESS,
	}),
	custom_parameters: map({
		label: 'Custom Parameters',
		description: 'Values of your own that your application gets at the start',
		item: 'Parameter',
		key: text({
			label: 'Name',
			description: 'What the value is called',
			placeholder: 'e.g. customer_id',
		}),
		value: text({ label: 'Value', description: 'The value itself', placeholder: 'e.g. 1042' }),
	}),
	dtmf_detection: toggle({
		label: 'Detect DTMF',
		description: 'Whether your application is told about the keys that the caller presses',
		start: false,
	}),
	greeting: text({
		label: 'Greeting',
		description: 'What is said at the start',
		onTop: true,
		rows: 2,
		placeholder: 'e.g. Hello, how can I help you?',
	}),
	interruptible: interruptions('Interrupted By', 'What may interrupt the speech'),
	interruptible_greeting: interruptions(
		'Greeting Interrupted By',
		'What may interrupt the greeting. One user reports that the relay stops when this is sent: try it out first.',
	),
	language: text({
		label: 'Language',
		description: 'The language that is spoken and understood, by its code',
		placeholder: 'e.g. en',
	}),
	languages: list({
		label: 'Languages',
		description: 'Voice and transcription for each language that your application switches to',
		item: 'Language',
		fields: {
			language: text({
				label: 'Language',
				description: 'The language, by its code',
				required: true,
				placeholder: 'e.g. es-ES',
			}),
			speech_model: text({
				label: 'Speech Model',
				description:
					"The model that understands the language. Better set it in 'Transcription Settings'.",
				placeholder: 'e.g. nova-3',
			}),
			transcription_engine: engine,
			transcription_engine_config: engineSettings,
			transcription_provider: text({
				label: 'Transcription Provider',
				description: "Who turns speech into text. Better use 'Transcription Engine'.",
				placeholder: 'e.g. deepgram',
			}),
			tts_provider: ttsProvider,
			voice: voice,
			voice_settings: voiceSettings,
		},
	}),
	provider: text({
		label: 'Voice Provider',
		description: 'The provider that the structured voice settings are for',
		placeholder: 'e.g. telnyx',
	}),
	structured_provider: json({
		label: 'Structured Voice Settings',
		description: 'Settings that only the voice provider knows, as a JSON object',
		shape: 'object',
		placeholder: 'e.g. {"voice_speed":1.1}',
	}),
	transcription_engine: engine,
	transcription_engine_config: engineSettings,
	tts_provider: ttsProvider,
	voice: voice,
	voice_settings: voiceSettings,
} as const;

/** The same, for a call that has not been answered yet. */
export const conversationRelay = group({
	label: 'Conversation Relay',
	description: 'Connects your own application to the call by WebSocket as soon as it is answered',
	add: 'Add relay setting',
	fields: conversationRelayFields,
});
