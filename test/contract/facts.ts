/**
 * What Telnyx's SDK does not say, or says otherwise: read in Telnyx's documentation, in its other SDKs, and
 * in what others published of real accounts. Written down so that the catalogue is held against it,
 * because the SDK alone lags behind by months. Read on 2026-11-26.
 */
import defaults from './defaults.json';

/** A field of an operation, such as `call/dial.answering_machine_detection`, and what is known of it. */
export interface FieldFact {
	readonly at: readonly string[];
	/** Values that it accepts. */
	readonly takes?: readonly string[];
	/** Values that it does not take, although the SDK declares them. */
	readonly refuses?: readonly string[];
	readonly min?: number;
	readonly max?: number;
	/** The most bytes that a text may have. */
	readonly maxBytes?: number;
	/** What Telnyx does if it is left out; the form starts with it. */
	readonly start?: string | number;
	/** Texts that may be sent, and texts that may not. */
	readonly good?: readonly string[];
	readonly bad?: readonly string[];
	/** The field that has to be as large, at least. */
	readonly noMoreThan?: string;
	readonly source: string;
}

/** An event, and fields of its payload. */
export interface EventFact {
	readonly event: string;
	readonly payload: readonly string[];
	readonly source: string;
}

/** How the end of a command is reported: the statuses that are a success, or the events that end a detection. */
export interface OutcomeFact {
	readonly at: readonly string[];
	readonly goodStatuses?: readonly string[];
	readonly detected?: readonly string[];
	readonly source: string;
}

const DETECTION = ['call/dial', 'call/transfer'];
const DIGITS = ['input/gather', 'input/gatherUsingAudio', 'input/gatherUsingSpeak'];
const MENUS = ['input/gatherUsingAudio', 'input/gatherUsingSpeak', 'conference/gatherDtmfAudio'];
const ALL_DIGITS = [...DIGITS, 'conference/gatherDtmfAudio'];
const of = (field: string, operations: readonly string[]) =>
	operations.map((operation) => `${operation}.${field}`);

const AMD_GUIDE = "Telnyx's guide to answering machine detection, since 2026-05-18";
const ERROR_CODES = "Telnyx's list of error codes";
const SDKS = "Telnyx's SDKs and OpenAPI description";

export const FIELDS: readonly FieldFact[] = [
	{
		at: of('answering_machine_detection', DETECTION),
		takes: ['premium_ios_call_screening_detection'],
		source: AMD_GUIDE,
	},
	{
		at: of('answering_machine_detection_config.prompt_end_timeout_millis', DETECTION),
		min: 1000,
		max: 120_000,
		start: 30_000,
		source: AMD_GUIDE,
	},
	{
		// 3,500 for all but premium, which is what the form starts with.
		at: of('answering_machine_detection_config.total_analysis_time_millis', DETECTION),
		start: 30_000,
		source: SDKS,
	},
	{
		at: ['call/reject.cause'],
		takes: ['CALL_REJECTED', 'USER_BUSY', 'NOT_FOUND', 'TEMPORARILY_UNAVAILABLE'],
		source: "Telnyx's SDK for PHP and the reference of the command",
	},
	{
		at: ['call/answer.preferred_codecs', 'call/dial.preferred_codecs'],
		refuses: ['AMR-WB'],
		source: "the reference of the commands, which lists seven codecs; transfer's lists eight",
	},
	{ at: ['call/transfer.preferred_codecs'], takes: ['AMR-WB'], source: SDKS },
	{
		at: of('minimum_digits', ALL_DIGITS),
		min: 1,
		max: 128,
		noMoreThan: 'maximum_digits',
		source: ERROR_CODES,
	},
	{ at: of('maximum_digits', ALL_DIGITS), min: 1, max: 128, source: ERROR_CODES },
	{ at: of('maximum_tries', MENUS), min: 1, max: 128, source: ERROR_CODES },
	{ at: of('inter_digit_timeout_millis', ALL_DIGITS), min: 1, max: 120_000, source: ERROR_CODES },
	{
		at: of('initial_timeout_millis', ['input/gather', 'conference/gatherDtmfAudio']),
		min: 1,
		max: 120_000,
		source: ERROR_CODES,
	},
	{
		at: of('terminating_digit', ALL_DIGITS),
		good: ['#', '*', '0', '9'],
		bad: ['A', 'd', '##'],
		source: `${ERROR_CODES}, 90007`,
	},
	{
		at: of('valid_digits', ALL_DIGITS),
		good: ['0123456789*#'],
		bad: ['12A', 'w'],
		source: `${ERROR_CODES}, 90008`,
	},
	{ at: of('timeout_millis', ALL_DIGITS), start: 60_000, source: SDKS },
	{
		at: [
			'transcription/startTranscription.transcription_engine_config.Google.speech_context.boost',
		],
		min: 0,
		max: 20,
		source: "Google's reference of speech adaptation, and Telnyx's list of error codes",
	},
	{ at: ['call/sendSipInfo.body'], maxBytes: 1400, source: "the command's reference" },
	{
		at: of('format', ['audio/speak.voice_settings.resemble']),
		start: 'mp3',
		source: SDKS,
	},
	{ at: ['audio/speak.voice_settings.resemble.precision'], start: 'PCM_32', source: SDKS },
	{ at: ['audio/speak.voice_settings.resemble.sample_rate'], start: '48000', source: SDKS },
	{ at: ['streaming/stopForking.stream_type'], start: 'raw', source: SDKS },
	{
		at: ['application/list.filter.outbound.outbound_voice_profile_id'],
		source: "Telnyx's OpenAPI description",
	},
	{
		at: [
			'application/list.filter.application_name.contains',
			'connection/list.filter.connection_name.contains',
			'outboundVoiceProfile/list.filter.name.contains',
		],
		good: ['abc'],
		bad: ['ab'],
		source: "Telnyx's OpenAPI description: three characters at least",
	},
	{
		at: of('webhook_urls', ['call/answer', 'call/dial', 'call/transfer']),
		source: "a list of addresses for each event in Telnyx's newest SDKs, one address in older ones",
	},
];

/** Fields that the SDK declares and that a record does not offer, because they do harm. */
export const NOT_OFFERED: ReadonlyArray<Pick<FieldFact, 'at' | 'source'>> = [
	{
		at: ['webhook_url_method', 'webhook_urls_method'].flatMap((name) =>
			of(name, ['call/answer', 'call/dial', 'call/transfer']),
		),
		source: 'GET has no body that is signed, and POST is what Telnyx does anyway',
	},
];

export const EVENTS: readonly EventFact[] = [
	{
		event: 'call.conversation.created',
		payload: ['conversation_id', 'calling_party_type', 'from', 'to'],
		source: "Telnyx's reference of callbacks, its SDK for Java, and published captures",
	},
	{
		event: 'call.conversation.start_failed',
		payload: ['assistant_id', 'reason'],
		source: "Telnyx's reference of callbacks",
	},
	{
		event: 'call.machine.premium.call_screening.detected',
		payload: ['from', 'to', 'result'],
		source: AMD_GUIDE,
	},
	{
		event: 'call.machine.premium.detection.started',
		payload: ['from', 'to'],
		source: "Telnyx's SDKs for PHP and Java",
	},
	{
		event: 'call.sip_info.received',
		payload: [],
		source: 'the description of Send SIP INFO in the SDK, without a payload',
	},
	{
		event: 'conversation_insight_result',
		payload: ['conversation_id', 'insight_group_id', 'metadata', 'results', 'status'],
		source: 'published receivers of signed events: without a dot in its type, and without `data`',
	},
	{
		event: 'dialogflow.detectintent.response',
		payload: ['fulfillment_messages', 'transcript', 'confidence', 'is_final'],
		source: "Telnyx's guide to Dialogflow, and published captures",
	},
	{
		event: 'call.hangup',
		payload: ['end_time', 'telnyx_error', 'from_sip_uri', 'to_sip_uri'],
		source: 'published captures',
	},
	{
		event: 'call.recording.saved',
		payload: ['format', 'start_time', 'end_time', 'duration_millis', 'calling_party_type'],
		source: 'published captures',
	},
	{
		event: 'call.initiated',
		payload: ['calling_party_type', 'from_sip_uri', 'to_sip_uri'],
		source: 'published captures',
	},
];

export const OUTCOMES: readonly OutcomeFact[] = [
	{
		at: ['audio/speak', 'audio/startPlayback'],
		goodStatuses: ['completed'],
		source:
			"Telnyx's SDK for Ruby, and published captures: it may also be cancelled, or cancelled_amd, and fail",
	},
	{
		at: [...DIGITS, 'input/gatherUsingAI'],
		goodStatuses: ['valid', 'invalid', 'timeout'],
		source:
			"Telnyx's SDK for Ruby, and published captures: it may also be cancelled or cancelled_amd",
	},
	{
		at: DETECTION,
		detected: [
			'call.machine.detection.ended',
			'call.machine.premium.detection.ended',
			'call.machine.greeting.ended',
			'call.machine.premium.greeting.ended',
		],
		source: `${AMD_GUIDE}: a beep before the verdict leaves out the verdict`,
	},
];

/**
 * What Telnyx does without a field, as its OpenAPI description states it: the operations by field and
 * default.
 */
export const DEFAULTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
	defaults;

/** Fields that start with something else than what Telnyx does without them, and why. */
export const OTHER_STARTS: Readonly<Record<string, string>> = {
	answering_machine_detection:
		'who adds the field wants a detection, and premium is the one that Telnyx recommends',
	'answering_machine_detection_config.total_analysis_time_millis':
		'3,500 is for the older detection; premium, which the form starts with, takes 30,000',
	'deepfake_detection.enabled': 'who adds the group wants the detection',
	webhook_api_version: 'the trigger can read version 2 only',
};
