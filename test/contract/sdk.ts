/** Where the official SDK has the method for an endpoint: by what its path starts with, parameters left out. */
import type Telnyx from 'telnyx';

const SDK_OBJECTS = [
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
	['/outbound_voice_profiles', (sdk: Telnyx) => sdk.outboundVoiceProfiles],
	['/phone_numbers', (sdk: Telnyx) => sdk.phoneNumbers],
	['/ai/conversations', (sdk: Telnyx) => sdk.ai.conversations],
	['/media', (sdk: Telnyx) => sdk.media],
] as const;

/**
 * Values that no record offers, by the field's name. Objects with such a value are left out as a whole.
 */
export type LeftOut = {
	[Field in keyof typeof import('./leftOut.json')]: keyof (typeof import('./leftOut.json'))[Field];
};

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
