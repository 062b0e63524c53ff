/** Where the official SDK has the method for an endpoint: by what its path starts with, parameters left out. */
import type Telnyx from 'telnyx';

export const SDK_OBJECTS = [
	['/calls/actions/', (sdk: Telnyx) => sdk.calls.actions],
	['/calls', (sdk: Telnyx) => sdk.calls],
	['/conferences/actions/', (sdk: Telnyx) => sdk.conferences.actions],
	['/conferences', (sdk: Telnyx) => sdk.conferences],
	['/queues/calls', (sdk: Telnyx) => sdk.queues.calls],
	['/queues', (sdk: Telnyx) => sdk.queues],
	['/recordings/actions/', (sdk: Telnyx) => sdk.recordings.actions],
	['/recordings', (sdk: Telnyx) => sdk.recordings],
	['/recording_transcriptions', (sdk: Telnyx) => sdk.recordingTranscriptions],
	['/call_control_applications', (sdk: Telnyx) => sdk.callControlApplications],
	['/call_events', (sdk: Telnyx) => sdk.callEvents],
	['/connections', (sdk: Telnyx) => sdk.connections],
	['/siprec_connectors', (sdk: Telnyx) => sdk.siprecConnectors],
	['/noise_suppression_engines', (sdk: Telnyx) => sdk.noiseSuppressionEngines],
	['/webhook_deliveries', (sdk: Telnyx) => sdk.webhookDeliveries],
	['/balance', (sdk: Telnyx) => sdk.balance],
	['/regions', (sdk: Telnyx) => sdk.regions],
	['/media', (sdk: Telnyx) => sdk.media],
] as const;

/**
 * Fields that are not what the SDK declares, with the reason. `resource/operation.field`, where fields
 * of fields follow after a dot.
 */
export const EXPLAINED: Readonly<Record<string, string>> = {
	'application/list.filter':
		'Telnyx declares one set of filters for applications, call events and conferences: those that do not concern applications are left out',
	'callEvent/list.filter':
		'Telnyx declares one set of filters for applications, call events and conferences: those that do not concern call events are left out',
	'conference/list.filter':
		'Telnyx declares one set of filters for applications, call events and conferences: those that do not concern conferences are left out',
	'call/answer.preferred_codecs':
		'the SDK declares one text with every codec: any of them, in any order, are meant, as with dial and transfer',
	'call/bridge.call_control_id_to_bridge_with':
		'the SDK requires it, but Telnyx wants a queue or a video room in its place, not beside it',
	'aiAssistant/startAIAssistant.assistant.openai_api_key_ref': 'deprecated: use llm_api_key_ref',
	'aiAssistant/startConversationRelay.assistant':
		'another way to say custom_parameters, which Telnyx merges into it',
	'aiAssistant/startConversationRelay.conversation_relay_dtmf_detection':
		'another name of dtmf_detection, which wins',
	'aiAssistant/startConversationRelay.conversation_relay_settings':
		'another place for url, dtmf_detection, interruptible, interruptible_greeting and languages, which win',
	'aiAssistant/startConversationRelay.conversation_relay_url': 'another name of url, which wins',
	'aiAssistant/startConversationRelay.interruption_settings':
		'another place for interruptible and interruptible_greeting',
	'aiAssistant/startConversationRelay.transcription':
		'deprecated: use transcription_engine and transcription_engine_config',
	'aiAssistant/startConversationRelay.url': 'required, because its other names are left out',
	'input/gatherUsingAI.message_history.role':
		'required, because a message says nothing without the one who said it',
	'media/upload': 'the SDK knows only media_url: a file goes as a form, in the field media',
	'call/dial.assistant.openai_api_key_ref': 'deprecated: use llm_api_key_ref',
	'call/answer.assistant.openai_api_key_ref': 'deprecated: use llm_api_key_ref',
	'call/dial.conversation_relay_config.interruption_settings':
		'another place for interruptible and interruptible_greeting',
	'call/answer.conversation_relay_config.interruption_settings':
		'another place for interruptible and interruptible_greeting',
	'call/answer.transcription_config.client_state':
		'Every later event of the leg carries the client state of the call: a second one would only confuse',
	'call/answer.transcription_config.command_id': 'The command ID of the call covers it',
	'call/dial.transcription_config.client_state':
		'Every later event of the leg carries the client state of the call: a second one would only confuse',
	'call/dial.transcription_config.command_id': 'The command ID of the call covers it',
};

/**
 * Values that no record offers, by the field's name: Telnyx keeps A and B for the past, beside Google and
 * Telnyx, and the voices of Amazon have no settings. Objects with such a value are left out as a whole.
 */
export interface LeftOut {
	transcription_engine: 'A' | 'B';
	type: 'aws';
}

type WithoutParameters<Path extends string> =
	Path extends `${infer Before}/{${string}}${infer After}`
		? `${Before}${WithoutParameters<After>}`
		: Path;

type First<Path extends string, Objects> = Objects extends readonly [
	readonly [infer Start extends string, (sdk: Telnyx) => infer Found],
	...infer Others,
]
	? Path extends `${Start}${string}`
		? Found
		: First<Path, Others>
	: never;

/** The SDK's object whose method sends a record's request. */
export type SdkObjectOf<Request extends string> = Request extends `${string} ${infer Path}`
	? First<WithoutParameters<Path>, typeof SDK_OBJECTS>
	: never;

/** The same, at run time. */
export function sdkObjectOf(sdk: Telnyx, request: string): Record<string, unknown> {
	const path = request.split(' ')[1].replace(/\/\{\w+\}/g, '');
	const [, found] = SDK_OBJECTS.find(([start]) => path.startsWith(start)) ?? [];
	if (!found) throw new Error(`The SDK has nothing for ${request}`);
	return found(sdk) as unknown as Record<string, unknown>;
}
