import { WEB_ADDRESS } from './addresses';
import { tools } from './assistantTools';
import { choice, decimal, group, json, locator, map, oneOf, text, toggle } from '../schema/field';
import { languageBoost, SPEAKABLE, voice } from './voice';

const SECRET = 'The identifier of the integration secret at Telnyx that holds';

const externalLlmFields = {
	authentication_method: choice({
		label: 'Authentication Method',
		description: 'How Telnyx signs in at the endpoint of the language model',
		choices: { token: 'Token', certificate: 'Certificate' },
		start: 'token',
	}),
	base_url: text({
		label: 'Base URL',
		description: 'Where the language model is reached',
		placeholder: 'e.g. https://llm.example.com/v1',
		pattern: WEB_ADDRESS,
	}),
	certificate_ref: text({
		label: 'Certificate Secret',
		description: `${SECRET} the client certificate, for the certificate method`,
		placeholder: 'e.g. my_llm_certificate',
	}),
	forward_metadata: toggle({
		label: 'Forward Variables',
		description: 'Whether the dynamic variables go to the language model with every request',
		start: false,
	}),
	llm_api_key_ref: text({
		label: 'API Key Secret',
		description: `${SECRET} the API key of the language model`,
		placeholder: 'e.g. my_llm_api_key',
	}),
	model: text({
		label: 'Model',
		description: 'The model to use there, by its name at the provider',
		placeholder: 'e.g. gpt-4o',
	}),
	token_retrieval_url: text({
		label: 'Token URL',
		description: 'Where Telnyx fetches an access token, for the certificate method',
		placeholder: 'e.g. https://auth.example.com/token',
		pattern: WEB_ADDRESS,
	}),
} as const;

const externalLlm = group({
	label: 'External Language Model',
	description: 'A language model of your own instead of one that Telnyx runs',
	fields: externalLlmFields,
	add: 'Add model setting',
});

const backgroundAudio = oneOf({
	label: 'Background Audio',
	description: 'What is heard behind the voice during the call, over and over again',
	by: 'type',
	variants: {
		predefined_media: {
			label: 'Ready-Made Sound',
			fields: {
				value: choice({
					open: true,
					label: 'Sound',
					description: 'One of the sounds that Telnyx offers',
					required: true,
					choices: { silence: 'Silence', office: 'Office' },
					start: 'office',
				}),
				volume: decimal({
					label: 'Volume',
					description: 'How loud it is, from 0.1 to 1 in steps of 0.1',
					min: 0.1,
					max: 1,
					start: 0.5,
				}),
			},
		},
		media_url: {
			label: 'MP3 by Its URL',
			fields: {
				value: text({
					label: 'URL',
					description: 'Where Telnyx fetches the MP3 file, over HTTPS',
					required: true,
					placeholder: 'e.g. https://example.com/office.mp3',
				}),
			},
		},
		media_name: {
			label: 'Uploaded Media',
			fields: {
				value: locator({
					label: 'Media Name',
					description: 'A media file that was uploaded to Telnyx',
					required: true,
					list: 'media',
					placeholder: 'e.g. office-noise',
				}),
			},
		},
	},
});

const assistantVoice = group({
	label: 'Voice Settings',
	description: "The assistant's voice and how it sounds",
	add: 'Add voice setting',
	fields: {
		voice: { ...voice, required: true },
		api_key_ref: text({
			label: 'API Key Secret',
			description: `${SECRET} your ElevenLabs API key. Free plans there are unlikely to work.`,
			placeholder: 'e.g. my_elevenlabs_api_key',
		}),
		background_audio: backgroundAudio,
		expressive_mode: toggle({
			label: 'Expressive Mode',
			description: 'Whether the voice shows emotions. For Telnyx Ultra voices only.',
			start: true,
		}),
		language_boost: {
			...languageBoost,
			description: `${languageBoost.description}. For MiniMax voices only.`,
		},
		similarity_boost: decimal({
			label: 'Similarity Boost',
			description: 'How closely it keeps to the original voice. For ElevenLabs voices only.',
			min: 0,
			start: 0.5,
		}),
		speed: decimal({
			label: 'Speed (ElevenLabs)',
			description: 'How fast an ElevenLabs voice speaks: 1 is normal, more is faster',
			min: 0,
			start: 1,
		}),
		style: decimal({
			label: 'Style',
			description:
				'How much the style of the speaker is exaggerated, at the price of speed. For ElevenLabs voices only.',
			min: 0,
			start: 0,
		}),
		temperature: decimal({
			label: 'Temperature',
			description:
				'How much the voice varies: lower values are livelier, higher ones more even. For ElevenLabs voices only.',
			min: 0,
			start: 0.5,
		}),
		use_speaker_boost: toggle({
			label: 'Speaker Boost',
			description:
				'Whether the likeness to the original speaker is raised, which takes a little longer. For ElevenLabs voices only.',
			start: true,
		}),
		voice_speed: decimal({
			label: 'Speed (Telnyx)',
			description: 'How fast a Telnyx Natural voice speaks, from 0.25 to 2: 1 is normal',
			min: 0.25,
			max: 2,
			start: 1,
		}),
	},
});

const instructions = text({
	label: 'Instructions',
	description: 'What the assistant is to do and how it is to behave, in your own words',
	rows: 4,
	placeholder: 'e.g. You take orders for a bakery. Be brief and friendly.',
});

const model = text({
	label: 'Model',
	description: 'The language model behind the assistant',
	placeholder: 'e.g. gpt-4o',
});

/** An AI assistant from the Telnyx portal, with settings to override for this call. */
export const assistant = group({
	label: 'AI Assistant',
	description:
		'The AI assistant that talks on the call. What you do not set stays as it is set up at Telnyx.',
	add: 'Add assistant setting',
	fields: {
		id: locator({
			label: 'Assistant',
			description: 'The AI assistant, as it was created at Telnyx',
			required: true,
			list: 'assistants',
			placeholder: 'e.g. assistant-d4a0fd1d-3c5b-4f42-9d6f-5a5e6f2e0a1b',
		}),
		dynamic_variables: map({
			label: 'Dynamic Variables',
			description: 'Values that instructions, greeting and tools refer to by their names',
			item: 'Variable',
			key: text({
				label: 'Name',
				description: 'The name without braces',
				placeholder: 'e.g. customer_name',
			}),
			value: text({
				label: 'Value',
				description: 'What stands in its place',
				placeholder: 'e.g. Jane',
			}),
		}),
		external_llm: externalLlm,
		fallback_config: group({
			label: 'Fallback Model',
			description: 'The language model that steps in when the first one cannot be reached',
			add: 'Add model setting',
			fields: {
				external_llm: externalLlm,
				llm_api_key_ref: text({
					label: 'API Key Secret',
					description: `${SECRET} the API key of the fallback model`,
					placeholder: 'e.g. my_fallback_api_key',
				}),
				model: text({
					label: 'Model',
					description: 'A model that Telnyx runs',
					placeholder: 'e.g. Qwen/Qwen3-235B-A22B',
				}),
			},
		}),
		greeting: text({
			label: 'Greeting',
			description:
				'What the assistant says first, up to 3,000 characters. SSML works with AWS Polly voices.',
			rows: 2,
			placeholder: 'e.g. Hello, how can I help you?',
			pattern: SPEAKABLE,
		}),
		instructions,
		llm_api_key_ref: text({
			label: 'API Key Secret',
			description: `${SECRET} the API key of the language model's provider`,
			placeholder: 'e.g. my_llm_api_key',
		}),
		mcp_servers: json({
			label: 'MCP Servers',
			description: 'MCP servers whose tools the assistant may use, as a JSON list of objects',
			shape: 'list',
		}),
		model,
		name: text({
			label: 'Name',
			description: "The assistant's name on this call",
			placeholder: 'e.g. Ada',
		}),
		observability_settings: json({
			label: 'Observability Settings',
			description: 'Where the conversation is traced, such as Langfuse, as a JSON object',
			shape: 'object',
			placeholder: 'e.g. {"status":"enabled"}',
		}),
		tools,
		voice_settings: assistantVoice,
	},
});

/** The simpler assistant of Gather Using AI, which does not have to exist at Telnyx. */
export const gatheringAssistant = group({
	label: 'AI Assistant',
	description: 'How the AI assistant that asks the questions is to behave',
	add: 'Add assistant setting',
	fields: {
		instructions,
		model,
		openai_api_key_ref: text({
			label: 'OpenAI Key Secret',
			description: `${SECRET} your OpenAI API key, for models of OpenAI. Free plans there are unlikely to work.`,
			placeholder: 'e.g. my_openai_api_key',
		}),
		tools,
	},
});

/** Whether the caller may interrupt the assistant. */
export const interruptionSettings = group({
	label: 'Interruptions',
	description: 'Whether the caller may interrupt the assistant',
	fields: {
		enable: toggle({
			label: 'Allow Interruptions',
			description: 'Whether the assistant stops talking when the caller starts',
			start: true,
		}),
	},
});

/** How the assistant understands what the caller says. */
export const assistantTranscription = group({
	label: 'Speech Recognition',
	description: 'How the speech of the caller is turned into text for the assistant',
	fields: {
		language: text({
			label: 'Language',
			description:
				'The language that is spoken, by its code. With auto or nothing, most models find out by themselves.',
			placeholder: 'e.g. en',
		}),
		model: choice({
			open: true,
			label: 'Model',
			description: 'What recognizes the speech. Each model supports different languages.',
			choices: {
				'assemblyai/universal-3-5-pro': 'AssemblyAI Universal 3.5 Pro',
				'assemblyai/universal-streaming': {
					name: 'AssemblyAI Universal Streaming',
					description: 'An older name of Universal 3.5 Pro',
				},
				'azure/fast': 'Azure Fast',
				'azure/realtime': 'Azure Realtime',
				'cohere/ar-stt': { name: 'Cohere Arabic', description: 'Arabic and English' },
				'deepgram/flux': { name: 'Deepgram Flux', description: 'Made for taking turns in talk' },
				flux: { name: 'Deepgram Flux (Short Name)', description: 'The same as Deepgram Flux' },
				'deepgram/nova-2': 'Deepgram Nova 2',
				'deepgram/nova-3': 'Deepgram Nova 3',
				'distil-whisper/distil-large-v2': {
					name: 'Distil Whisper Large V2',
					description: 'English only',
				},
				'google/latest_long': 'Google Latest Long',
				'humain/realtime': { name: 'Humain Realtime', description: 'Arabic and English' },
				'nvidia/parakeet-v3': 'Nvidia Parakeet V3',
				'omi-health/omi-med-stt-v1': {
					name: 'Omi Medical V1',
					description: 'Medical terms, English only',
				},
				'openai/whisper-large-v3-turbo': 'OpenAI Whisper Large V3 Turbo',
				'reson8/turns': { name: 'Reson8 Turns', description: 'Ten European languages' },
				'soniox/stt-rt-v4': 'Soniox Realtime V4',
				'speechmatics/enhanced': 'Speechmatics Enhanced',
				'speechmatics/standard': 'Speechmatics Standard',
				'xai/grok-stt': 'Grok (xAI)',
			},
			start: 'distil-whisper/distil-large-v2',
		}),
	},
});

/** Whether every change of the conversation is sent as an event. */
export const messageHistoryUpdates = toggle({
	label: 'Send Message History',
	description:
		'Whether Telnyx sends the whole conversation with every change, as call.ai_gather.message_history_updated',
	start: false,
});

/** The reply to a command that starts a conversation. */
export const conversationStarted = { conversation_id: 'string', result: 'string' } as const;
