import {
	choice,
	decimal,
	group,
	inSection,
	integer,
	list,
	map,
	oneOf,
	text,
	texts,
	toggle,
	type Choice,
	type Fields,
} from '../schema/field';
import { languages } from './languages';

const interimResults = toggle({
	label: 'Interim Results',
	description: 'Whether guesses are sent while somebody still speaks, not only the final text',
	start: true,
});

const spoken = {
	label: 'Language',
	description: 'The language that is spoken on the call',
} as const;

const used = { label: 'Model', description: 'The model that writes down what is said' } as const;

/** The language that is spoken, of those that an engine knows. */
const language = <const Known extends Readonly<Record<string, string>>>(
	start: keyof Known & string,
	known: Known,
) => choice({ open: true, ...spoken, choices: known, start });

/** One of an engine's models. The form starts with the first. */
const model = <const Models extends Readonly<Record<string, Choice>>>(models: Models) =>
	choice({ open: true, ...used, choices: models, start: Object.keys(models)[0] });

/** The settings of an engine, shown with that engine only. */
const engine = <const Name extends string, const Settings extends Fields>(
	name: Name,
	settings: Settings,
) => ({ label: name, onlyWith: { transcription_engine: name }, fields: settings }) as const;

const terms = (description: string) =>
	texts({ label: 'Hints', description, placeholder: 'e.g. Telnyx, SIPREC, Miller' });

const google = {
	enable_speaker_diarization: toggle({
		label: 'Tell Speakers Apart',
		description: 'Whether the text says which speaker said what',
		start: true,
	}),
	hints: terms('Words and names to expect, separated by commas'),
	interim_results: interimResults,
	language: language(
		'en',
		languages(
			'af am ar az bg bn bs ca cs da de el en es et eu fa fi fil fr gl gu hi hr hu hy id is',
			'it iw ja jv ka kk km kn ko lo lt lv mk ml mn mr ms my ne nl no pa pl pt ro ru rw si sk',
			'sl sq sr ss st su sv sw ta te th tn tr ts uk ur uz ve vi xh yue zh zu',
		),
	),
	max_speaker_count: integer({
		label: 'Maximum Speakers',
		description: 'How many people speak at most',
		min: 1,
		start: 6,
	}),
	min_speaker_count: integer({
		label: 'Minimum Speakers',
		description: 'How many people speak at least',
		min: 1,
		start: 2,
		noMoreThan: 'max_speaker_count',
	}),
	model: choice({
		open: true,
		...used,
		choices: {
			default: 'Default',
			command_and_search: { name: 'Command and Search', description: 'For short commands' },
			latest_long: { name: 'Latest Long', description: 'For long speech' },
			latest_short: { name: 'Latest Short', description: 'For a few seconds of speech' },
			medical_conversation: {
				name: 'Medical Conversation',
				description: 'For talks between doctor and patient',
			},
			medical_dictation: { name: 'Medical Dictation', description: "For a doctor's notes" },
			phone_call: { name: 'Phone Call', description: 'For telephone audio' },
			video: { name: 'Video', description: 'For several speakers' },
		},
		start: 'phone_call',
	}),
	profanity_filter: toggle({
		label: 'Profanity Filter',
		description: 'Whether swear words are masked',
		start: true,
	}),
	speech_context: list({
		label: 'Speech Context',
		description: 'Phrases to expect, and how strongly',
		item: 'Context',
		fields: {
			boost: decimal({
				label: 'Boost',
				description: 'How much more likely the phrases are than others, from 0 to 20',
				min: 0,
				max: 20,
				start: 1,
			}),
			phrases: texts({
				label: 'Phrases',
				description: 'The phrases, separated by commas',
				placeholder: 'e.g. order number, invoice',
				onTop: true,
			}),
		},
	}),
	use_enhanced: toggle({
		label: 'Enhanced',
		description: 'Whether the enhanced model is used. Only for the models Phone Call and Video.',
		start: true,
	}),
} as const;

const deepgram = {
	interim_results: interimResults,
	keywords_boosting: map({
		label: 'Boosted Keywords',
		description: 'Words that are easily misheard, and how strongly to expect each',
		item: 'Keyword',
		key: text({ label: 'Keyword', description: 'The word', placeholder: 'e.g. Telnyx' }),
		value: decimal({ label: 'Boost', description: 'How strongly to expect it', start: 1 }),
	}),
	smart_format: toggle({
		label: 'Smart Format',
		description:
			'Whether capitals, punctuation and digits are written as in a letter. By default, they are.',
		start: false,
	}),
	utterance_end_ms: integer({
		label: 'End of Utterance (Milliseconds)',
		description: 'How long somebody is silent until a sentence counts as ended, up to 5,000',
		min: 0,
		max: 5000,
		start: 1000,
	}),
} as const;

const deepgramOnly = { transcription_engine: 'Deepgram' } as const;

const variants = {
	Google: engine('Google', google),
	Telnyx: engine('Telnyx', {
		language: language(
			'en',
			languages(
				'af am ar as auto_detect az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo',
				'fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg',
				'mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su',
				'sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh',
			),
		),
		transcription_model: model({
			'openai/whisper-tiny': { name: 'Whisper Tiny', description: 'Faster' },
			'openai/whisper-large-v3-turbo': {
				name: 'Whisper Large V3 Turbo',
				description: 'More exact',
			},
		}),
	}),
	'deepgram/nova-2': {
		label: 'Deepgram Nova 2',
		onlyWith: deepgramOnly,
		fields: {
			transcription_model: choice({
				...used,
				required: true,
				choices: { 'deepgram/nova-2': 'Nova 2' },
				start: 'deepgram/nova-2',
			}),
			hints: {
				...terms('Up to 100 words and names to expect, separated by commas'),
				most: 100,
			},
			...deepgram,
			language: language(
				'en-US',
				languages(
					'auto_detect bg ca cs da-DK de-CH el en-AU en-GB en-IN en-NZ en-US es-419 et fi fr',
					'fr-CA hi hu id it ja ko-KR lt lv ms nl-BE no pl pt-BR pt-PT ro ru sk sv-SE th-TH tr uk',
					'vi zh-CN zh-HK zh-Hans zh-Hant zh-TW',
				),
			),
		},
	},
	'deepgram/nova-3': {
		label: 'Deepgram Nova 3',
		onlyWith: deepgramOnly,
		fields: {
			transcription_model: choice({
				...used,
				required: true,
				choices: { 'deepgram/nova-3': 'Nova 3' },
				start: 'deepgram/nova-3',
			}),
			keyterms: {
				...terms('Up to 100 terms and brand names to expect, separated by commas'),
				label: 'Key Terms',
				most: 100,
			},
			...deepgram,
			language: language(
				'en-US',
				languages(
					'auto_detect da-DK de en-AU en-GB en-IN en-NZ en-US es es-419 fr fr-CA nl pt-BR pt-PT',
					'sv-SE',
				),
			),
		},
	},
	Azure: engine('Azure', {
		region: choice({
			open: true,
			label: 'Region',
			description: 'Where Azure listens',
			required: true,
			choices: {
				australiaeast: 'Australia East',
				centralindia: 'Central India',
				eastus: 'East US',
				northcentralus: 'North Central US',
				westeurope: 'West Europe',
				westus2: 'West US 2',
			},
			start: 'eastus',
		}),
		api_key_ref: text({
			label: 'API Key Secret',
			description:
				'The identifier of the integration secret at Telnyx that holds your Azure API key. In some regions Telnyx has one.',
			placeholder: 'e.g. my_azure_key',
		}),
		language: language(
			'en',
			languages(
				'af am ar auto bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy',
				'id is it ja ka kk km kn ko lo lt lv mk ml mn mr ms mt my nb ne nl pl ps pt ro ru si sk',
				'sl so sq sr sv sw ta te th tr uk ur uz vi wuu yue zh zu',
			),
		),
	}),
	xAI: engine('xAI', {
		interim_results: interimResults,
		language: language(
			'en',
			languages('ar cs da de en es fa fil fr hi id it ja ko mk ms nl pl pt ro ru sv th tr vi'),
		),
		transcription_model: model({ 'xai/grok-stt': 'Grok' }),
	}),
	AssemblyAI: engine('AssemblyAI', {
		interim_results: interimResults,
		transcription_model: model({
			'assemblyai/universal-3-5-pro': 'Universal 3.5 Pro',
			'assemblyai/universal-streaming': {
				name: 'Universal Streaming',
				description: 'The former name of Universal 3.5 Pro',
			},
		}),
	}),
	Speechmatics: engine('Speechmatics', {
		interim_results: interimResults,
		language: language(
			'en',
			languages(
				'ar_en ba cmn_en cmn_en_ms_ta cy en en_ms en_ta es-bilingual-en eu ga gl mn mt sw tl ug',
			),
		),
		transcription_model: model({ 'speechmatics/standard': 'Standard' }),
	}),
	Soniox: engine('Soniox', {
		enable_endpoint_detection: toggle({
			label: 'Detect End of Utterance',
			description: 'Whether Soniox says when somebody has finished a sentence',
			start: true,
		}),
		interim_results: interimResults,
		language: text({
			label: 'Language',
			description: 'The two-letter code of the language to expect, or auto to have it detected',
			placeholder: 'e.g. auto',
		}),
		max_endpoint_delay_ms: integer({
			label: 'End of Utterance (Milliseconds)',
			description:
				'How long somebody is silent until a sentence counts as ended, from 500 to 3,000. Only where the end is detected.',
			min: 500,
			max: 3000,
			start: 2000,
		}),
		transcription_model: model({ 'soniox/stt-rt-v4': 'Real-Time V4' }),
	}),
	Parakeet: engine('Parakeet', {
		interim_results: interimResults,
		transcription_model: model({
			'nvidia/parakeet-v3': { name: 'Parakeet V3', description: 'Many languages' },
			'omi-health/omi-med-stt-v1': {
				name: 'Omi Med V1',
				description: 'Medical talk in English',
			},
		}),
	}),
	Humain: engine('Humain', {
		language: language('ar', languages('ar auto codeswitch en')),
		transcription_model: model({ 'humain/realtime': 'Real Time' }),
	}),
	Reson8: engine('Reson8', {
		language: language('auto', languages('auto de en es fr fy it nl pl pt sv')),
		transcription_model: model({ 'reson8/turns': 'Turns' }),
	}),
	Cohere: engine('Cohere', {
		language: language('ar', languages('ar en')),
		transcription_model: model({ 'cohere/ar-stt': 'Arabic' }),
	}),
} as const;

/** The engine that transcribes a call in real time, its settings, and which side it transcribes. */
export const liveTranscription = {
	transcription_engine: choice({
		open: true,
		label: 'Engine',
		description: 'The service that transcribes the call. By default, Telnyx uses Google.',
		choices: {
			Google: 'Google',
			Telnyx: { name: 'Telnyx', description: 'Whisper models that Telnyx runs' },
			Deepgram: { name: 'Deepgram', description: 'Nova 3, unless engine settings name another' },
			Azure: {
				name: 'Azure',
				description: 'Needs engine settings, for the region',
				needs: {
					field: 'transcription_engine_config',
					says: "a region: choose Azure and its region in 'Engine Settings'",
				},
			},
			xAI: 'xAI',
			AssemblyAI: 'AssemblyAI',
			Speechmatics: 'Speechmatics',
			Soniox: 'Soniox',
			Parakeet: 'Parakeet',
			Humain: { name: 'Humain', description: 'Arabic and English' },
			Reson8: { name: 'Reson8', description: 'European languages' },
			Cohere: { name: 'Cohere', description: 'Arabic and English' },
		},
		start: 'Google',
	}),
	transcription_engine_config: oneOf({
		label: 'Engine Settings',
		description: 'The language, the model and more. Choose the same engine here.',
		by: 'transcription_engine',
		variants,
	}),
	transcription_tracks: choice({
		label: 'Tracks',
		description: 'Whose words are written down',
		open: true,
		choices: {
			inbound: { name: 'Inbound', description: 'What this leg says' },
			outbound: { name: 'Outbound', description: 'What the other leg says' },
			both: { name: 'Both', description: 'Both legs of the call' },
		},
		start: 'inbound',
	}),
} as const;

/** For calls that are transcribed from the moment they are answered: dial and answer. */
export const transcribeFromAnswer = inSection('transcription', {
	transcription: toggle({
		label: 'Transcribe',
		description: 'Whether what is said is written down as soon as the call is answered',
		start: false,
	}),
	transcription_config: group({
		label: 'Transcription Settings',
		description: 'Who writes down what is said, how, and whose words',
		add: 'Add setting',
		fields: liveTranscription,
	}),
});

/** For the transcription of a recording once it is saved. */
export const recordingTranscription = inSection('transcription', {
	transcription: toggle({
		label: 'Transcribe',
		description: 'Whether the recording is written down once it is saved',
		start: false,
	}),
	transcription_engine: choice({
		open: true,
		label: 'Engine',
		description: 'Who writes down what was said',
		choices: {
			A: 'Google',
			B: 'Telnyx',
			'deepgram/nova-3': { name: 'Deepgram Nova 3', description: 'English only' },
		},
		start: 'A',
	}),
	transcription_language: choice({
		open: true,
		label: 'Language',
		description: 'The language that is spoken. Not every engine knows all of them.',
		choices: languages(
			'af af-ZA am am-ET ar ar-AE ar-BH ar-DZ ar-EG ar-IL ar-IQ ar-JO ar-KW ar-LB ar-MA ar-MR',
			'ar-OM ar-PS ar-QA ar-SA ar-TN ar-YE as auto_detect az az-AZ ba be bg bg-BG bn bn-BD',
			'bn-IN bo br bs bs-BA ca ca-ES cs cs-CZ cy da da-DK de de-AT de-CH de-DE el el-GR en',
			'en-AU en-CA en-GB en-GH en-HK en-IE en-IN en-KE en-NG en-NZ en-PH en-PK en-SG en-TZ',
			'en-US en-ZA es es-419 es-AR es-BO es-CL es-CO es-CR es-DO es-EC es-ES es-GT es-HN',
			'es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-US es-UY es-VE et et-EE eu eu-ES fa fa-IR',
			'fi fi-FI fil-PH fo fr fr-BE fr-CA fr-CH fr-FR gl gl-ES gu gu-IN ha haw he hi hi-IN hr',
			'hr-HR ht hu hu-HU hy hy-AM id id-ID is is-IS it it-CH it-IT iw-IL ja ja-JP jv-ID jw ka',
			'ka-GE kk kk-KZ km km-KH kn kn-IN ko ko-KR la lb ln lo lo-LA lt lt-LT lv lv-LV mg mi mk',
			'mk-MK ml ml-IN mn mn-MN mr mr-IN ms ms-MY mt my my-MM ne ne-NP nl nl-BE nl-NL nn no',
			'no-NO oc pa pa-Guru-IN pl pl-PL ps pt pt-BR pt-PT ro ro-RO ru ru-RU rw-RW sa sd si',
			'si-LK sk sk-SK sl sl-SI sn so sq sq-AL sr sr-RS ss-latn-za st-ZA su su-ID sv sv-SE sw',
			'sw-KE sw-TZ ta ta-IN ta-LK ta-MY ta-SG te te-IN tg th th-TH tk tl tn-latn-za tr tr-TR',
			'ts-ZA tt uk uk-UA ur ur-IN ur-PK uz uz-UZ ve-ZA vi vi-VN xh-ZA yi yo yue-Hant-HK zh',
			'zh-TW zu-ZA',
		),
		start: 'en-US',
	}),
	transcription_max_speaker_count: integer({
		label: 'Maximum Speakers',
		description: 'How many people speak at most. Google only.',
		min: 1,
		start: 6,
	}),
	transcription_min_speaker_count: integer({
		label: 'Minimum Speakers',
		description: 'How many people speak at least. Google only.',
		min: 1,
		start: 2,
	}),
	transcription_profanity_filter: toggle({
		label: 'Profanity Filter',
		description: 'Whether swear words are masked. Google only.',
		start: false,
	}),
	transcription_speaker_diarization: toggle({
		label: 'Tell Speakers Apart',
		description: 'Whether the text says which speaker said what. Google only.',
		start: false,
	}),
});
